// BAMBOO's programs over private libraries: their tests and their libraries' own names stand in
// another file.
#include <QtTest>
#include <map>

#include "core/base/text_file.h"
#include "core/data_files/data_files.h"
#include "core/metrics/library_names.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::records;
using testing::request_for;
namespace fs = std::filesystem;

class PrivateProgramsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void privateProgramsHaveTheirTests();
  void officialPrivatePrograms();
};

void PrivateProgramsTest::privateProgramsHaveTheirTests() {
  const fs::path folder = testing::data("benchmarks/bamboo");
  auto made = records("bamboo", request_for("private_eval", 4096, folder));
  QVERIFY2(made, made ? "" : describe(made.error()).c_str());
  QCOMPARE(made->records.size(), size_t{3});
  const auto& first = made->records[0].metadata;
  QCOMPARE(first["official_id"], nlohmann::json("NumpyEval/0"));
  QVERIFY(first["code_prompt"].get<std::string>().starts_with("import statistics as st\n"));
  QCOMPARE(first["entry_point"], nlohmann::json("none"));
  QCOMPARE(first["library_names"]["midpoint"], nlohmann::json("median"));
  QCOMPARE(made->records[1].metadata["entry_point"], nlohmann::json("mean_without_first"));
  QCOMPARE(first["unknown_names"], nlohmann::json({"spread", "summit"}));
  QVERIFY(!made->records[2].metadata["library_names"].contains("midpoint"));
  // Names are learnt from all records, whatever number is asked for.
  TaskRequest one = request_for("private_eval", 4096, folder);
  one.samples = 1;
  auto alone = records("bamboo", one);
  QVERIFY(alone && alone->records.size() == 1);
  QCOMPARE(alone->records[0].metadata, first);
  // Without the other file there are prompts, and the reason why there is no score.
  testing::TemporaryFolder half;
  fs::copy(folder / "datasets/private_eval_4k.jsonl", half.path());
  auto untested = records("bamboo", request_for("private_eval", 4096, half.path()));
  QVERIFY(untested);
  const auto& metadata = untested->records[0].metadata;
  QVERIFY(metadata["not_scored"].get<std::string>().find("real_all_eval_v3") != std::string::npos);
  QVERIFY(!metadata.contains("code_test"));
  QVERIFY(write_file(half.path() / "real_all_eval_v3.jsonl", "{\"task_id\": 7}\n"));
  auto broken = records("bamboo", request_for("private_eval", 4096, half.path()));
  QVERIFY(!broken);
  QVERIFY(broken.error().where.ends_with("real_all_eval_v3.jsonl:1"));
}

void PrivateProgramsTest::officialPrivatePrograms() {
  auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official files are not here");
  auto made = records("bamboo", request_for("private_eval", 4096, *shared / "bamboo"));
  QVERIFY2(made, made ? "" : describe(made.error()).c_str());
  QCOMPARE(made->records.size(), size_t{152});
  auto spaceless = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
  };
  std::map<std::string, std::vector<std::string>> originals;
  auto keep = [&](nlohmann::json& raw, const RecordPlace&) -> Result<Reading> {
    originals[raw["task_id"]] = raw["canonical_solution"].get<std::vector<std::string>>();
    return Reading::go_on;
  };
  const DataSource tests{.file = *shared / "bamboo" / "real_all_eval_v3.jsonl.gz",
                         .member = {},
                         .format = {},
                         .list = {},
                         .entries = false,
                         .columns = {}};
  QVERIFY(for_each_record(tests, keep));
  for (const Record& record : made->records) {
    const auto& data = record.metadata;
    QVERIFY(!data.contains("not_scored"));
    // The names bring every solution back to the one that is run.
    const LibraryNames names(data["library_names"].get<NamePairs>());
    const auto& expected = originals[data["task_id"]];
    QCOMPARE(record.references.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i)
      QCOMPARE(spaceless(names.restored(record.references[i])), spaceless(expected[i]));
  }
}

QTEST_APPLESS_MAIN(PrivateProgramsTest)
#include "private_programs_test.moc"
