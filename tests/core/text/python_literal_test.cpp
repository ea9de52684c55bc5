// Python's literals as data, and what is none.
#include "core/text/python_literal.h"

#include <QtTest>

using namespace loom;
using nlohmann::json;

class PythonLiteralTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void literals();
  void everythingElseIsRefused();
};

void PythonLiteralTest::literals() {
  const std::vector<std::pair<std::string, json>> cases = {
      {"'a'", "a"},
      {" \"it's\" ", "it's"},
      {"'a\\'b\\n\\x41\\u00e9'", "a'b\nA\u00e9"},
      {"'a' \"b\"", "ab"},
      {"'''a\n'b' '''", "a\n'b' "},
      {"'\\q'", "\\q"},
      {"'\\101\\60'", "A0"},
      {"r'\\n' r\"\\\"\"", "\\n\\\""},
      {"('a')", "a"},
      {"('a',)", json::array({"a"})},
      {"('a' # why\n 'b')", "ab"},
      {"()", json::array()},
      {"[1, -2.5, True, False, None, ]", {1, -2.5, true, false, nullptr}},
      {"('a', 'b')", {"a", "b"}},
      {"{}", json::object()},
      {"[]", json::array()},
      {"{'a': {'b': [1]}, \"c\": 1e3}", {{"a", {{"b", {1}}}}, {"c", 1000.0}}}};
  for (const auto& [text, value] : cases) {
    auto read = parse_python_literal(text);
    QVERIFY2(read, text.c_str());
    QVERIFY2(*read == value, (text + " → " + read->dump()).c_str());
  }
}

void PythonLiteralTest::everythingElseIsRefused() {
  for (const std::string& text :
       {std::string(), std::string("'a"), std::string("'a\n'"), std::string("[1"),
        std::string("[1 2]"), std::string("{'a' 1}"), std::string("{1: 2}"),
        std::string("__import__('os')"), std::string("f()"), std::string("1 + 1"),
        std::string("'\\u12'"), std::string("'a' x"), std::string("nonsense"),
        std::string("[1,,2]"), std::string(100, '['), std::string("true")})
    QVERIFY2(!parse_python_literal(text), text.c_str());
  QVERIFY(parse_python_literal("[[1]]", 2) && !parse_python_literal("[[[1]]]", 2));
}

QTEST_APPLESS_MAIN(PythonLiteralTest)
#include "python_literal_test.moc"
