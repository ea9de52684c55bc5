// Small templates of ours, each beside what the reference gives or refuses
// (tests/differential/jinja_snippets.py writes them).
#include <QTest>
#include <fstream>

#include "core/tokenizer/chat_template.h"
#include "tests/support/test_folders.h"

using loom::ChatTemplate;
using loom::TemplateValues;

class JinjaSnippetsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalTheReference() {
    std::ifstream file(loom::testing::source_folder() / "tests/golden/jinja_snippets.json");
    const auto golden = TemplateValues::parse(file);
    QVERIFY(golden["rows"].size() > 1400);
    int wrong = 0;
    for (const auto& row : golden["rows"]) {
      const auto source = row[0].get<std::string>();
      auto chat = ChatTemplate::parse(source);
      loom::Result<std::string> text =
          chat ? chat->render(golden["values"], golden["now"].get<std::string>()) : chat.error();
      const bool right = row[1].is_null() ? !text.has_value()
                                          : text.has_value() && *text == row[1].get<std::string>();
      if (right) continue;
      ++wrong;
      qWarning().noquote() << QString::fromStdString(source) << "\n  got: "
                           << QString::fromStdString(text ? TemplateValues(*text).dump()
                                                          : "refused: " + text.error().message)
                           << "\n  want:"
                           << QString::fromStdString(row[1].is_null() ? "refused" : row[1].dump());
    }
    QCOMPARE(wrong, 0);
  }
};

QTEST_APPLESS_MAIN(JinjaSnippetsTest)
#include "jinja_snippets_test.moc"
