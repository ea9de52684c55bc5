// Plans and the files that prompt packs come from, damaged: an Error or a plan, nothing executed.
#include <QTest>

#include "core/base/text_file.h"
#include "core/evaluation/evaluation_plan.h"
#include "core/evaluation/prompt_pack.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;

class DamagedPlansTest : public QObject {
  Q_OBJECT

  testing::TemporaryFolder folder_;

  std::filesystem::path stored(const char* name, const std::string& bytes) {
    const auto file = folder_.path() / name;
    return write_file(file, bytes) ? file : std::filesystem::path();
  }

 private Q_SLOTS:
  void plans() {
    const std::string good = R"({"format": 1, "name": "x", "tags": ["a"],
      "models": [{"path": "m", "name": "n", "chat_template": "auto"}],
      "benchmarks": [{"id": "ruler", "tasks": ["vt"], "lengths": [4096, 8192], "samples": 3,
      "parameters": {"seed": 7}}], "max_length": 4096})";
    const auto whole = read_plan(stored("bad.plan.json", good));
    QVERIFY2(whole, whole ? "" : describe(whole.error()).c_str());
    for (const std::string& bad : testing::broken_copies(good, 1500, 31)) {
      const auto plan = read_plan(stored("bad.plan.json", bad));
      if (!plan) {
        QVERIFY(describe(plan.error()).find("bad.plan.json") != std::string::npos);
        continue;
      }
      const auto again = plan_from_json(to_json(*plan));
      QVERIFY2(again, again ? "" : describe(again.error()).c_str());
      QCOMPARE(fingerprint(*again), fingerprint(*plan));
    }
  }

  void prompt_packs_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("good");
    QTest::newRow("own") << QByteArray("own.json") << QByteArray(R"({"format": 1,
      "prompt_pack": "Terse", "benchmarks": {"longbench": {"*": {"prompt": "{context}\n{input}"},
      "qasper": {"system": "Be brief.", "prompt": "{input}", "max_new_tokens": 7}}}})");
    QTest::newRow("dataset2prompt")
        << QByteArray("dataset2prompt.json")
        << QByteArray(R"({"qasper": "{context} Q: {input}", "trec": "{context}\n{input}"})");
    QTest::newRow("lm-eval")
        << QByteArray("task.yaml")
        << QByteArray(
               "tag: longbench\ntask: longbench_qasper\ndataset_name: qasper\n"
               "doc_to_text: \"Text: {{context}}\\nQ: {{ input }}\\n\"\ngeneration_kwargs:\n"
               "  max_gen_toks: 128\n  until: []\ngen_prefix: 'A:'\n");
    QTest::newRow("Python")
        << QByteArray("config.py")
        << QByteArray(
               "import os\nDATASET_PROMPT = {\n  'hotpotwikiqa_mixup': 'Read.\\n{context}\\n'\n"
               "    \"Question: {input}\",\n}\nDATASET_MAXGEN = {'hotpotwikiqa_mixup': 64}\n");
    QTest::newRow("loom-scope")
        << QByteArray("LongBench.yaml")
        << QByteArray(
               "benchmark_name: LongBench\ntask_names: [narrativeqa, trec]\n"
               "template: llama3\nno_template_tasks: [trec]\n");
  }
  void prompt_packs() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, good);
    const std::string benchmark = name.endsWith(".py") ? "lveval" : "longbench";
    const auto whole = read_prompt_pack(stored(name, good.toStdString()), benchmark);
    QVERIFY2(whole, whole ? "" : describe(whole.error()).c_str());
    for (const std::string& bad : testing::broken_copies(good.toStdString(), 600, 32)) {
      const auto file = stored(name, bad);
      (void)needs_benchmark(file);
      const auto pack = read_prompt_pack(file, benchmark);
      if (pack) {
        const Status fine = check_prompt_pack(*pack);
        QVERIFY2(fine, fine ? "" : describe(fine.error()).c_str());
      } else {
        QVERIFY(describe(pack.error()).find(name.toStdString()) != std::string::npos);
      }
    }
  }
};

QTEST_APPLESS_MAIN(DamagedPlansTest)
#include "damaged_plans_test.moc"
