// What models-registry/ says and what the code does are one list.
#include <QTest>
#include <algorithm>
#include <set>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/benchmarks/benchmark.h"
#include "core/catalog/catalog.h"
#include "core/metrics/metric.h"

using namespace loom;

class RegistryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void benchmarks_are_those_of_the_code() {
    Catalog catalog = *load_catalog(*paths::registry());
    std::set<std::string> described, made;
    for (const auto& benchmark : catalog.benchmarks) described.insert(benchmark.id);
    for (const auto& entry : all_benchmarks()) {
      QVERIFY2(made.insert(entry.id).second, entry.id);
      QCOMPARE(entry.make()->id(), std::string(entry.id));
    }
    QVERIFY(described == made);
  }

  void tasks_name_metrics_that_exist() {
    Catalog catalog = *load_catalog(*paths::registry());
    for (const auto& benchmark : catalog.benchmarks)
      for (const auto& task : benchmark.tasks) {
        QVERIFY2(find_metric(task.metric), task.metric.c_str());
        QVERIFY2(task.max_new_tokens > 0, task.id.c_str());
        QVERIFY(!task.title.empty() && !task.help.empty());
      }
  }

  void every_method_can_be_run() {
    Catalog catalog = *load_catalog(*paths::registry());
    QVERIFY(catalog.server("local"));
    QVERIFY(catalog.augmentation("none"));
    for (const auto* list : {&catalog.servers, &catalog.augmentations})
      for (const MethodDescription& method : *list)
        QVERIFY2(complete_parameters(method.parameters, nlohmann::json::object()), method.id.c_str());
  }

  void schemas_are_json() {
    int schemas = 0;
    for (const auto& file : std::filesystem::directory_iterator(*paths::registry() / "schema")) {
      auto schema = read_json(file.path());
      QVERIFY2(schema && schema->contains("$schema") && schema->contains("title"), file.path().c_str());
      ++schemas;
    }
    QVERIFY(schemas >= 2);
  }
};

QTEST_APPLESS_MAIN(RegistryTest)
#include "registry_test.moc"
