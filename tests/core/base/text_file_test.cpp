// JSON as Python writes it.
#include "core/base/text_file.h"

#include <QtTest>

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
  void broken_files_stay_broken() {
    for (const char* text : {"[Infinit]", "[NaN", "\"NaN", "[NaN, \"\\", "Infinity1"})
      QVERIFY(read(text) == "broken");
  }
};

QTEST_APPLESS_MAIN(TextFileTest)
#include "text_file_test.moc"
