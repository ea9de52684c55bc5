// NThread's answers have room for every value that is asked for: the official 100 tokens for one,
// at least 40 each for several.
#include <QtTest>

#include "core/base/text_file.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

class NThreadAnswersTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void made_here_data() {
    QTest::addColumn<QString>("task");
    QTest::addColumn<int>("values");
    QTest::addColumn<int>("tokens");
    QTest::newRow("one value") << "single_needle" << 1 << 100;
    QTest::newRow("nine values") << "multiple_needles" << 9 << 360;
    QTest::newRow("nine values with a mark") << "conditional_needles" << 9 << 360;
    QTest::newRow("seven threads") << "multi_threads" << 7 << 280;
  }
  void made_here() {
    QFETCH(QString, task);
    QFETCH(int, values);
    QFETCH(int, tokens);
    const auto fixture = testing::fixture_for_records("qwen2.json");
    TaskRequest request = fixture.request(task.toStdString(), 4096, 1);
    request.parameters = {{"needles", 9}, {"thread_length", 3}, {"threads", 7}};
    const auto made = (*make_benchmark("nthread"))->records(request, {});
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    const Record& record = made->records[0];
    QCOMPARE(record.references.size(), static_cast<size_t>(values));
    QCOMPARE(record.max_new_tokens.value_or(0), tokens);
    QVERIFY(fixture.tokens(record) + static_cast<size_t>(tokens) <= 4096);
  }

  // The published shape: lists stand in texts. Every record of a length is read, from the archive's
  // file or from what is called as the tables' split.
  void official_files_data() {
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"Multiple_Needles.json", "json_data/Multiple_Needles.json", "Multi_Needle.json"})
      QTest::newRow(name) << QString::fromLatin1(name);
  }
  void official_files() {
    QFETCH(QString, name);
    testing::TemporaryFolder folder;
    json rows = json::array();
    for (int i = 0; i < 60; ++i) {
      std::string values = "[";
      for (int value = 0; value < 12; ++value)
        values += (value > 0 ? ", '" : "'") + std::to_string(value) + "-aaaa'";
      rows.push_back({{"id", i},
                      {"haystack", "{\"k\": \"v\"}"},
                      {"keys", "['k']"},
                      {"values", values + "]"},
                      {"question", "Extract the values"},
                      {"context_length", i == 0 ? 4000 : 2000},
                      {"needle_depth", "N/A"},
                      {"conditional_character", "N/A"}});
    }
    const auto file = folder.path() / name.toStdString();
    std::filesystem::create_directories(file.parent_path());
    QVERIFY(write_file(file, rows.dump()));
    TaskRequest request;
    request.task = "multiple_needles";
    request.length_tokens = 2048;
    request.data_folder = folder.path();
    request.parameters = {{"official_files", true}};
    const auto made = (*make_benchmark("nthread"))->records(request, {});
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(made->records.size(), size_t{59});
    QCOMPARE(made->records[0].references.size(), size_t{12});
    QCOMPARE(made->records[0].max_new_tokens.value_or(0), 480);
  }
};

QTEST_GUILESS_MAIN(NThreadAnswersTest)
#include "nthread_answers_test.moc"
