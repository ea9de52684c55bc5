// Files of every benchmark, damaged: an Error, or records that can be stored and scored.
#include <QTest>

#include "core/base/text_file.h"
#include "core/metrics/metric.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

class DamagedRecordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void outlive_damage_data() {
    QTest::addColumn<QByteArray>("benchmark");
    for (const auto& folder : fs::directory_iterator(testing::data("benchmarks")))
      QTest::newRow(folder.path().filename().c_str())
          << QByteArray::fromStdString(folder.path().filename().string());
  }

  void outlive_damage() {
    QFETCH(QByteArray, benchmark);
    const BenchmarkDescription& described =
        *testing::shipped_catalog().benchmark(benchmark.toStdString());
    const testing::TemporaryFolder place;
    const fs::path folder = place.path() / "data";
    fs::copy(testing::data("benchmarks") / described.id, folder, fs::copy_options::recursive);
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) files.push_back(entry.path());
    int damaged = 0;
    for (const fs::path& file : files) {
      const std::string good = *read_file(file);
      const auto readers = tasks_that_read(file, folder, described);
      damaged += !readers.empty();
      for (const std::string& bad : testing::broken_copies(good, 24, 71)) {
        QVERIFY(write_file(file, bad));
        for (const TaskDescription* task : readers) {
          auto made = read(described.id, *task, folder);
          if (made) check(*made, *task);
        }
      }
      QVERIFY(write_file(file, good));
    }
    QVERIFY(damaged > 0);
  }

 private:
  Result<TaskRecords> read(const std::string& benchmark, const TaskDescription& task,
                           const fs::path& folder) const {
    Result<TaskRecords> made = Error{};
    for (size_t length : {0, 256, 1024, 2048, 4096, 8192, 16384, 32768}) {
      TaskRequest request = benchmark == "longhealth"
                                ? fixture_.request(task.id, length, 0)
                                : testing::request_for(task.id, length, folder);
      request.data_folder = folder;
      if (benchmark == "nthread") request.parameters = {{"official_files", true}};
      made = testing::records(benchmark, request);
      if (made) break;
    }
    return made;
  }

  // Some make their records here where the file is not there.
  std::vector<const TaskDescription*> tasks_that_read(const fs::path& file, const fs::path& folder,
                                                      const BenchmarkDescription& described) const {
    std::vector<const TaskDescription*> tasks;
    const fs::path aside = folder.parent_path() / "aside";
    for (const TaskDescription& task : described.tasks) {
      const auto with = read(described.id, task, folder);
      if (!with) continue;
      fs::rename(file, aside);
      const auto without = read(described.id, task, folder);
      if (!without || without->data_hash != with->data_hash) tasks.push_back(&task);
      fs::rename(aside, file);
    }
    return tasks;
  }

  // As a run stores and scores them; what a metric throws becomes a failed sample there.
  static void check(const TaskRecords& made, const TaskDescription& task) {
    const Metric& metric = **find_metric(task.metric);
    for (const Record& record : made.records) {
      QVERIFY(record.context_end <= record.prompt.size());
      for (const ByteSpan& span : record.evidence)
        QVERIFY(span.begin <= span.end && span.end <= record.prompt.size());
      (void)nlohmann::json(record.prompt).dump();
      (void)nlohmann::json(record.references).dump();
      (void)record.metadata.dump();
      if (metric.ready && !metric.ready()) continue;
      if (metric.source != MetricSource::answer) continue;
      const std::string answer = record.references.empty() ? "A" : record.references.front();
      try {
        const MetricScore score =
            metric.score({answer, record.references, task.metric_parameters, record.metadata});
        if (score.value) QVERIFY(*score.value >= 0 && *score.value <= 1);
      } catch (const std::exception&) {
      }
    }
  }

  const testing::ModelForRecords fixture_ = testing::fixture_for_records("qwen2.json");
};

QTEST_APPLESS_MAIN(DamagedRecordsTest)
#include "damaged_records_test.moc"
