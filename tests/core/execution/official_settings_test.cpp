// What every task of every benchmark asks of a model: the longest answer, the chat template, the
// end of a text that is cut, and what ends an answer. Expected: the dossiers, under the official
// rules and under those of loom-scope 0.8; where a dossier leaves a value to us, ours is marked.
#include <QTest>
#include <sstream>

#include "core/base/file_paths.h"
#include "core/catalog/rule_sets.h"
#include "core/execution/sample_request.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

constexpr int kSame = 0, kNone = -1;  // as officially; no score under these rules

struct Row {
  const char* benchmark;
  const char* tasks;  // with blanks between them; "*": all that no other row names
  int official, package;
  const char* cut = "middle";
  bool chat = true;
  const char* stop = "";  // texts that end an answer, a bar behind each
  const char* ends = "";  // texts whose last token ends it
  double penalty = 1;
};

const Row kRows[] = {
    {"ada_leval", "*", 1024, kSame},
    {"babilong", "*", 20, kSame},
    {"bamboo", "*", 32, kSame},
    {"bamboo", "private_eval", 32, kNone},
    // A limit of our own officially: 32 numbers fit.
    {"counting_stars", "*", 256, 128},
    {"infinitebench", "passkey", 6, kSame, "middle", false},
    {"infinitebench", "number_string", 12, kSame, "middle", false},
    {"infinitebench", "kv_retrieval", 50, kSame, "middle", false},
    {"infinitebench", "longbook_sum_eng", 1200, kSame, "middle", false},
    {"infinitebench", "longbook_choice_eng longbook_qa_eng longbook_qa_chn longdialogue_qa_eng", 40,
     kSame, "middle", false},
    {"infinitebench", "math_find", 3, kSame, "middle", false},
    {"infinitebench", "math_calc", 30000, kSame, "middle", false},
    {"infinitebench", "code_run code_debug", 5, kSame, "middle", false},
    {"l_citeeval", "narrativeqa gov_report multi_news qmsum", 800, kSame, "middle", true, "", "\n"},
    {"l_citeeval", "natural_questions hotpotqa 2wikimultihopqa locomo dialsim", 200, 800, "middle",
     true, "", "\n"},
    {"l_citeeval", "niah counting_stars", 128, 800, "middle", true, "", "\n"},
    {"leval", "*", 512, kSame, "tail"},
    {"leval", "codeU", 512, kSame, "head"},
    {"libra",
     "passkey passkey_with_librusec matreshka_names ru_babilong_qa1 ru_babilong_qa2 "
     "ru_babilong_qa3 ru_babilong_qa4 ru_babilong_qa5",
     16, kNone, "head"},
    {"libra", "matreshka_yes_no", 4, kNone, "head"},
    {"libra",
     "librusec_history librusec_mhqa long_context_multiq ru_2wikimultihopqa "
     "ru_sci_abstract_retrieval ru_sci_fi ru_trec ru_gsm100",
     32, kNone, "head"},
    {"libra", "ru_sci_passage_count", 8, kSame, "head"},
    {"libra", "ru_tpo", 8, kNone, "head"},
    {"libra", "ru_quality", 128, kNone, "head"},
    {"libra", "ru_qasper", 256, kNone, "head"},
    {"longbench", "narrativeqa qasper dureader", 128, kSame},
    {"longbench", "multifieldqa_en multifieldqa_zh", 64, kSame},
    {"longbench",
     "hotpotqa 2wikimqa musique passage_count passage_retrieval_en passage_retrieval_zh", 32,
     kSame},
    {"longbench", "gov_report qmsum multi_news vcsum", 512, kSame},
    {"longbench", "trec lsht lcc repobench-p", 64, kSame, "middle", false},
    {"longbench", "triviaqa", 32, kSame, "middle", false},
    {"longbench", "samsum", 128, kSame, "middle", false, "", "\n"},
    {"longbench_e", "qasper_0_4k qasper_4_8k qasper_8k", 128, kNone},
    {"longbench_e", "multifieldqa_en_0_4k multifieldqa_en_4_8k multifieldqa_en_8k", 64, kNone},
    {"longbench_e",
     "hotpotqa_0_4k hotpotqa_4_8k hotpotqa_8k 2wikimqa_0_4k 2wikimqa_4_8k 2wikimqa_8k "
     "passage_count_0_4k passage_count_4_8k passage_count_8k passage_retrieval_en_0_4k "
     "passage_retrieval_en_4_8k passage_retrieval_en_8k",
     32, kNone},
    {"longbench_e",
     "gov_report_0_4k gov_report_4_8k gov_report_8k multi_news_0_4k multi_news_4_8k multi_news_8k",
     512, kNone},
    {"longbench_e",
     "trec_0_4k trec_4_8k trec_8k lcc_0_4k lcc_4_8k lcc_8k repobench-p_0_4k repobench-p_4_8k "
     "repobench-p_8k",
     64, kNone, "middle", false},
    {"longbench_e", "triviaqa_0_4k triviaqa_4_8k triviaqa_8k", 32, kNone, "middle", false},
    {"longbench_e", "samsum_0_4k samsum_4_8k samsum_8k", 128, kNone, "middle", false, "", "\n"},
    {"longbench_v2", "*", 128, kSame},
    {"longcite", "*", 1024, kNone},
    {"longhealth", "*", 50, 512},
    {"longins", "*", 10000, 1000},
    {"longsafety", "*", 2048, kSame},
    {"longwriter", "*", 32768, kSame},
    {"loogle", "shortdep_qa", 300, kNone, "middle", false, "", "", 2},
    {"loogle", "shortdep_cloze", 50, kNone, "middle", false, "", "", 2},
    {"loogle", "*", 500, kSame, "middle", false, "", "", 2},
    {"lveval", "*", 64, kSame},
    {"lveval", "factrecall_en factrecall_zh", 16, kSame},
    {"niah", "*", 300, 50},
    {"nolima", "*", 192, kSame},
    {"nolima", "needle_set_w_CoT", 768, 192},  // ours officially: more than the 192 of the others
    // Ours for several values: 40 tokens each.
    {"nthread", "single_needle single_thread", 100, 1000},
    {"nthread", "multiple_needles conditional_needles", 200, 1000},
    {"nthread", "multi_threads", 120, 1000},
    {"nthread", "branched_threads", 100, kNone},
    {"ruler", "*", 128, kSame},
    {"ruler", "vt", 30, 80},
    {"ruler", "cwe", 120, kSame},
    {"ruler", "fwe", 50, kSame},
    {"ruler", "qa_1 qa_2", 32, kSame},
    {"clongeval",
     "long_story_qa_small long_story_qa_medium long_story_qa_large long_conversation_memory_small "
     "long_conversation_memory_medium long_conversation_memory_large",
     100, kSame, "middle", false, "<|im_end|>|<|endoftext|>|"},
    {"clongeval",
     "long_story_summarization_small long_story_summarization_medium "
     "long_story_summarization_large key_passage_retrieval_small key_passage_retrieval_medium "
     "key_passage_retrieval_large",
     400, kSame, "middle", false, "<|im_end|>|<|endoftext|>|"},
    {"clongeval",
     "stacked_news_labeling_small stacked_news_labeling_medium stacked_news_labeling_large "
     "stacked_typo_detection_small stacked_typo_detection_medium stacked_typo_detection_large",
     800, kSame, "middle", false, "<|im_end|>|<|endoftext|>|"},
    {"clongeval", "table_querying_small table_querying_medium table_querying_large", 50, kSame,
     "middle", false, "<|im_end|>|<|endoftext|>|"},
};

const Row* row_of(const std::string& benchmark, const std::string& task) {
  const Row* others = nullptr;
  for (const Row& row : kRows) {
    if (benchmark != row.benchmark) continue;
    if (std::string_view(row.tasks) == "*") others = &row;
    std::istringstream names(row.tasks);
    for (std::string name; names >> name;)
      if (name == task) return &row;
  }
  return others;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text + "|";
  return all;
}

}  // namespace

class OfficialSettingsTest : public QObject {
  Q_OBJECT

  Catalog catalog_;
  std::shared_ptr<const Tokenizer> tokenizer_;

  // As the benchmark writes its records; what their words decide is left out.
  static Record record_of(const std::string& benchmark) {
    Record record;
    if (benchmark == "leval") record.metadata = {{"cut_words", size_t{250}}};
    return record;
  }

 private Q_SLOTS:
  void initTestCase() {
    catalog_ = *load_catalog(*paths::registry());
    tokenizer_ = *load_tokenizer(testing::source_folder() / "tests/golden/tokenizers/gpt2.json");
  }

  void every_task_asks_as_its_dossier_says_data() {
    QTest::addColumn<QString>("benchmark");
    QTest::addColumn<QString>("task");
    for (const BenchmarkDescription& benchmark : catalog_.benchmarks)
      for (const TaskDescription& task : benchmark.tasks)
        if (benchmark.id != "starter")
          QTest::addRow("%s/%s", benchmark.id.c_str(), task.id.c_str())
              << QString::fromStdString(benchmark.id) << QString::fromStdString(task.id);
  }
  void every_task_asks_as_its_dossier_says() {
    QFETCH(QString, benchmark);
    QFETCH(QString, task);
    const BenchmarkDescription& described = *catalog_.benchmark(benchmark.toStdString());
    const TaskDescription& asked = *described.task(task.toStdString());
    const Row* row = row_of(described.id, asked.id);
    QVERIFY2(row, "no dossier value is written down for this task");

    EvaluationPlan plan;
    const Record record = record_of(described.id);
    const PromptLimits limits = prompt_limits(plan, asked, record, 1 << 20);
    QCOMPARE(limits.max_new_tokens, row->official);
    QCOMPARE(limits.with_chat, row->chat);
    QCOMPARE(std::string(to_string(limits.rule)), std::string(row->cut));
    const bool by_words = described.id == "leval";
    QCOMPARE(limits.cut_words, size_t{by_words ? 250u : 0u});
    GenerationRequest request = sample_request(plan, asked, 0, {}, 8, *tokenizer_);
    QCOMPARE(joined(request.stop), std::string(row->stop));
    const std::string ends = row->ends;
    QCOMPARE(request.end_tokens, ends.empty() ? std::vector<TokenId>() : tokenizer_->encode(ends));
    QCOMPARE(request.decoding.repetition_penalty, row->penalty);

    plan.rule_set = kLoomScopeRules;
    QCOMPARE(task_rule(described, asked, plan.rule_set).has_value(), row->package != kNone);
    if (row->package == kNone) return;
    const PromptLimits other = prompt_limits(plan, asked, record, 1 << 20);
    QCOMPARE(other.max_new_tokens, row->package == kSame ? row->official : row->package);
    // The package takes out the middle of all texts but L-Eval's.
    QCOMPARE(std::string(to_string(other.rule)), std::string(by_words ? row->cut : "middle"));
    // Of all ends it knows that of SAMSum alone.
    request = sample_request(plan, asked, 0, {}, 8, *tokenizer_);
    QCOMPARE(request.end_tokens.empty(), !(described.id == "longbench" && !ends.empty()));
    QVERIFY(!request.ends_for_several);
  }

  void every_row_is_of_a_task() {
    for (const Row& row : kRows) {
      const BenchmarkDescription* benchmark = catalog_.benchmark(row.benchmark);
      QVERIFY2(benchmark, row.benchmark);
      std::istringstream names(row.tasks);
      for (std::string name; names >> name;)
        QVERIFY2(name == "*" || benchmark->task(name), (row.benchmark + ("/" + name)).c_str());
    }
  }
};

QTEST_APPLESS_MAIN(OfficialSettingsTest)
#include "official_settings_test.moc"
