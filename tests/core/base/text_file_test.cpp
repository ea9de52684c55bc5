// JSON as Python writes it.
#include "core/base/text_file.h"

#include <QtTest>

#include "core/base/bounded_json.h"
#include "core/base/printable_text.h"
#include "tests/support/test_folders.h"

using namespace loom;

class TextFileTest : public QObject {
  Q_OBJECT
  nlohmann::json read(const char* text) {
    testing::TemporaryFolder place;
    auto file = place.path() / "a.json";
    if (!write_file(file, text)) return "not written";
    auto value = read_json(file);
    return value ? *value : nlohmann::json("broken");
  }

 private Q_SLOTS:
  void infinite_numbers_are_null() {
    QVERIFY(read("[0.0, Infinity, -Infinity, NaN]") ==
            nlohmann::json::array({0.0, nullptr, nullptr, nullptr}));
    QVERIFY(read("[Infinity, \"Infinity \\\" NaN\"]") ==
            nlohmann::json::array({nullptr, "Infinity \" NaN"}));
    QVERIFY(read("[NaN, \"a\\\\\", NaN]") == nlohmann::json::array({nullptr, "a\\", nullptr}));
  }
  // A copy of such a value goes as deep on the stack.
  void deep_nesting_is_refused() {
    auto nested = [](size_t levels, std::string_view inner = "") {
      return std::string(levels, '[') + std::string(inner) + std::string(levels, ']');
    };
    QVERIFY(read(nested(300000).c_str()) == "broken");
    QVERIFY(read(nested(kDeepestJson + 1).c_str()) == "broken");
    QVERIFY(read(nested(kDeepestJson).c_str()) != "broken");
    // Brackets in texts do not count, and what is closed counts no longer.
    const std::string quoted = nlohmann::json("\"\\" + std::string(1000, '[')).dump();
    QVERIFY(!nests_too_deep(nested(2, quoted)));
    std::string flat = "[";
    for (int i = 0; i < 1000; ++i) flat += i > 0 ? ",{}" : "{}";
    QVERIFY(!nests_too_deep(flat + "]"));
    QVERIFY(parse_bounded(nested(300000)).is_discarded());
    QVERIFY(parse_bounded("[1").is_discarded());
    QCOMPARE(parse_bounded("[[1]]").at(0).at(0).get<int>(), 1);
    testing::TemporaryFolder place;
    const auto file = place.path() / "deep.json";
    QVERIFY(write_file(file, nested(300000)));
    const auto refused = read_json(file);
    QVERIFY(!refused && refused.error().where == file.string() && !refused.error().remedy.empty());
  }
  // What a server or a file says must not steer the terminal that shows it.
  void errors_hold_no_commands() {
    const Error error{ErrorKind::corrupt,
                      "name \x1b[31mred\x07 \xc2\x9b"
                      "2J\x7f",
                      "a\nb", "é\t天"};
    QCOMPARE(describe(error), std::string("a\nb: name \uFFFD[31mred\uFFFD \uFFFD2J\uFFFD (é\t天)"));
  }
  void lists_have_one_line_for_each() {
    QCOMPARE(printable_line("a\x1b[31m\nb\tc é天"), std::string("a\uFFFD[31m b c é天"));
  }
  // Which file, what is wrong with it, and what to do.
  void errors_are_whole() {
    testing::TemporaryFolder place;
    const auto missing = place.path() / "none.json", broken = place.path() / "broken.json";
    QVERIFY(write_file(broken, "{\"a\": 1,\n\"b\": x}"));
    for (const auto& [file, limit] :
         {std::pair(missing, 1000u), std::pair(place.path(), 1000u), std::pair(broken, 3u)}) {
      const auto read = read_file(file, limit);
      QVERIFY(!read && read.error().where == file.string() && !read.error().message.empty() &&
              !read.error().remedy.empty());
    }
    QVERIFY(!read_file("") && !read_file("").error().where.empty());
    const Error error = read_json(broken).error();
    QCOMPARE(error.where, broken.string() + ":2");
    QVERIFY2(error.message.starts_with("is not valid JSON: parse error at line 2"),
             error.message.c_str());
    QVERIFY(error.message.find("json.exception") == std::string::npos);
  }
  void numbers_beyond_all_bounds_are_refused() {
    const testing::TemporaryFolder place;
    const auto file = place.path() / "large.json";
    QVERIFY(write_file(file, R"({"hidden_size": 1e999})"));
    const auto read = read_json(file);
    QVERIFY(!read);
    QCOMPARE(read.error().where, file.string());
    QVERIFY2(read.error().message.find("1e999") != std::string::npos,
             read.error().message.c_str());
  }
  void broken_files_stay_broken() {
    for (const char* text : {"[Infinit]", "[NaN", "\"NaN", "[NaN, \"\\", "Infinity1"})
      QVERIFY(read(text) == "broken");
  }
};

QTEST_APPLESS_MAIN(TextFileTest)
#include "text_file_test.moc"
