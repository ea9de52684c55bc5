// Whatever bytes a value holds, it is written as valid JSON.
#include "core/base/json_text.h"

#include <QtTest>

using namespace loom;

class JsonTextTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void broken_utf8_becomes_replacement_characters() {
    const nlohmann::json value = {{"a", "x\xff y\xe4\xbd"}, {"b", "\xe5\x9c\xa8"}};
    const std::string text = json_text(value);
    QCOMPARE(text, std::string("{\"a\":\"x\xef\xbf\xbd y\xef\xbf\xbd\",\"b\":\"\xe5\x9c\xa8\"}"));
    QVERIFY(nlohmann::json::accept(text));
  }

  void one_line_unless_told() {
    const nlohmann::json value = {{"a", {1, 2}}};
    QCOMPARE(json_text(value), std::string("{\"a\":[1,2]}"));
    QCOMPARE(json_text(value, 1), std::string("{\n \"a\": [\n  1,\n  2\n ]\n}"));
  }
};

QTEST_APPLESS_MAIN(JsonTextTest)
#include "json_text_test.moc"
