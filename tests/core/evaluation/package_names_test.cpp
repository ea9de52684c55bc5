// The names that loom-scope's configurations have for tasks, sets and lengths.
#include "core/evaluation/package_names.h"

#include <QTest>

#include "core/base/file_paths.h"
#include "core/catalog/catalog.h"

using namespace loom;
using Names = std::vector<std::string>;

class PackageNamesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void benchmarks_are_found() {
    const Catalog catalog = *load_catalog(*paths::registry());
    for (const char* name :
         {"L_CiteEval", "L-CiteEval", "LEval",          "LongBench", "LooGLE",       "RULER",
          "BAMBOO",     "babilong",   "Counting_Stars", "LVEval",    "LongBench_v2", "LongIns",
          "Ada_LEval",  "NIAH",       "InfiniteBench",  "NThread",   "NoLiMa",       "LongWriter",
          "LIBRA",      "CLongEval",  "LongHealth",     "LongSafety"})
      QVERIFY2(catalog.benchmark(package_benchmark(name)), name);
  }

  void tasks_are_found() {
    struct Case {
      const char *benchmark, *name;
      Names sizes, expected;
    };
    const Catalog catalog = *load_catalog(*paths::registry());
    for (const Case& one : std::vector<Case>{
             {"counting_stars", "counting_stars_en_reasoning", {}, {"en_reasoning"}},
             {"counting_stars", "zh_searching", {}, {"zh_searching"}},
             {"l_citeeval", "L-CiteEval-Data_hotpotqa", {}, {"hotpotqa"}},
             {"l_citeeval", "L-CiteEval-Length_counting_stars", {}, {"counting_stars"}},
             {"l_citeeval", "counting_stars", {}, {"counting_stars"}},
             {"loogle", "summarization", {}, {"longdep_summarization"}},
             {"loogle",
              "longdep_qa",
              {},
              {"longdep_qa_comprehension_and_reasoning",
               "longdep_qa_multiple_information_retrieval", "longdep_qa_computation",
               "longdep_qa_timeline_reorder"}},
             {"clongeval", "LStQA", {"S"}, {"long_story_qa_small"}},
             {"clongeval", "TblQry", {"M", "L"}, {"table_querying_medium", "table_querying_large"}},
             {"clongeval",
              "stacked_typo_detection",
              {},
              {"stacked_typo_detection_small", "stacked_typo_detection_medium",
               "stacked_typo_detection_large"}},
             {"clongeval", "key_passage_retrieval_large", {"S"}, {"key_passage_retrieval_large"}},
             {"longbench_v2", "LongBench_v2", {}, {"longbench_v2"}},
             {"niah", "NIAH", {}, {"needle"}},
             {"leval", "codeU", {}, {"codeU"}},
             {"longins", "GIST", {}, {"GIST"}}}) {
      const Names found = package_tasks(one.benchmark, one.name, one.sizes);
      QVERIFY2(found == one.expected, one.name);
      for (const std::string& task : found)
        QVERIFY2(catalog.benchmark(one.benchmark)->task(task), task.c_str());
    }
    QCOMPARE(package_tasks("longbench", "nothing", {}), Names{"nothing"});
  }

  void sets_and_lengths() {
    QCOMPARE(package_set("L-CiteEval-Hardness_locomo"), std::string("Hardness"));
    for (const char* none : {"locomo", "L-CiteEval-_x", "L-CiteEval-Data", ""})
      QCOMPARE(package_set(none), std::string());
    const std::pair<const char*, size_t> lengths[] = {
        {"4k", 4096}, {"128K", 131072}, {"0k", 0}, {"256", 256}, {"1M", 1048576}};
    for (const auto& [text, tokens] : lengths)
      QVERIFY2(package_length(text) == std::optional(tokens), text);
    for (const char* bad : {"", "k", "-4k", "4kk", "4 k", "many", "99999999999999999999", "4.5k"})
      QVERIFY2(!package_length(bad), bad);
  }
};

QTEST_APPLESS_MAIN(PackageNamesTest)
#include "package_names_test.moc"
