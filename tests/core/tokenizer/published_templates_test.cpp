// Every published template at hand with message sets of ours: with and without a system turn,
// tools, calls, results, documents and the prompt to answer. The expected texts, by length and
// hash, are the reference package's (tests/golden/make_chat_templates.py); the templates are not
// ours to keep.
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/tokenizer/chat_template.h"
#include "tests/support/test_folders.h"

using loom::ChatTemplate;
using loom::TemplateValues;
namespace fs = std::filesystem;

namespace {

std::vector<std::pair<std::string, std::string>> templates(const fs::path& folder) {
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".jinja")
      found.emplace_back(entry.path().filename().string(),
                         loom::read_file(entry.path()).value_or(""));
  std::ifstream file(folder / "templates.json");
  const auto rows = TemplateValues::parse(file);
  for (size_t i = 0; i < rows.size(); ++i)
    found.emplace_back(std::to_string(i) + " " + rows[i]["model"].get<std::string>(),
                       rows[i]["chat_template"].get<std::string>());
  return found;
}

std::string length_and_hash(const std::string& text) {
  return std::to_string(text.size()) + " " + loom::sha256(text).substr(0, 32);
}

}  // namespace

class PublishedTemplatesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalTheReference() {
    const auto shared = loom::testing::shared_data();
    if (!shared || !fs::exists(*shared / "chat-templates"))
      QSKIP("skipped: the shared templates are not here");
    std::ifstream file(loom::testing::source_folder() / "tests/golden/chat_templates.json");
    const auto golden = TemplateValues::parse(file);
    int wrong = 0, count = 0;
    for (const auto& [name, source] : templates(*shared / "chat-templates")) {
      QVERIFY2(golden["expected"].contains(name), ("no expected texts for " + name).c_str());
      const auto chat = ChatTemplate::parse(source);
      for (const auto& [set, expected] : golden["expected"][name].items()) {
        loom::Result<std::string> text =
            chat ? chat->render(golden["sets"][set], golden["now"].get<std::string>())
                 : loom::Result<std::string>(chat.error());
        const std::string got = text ? length_and_hash(*text) : "refused";
        const std::string want = expected.is_null() ? "refused"
                                                    : std::to_string(expected[0].get<size_t>()) +
                                                          " " + expected[1].get<std::string>();
        ++count;
        if (got == want) continue;
        ++wrong;
        qWarning().noquote() << QString::fromStdString(name + " / " + set)
                             << "\n  got: " << QString::fromStdString(got)
                             << QString::fromStdString(text ? text->substr(0, 300)
                                                            : text.error().message)
                             << "\n  want:" << QString::fromStdString(want);
      }
    }
    qInfo() << count << "texts," << wrong << "differ";
    QVERIFY(count > 3000);
    QCOMPARE(wrong, 0);
  }
};

QTEST_APPLESS_MAIN(PublishedTemplatesTest)
#include "published_templates_test.moc"
