// Prediction files of other programs: which task they answer, the answer and its references.
#include <QTest>

#include "core/predictions/score_predictions.h"
#include "tests/core/predictions/prediction_files.h"

using namespace loom;

class ReadPredictionsTest : public QObject, testing::PredictionFiles {
  Q_OBJECT

 private Q_SLOTS:
  void shapes_are_known_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("task");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("references");
    auto row = [](const char* name, const char* file, const char* line, const char* task,
                  const char* text, const char* references) {
      QTest::newRow(name) << QByteArray(file) << QByteArray(line) << QByteArray(task)
                          << QByteArray(text) << QByteArray(references);
    };
    row("LongBench", "pred/m/trec.jsonl",
        R"({"pred": "city", "answers": ["City"], "all_classes": ["City"], "length": 3})",
        "longbench/trec", "city", "City");
    row("LongBench-E", "pred_e/m/trec.jsonl",
        R"({"pred": "x", "answers": ["y"], "all_classes": ["y"], "length": 4500})",
        "longbench_e/trec_4_8k", "x", "y");
    row("LongBench told from L-CiteEval", "m/hotpotqa.jsonl",
        R"({"pred": "x", "answers": ["y", "z"], "all_classes": null})", "longbench/hotpotqa", "x",
        "y|z");
    row("L-CiteEval of LOOM-Scope", "L_CiteEval/prediction/m/L-CiteEval-Data_hotpotqa.jsonl",
        R"({"id": 7, "answer": ["y"], "generation": "x [1]."})", "l_citeeval/hotpotqa", "x [1].",
        "y");
    row("InfiniteBench", "preds_passkey.jsonl",
        R"({"id": 0, "prediction": "71432", "ground_truth": ["71432", "7"]})",
        "infinitebench/passkey", "71432", "71432");
    row("InfiniteBench's nested values", "preds_math_calc.jsonl",
        R"({"id": 0, "prediction": "1", "ground_truth": [[1, 2]]})", "infinitebench/math_calc", "1",
        "1|2");
    row("InfiniteBench's options", "preds_code_debug.jsonl",
        R"({"id": 3, "prediction": "B.", "ground_truth": ["f", "B"]})", "infinitebench/code_debug",
        "B.", "f|B");
    row("L-Eval", "coursera.pred.jsonl",
        R"({"query": "q", "gt": "AB", "turbo-16k-0613_pred": "A", "evaluation": "exam"})",
        "leval/coursera", "A", "AB");
    row("L-Eval of LOOM-Scope", "LEval/prediction/m/tpo.jsonl",
        R"({"instructions": "q", "outputs": "C", "evaluation": "exam", "pred": "c"})", "leval/tpo",
        "c", "C");
    row("CLongEval", "1-1_long_story_qa/small.jsonl",
        R"({"id": "u", "response": "x", "answer": 5})", "clongeval/long_story_qa_small", "x", "5");
    row("CLongEval of LOOM-Scope", "LStQA_M.jsonl", R"({"answer": "y", "response": "x"})",
        "clongeval/long_story_qa_medium", "x", "y");
    row("lm-eval", "samples_longbench_2wikimqa_2025-05-01T10-20-30.123456.jsonl",
        R"({"doc_id": 4, "doc": {"answers": ["y"], "all_classes": []}, "target": "t", "resps": [["x"]], "filtered_resps": ["z"]})",
        "longbench/2wikimqa", "x", "y");
    row("lm-eval, RULER", "samples_ruler_qa_hotpot_2025-05-01T10-20-30.1.jsonl",
        R"({"doc_id": 4, "doc": {"outputs": ["y"], "input": "q"}, "resps": [["x"]]})", "ruler/qa_2",
        "x", "y");
    row("lm-eval, target", "samples_babilong_qa1_2025-05-01T10-20-30.1.jsonl",
        R"({"doc_id": 4, "doc": {"question": "q"}, "target": "hallway", "resps": [["x"]]})",
        "babilong/qa1", "x", "hallway");
    row("BABILong", "qa1_4k.jsonl", R"({"output": "x", "question": "q?", "target": "hallway"})",
        "babilong/qa1", "x", "hallway");
    row("RULER", "niah_single_1.jsonl", R"({"index": 1, "pred": "x", "outputs": ["y"]})",
        "ruler/niah_single_1", "x", "y");
    row("RULER of LOOM-Scope", "vt_4096.jsonl", R"({"pred": "x", "answer": ["y", "z"]})",
        "ruler/vt", "x", "y|z");
    row("LV-Eval", "cmrc_mixup_16k.jsonl",
        R"({"pred": "x", "answers": ["y", "z"], "gold_ans": null, "all_classes": null})",
        "lveval/cmrc_mixup", "x", "y");
    row("Counting-Stars", "counting_stars/en_reasoning.jsonl",
        R"({"reference_counting_results": [3, 5], "response": "x"})", "counting_stars/en_reasoning",
        "x", "3|5");
    row("Counting-Stars of LOOM-Scope", "counting_stars_zh_searching.jsonl",
        R"({"reference_counting_results": [3], "response": "x", "context_size": 2800})",
        "counting_stars/zh_searching", "x", "3");
    row("L-CiteEval's other sets", "L-CiteEval-Length_locomo.jsonl",
        R"({"id": 7, "answer": ["y"], "generation": "x [1]."})", "l_citeeval/locomo", "x [1].",
        "y");
    row("LooGLE of LOOM-Scope", "summarization.jsonl", R"({"llm_output": "x", "output": "y"})",
        "loogle/longdep_summarization", "x", "y");
    row("LongBench v2", "longbench_v2.jsonl",
        R"x({"_id": "a", "response": "The correct answer is (B)", "pred": "B", "answer": "C"})x",
        "longbench_v2/longbench_v2", "The correct answer is (B)", "C");
    row("LooGLE", "longdep_summarization.jsonl", R"({"llm_output": "x", "output": "y"})",
        "loogle/longdep_summarization", "x", "y");
    row("NThread", "NThread/prediction/m/multiple_needles.jsonl",
        "{\"Question_ID\": 1, \"Output\": \"x\", \"Answer\": \"['y', 'z']\", \"length\": \"2k\"}",
        "nthread/multiple_needles", "x", "y|z");
    row("LongIns", "LIST_256.jsonl", R"({"response": "[1]", "error": [1, 4]})", "longins/LIST",
        "[1]", "1|4");
    row("LIBRA", "ru_trec.jsonl",
        R"({"model_answer": "x", "positive_outputs": ["y"], "negative_outputs": []})",
        "libra/ru_trec", "x", "y");
    row("Ada-LEval", "textsort_2k.jsonl", R"({"response": "x", "answer": "[2, 1]"})",
        "ada_leval/textsort", "x", "2|1");
    row("NIAH", "NIAH.jsonl",
        R"({"depth_percent": 0, "context_length": 1000, "response": "x", "answer": "y"})",
        "niah/needle", "x", "y");
    row("NoLiMa, the name drawn", "needle_set.jsonl",
        R"({"response": "x", "gold_answers": "", "selected_character": "Yuki", "metric": "contains"})",
        "nolima/needle_set", "x", "Yuki");
    row("NoLiMa, answers given", "needle_set.jsonl",
        R"({"response": "x", "gold_answers": ["a", "b"], "selected_character": null})",
        "nolima/needle_set", "x", "a|b");
    row("NoLiMa, no name", "needle_set.jsonl",
        R"({"response": "x", "gold_answers": ["a"], "selected_character": ""})",
        "nolima/needle_set", "x", "a");
    row("NoLiMa without an answer", "needle_set.jsonl",
        R"({"response": "x", "gold_answers": "", "selected_character": ""})", "nolima/needle_set",
        "x", "");
    row("LongWriter", "longwrite_ruler.jsonl", R"({"prompt": "p", "length": 300, "response": "x"})",
        "longwriter/longwrite_ruler", "x", "300");
    row("BAMBOO", "meetingqa_4k.jsonl", R"({"pred": "x", "answer": "B"})", "bamboo/meetingqa", "x",
        "B");
  }
  void shapes_are_known() {
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, task);
    auto sets = read(file.toStdString(), line.toStdString() + "\n\n");
    QVERIFY2(sets, sets ? "" : describe(sets.error()).c_str());
    QCOMPARE(sets->size(), size_t{1});
    const PredictionSet& set = sets->front();
    QCOMPARE(QByteArray::fromStdString(set.benchmark + "/" + set.task), task);
    QCOMPARE(set.answers.size(), size_t{1});
    QTEST(QByteArray::fromStdString(set.answers[0].text), "text");
    QByteArray references;
    for (const std::string& one : set.answers[0].references)
      references += (references.isEmpty() ? "" : "|") + QByteArray::fromStdString(one);
    QTEST(references, "references");
  }

  void what_scorers_read_is_kept() {
    auto sets = read("trec.jsonl",
                     R"({"pred": "x", "answers": ["y"], "all_classes": ["y", "z"], "length": 9})");
    QVERIFY(sets->front().answers[0].metadata.at("classes") == nlohmann::json({"y", "z"}));
    sets = read("stackselect_2k.jsonl",
                R"({"response": "A1", "answer": "A2", "all_answers": ["a", "b", "c"]})");
    QVERIFY(sets->front().answers[0].metadata.at("candidates") == 3);
    sets = read("en_reasoning.jsonl", R"({"reference_counting_results": [3], "response": "x"})");
    QCOMPARE(sets->front().answers[0].metadata.at("wrong_counts").size(), size_t{32});
  }

  // L-Eval's evaluator passes over what a judge or people were to grade.
  void what_no_rule_scores_is_passed_over() {
    auto line = [](const char* text, const char* by) {
      return std::string("{\"query\": \"q\", \"gt\": \"y\", \"m_pred\": \"") + text +
             "\", \"evaluation\": \"" + by + "\"}\n";
    };
    auto sets = read("financial_qa.pred.jsonl",
                     line("a", "LLM") + line("b", "f1") + line("c", "human") + line("d", "f1"));
    QVERIFY(sets);
    QCOMPARE(sets->size(), size_t{1});
    QCOMPARE(sets->front().answers.size(), size_t{2});
    QCOMPARE(sets->front().answers[0].text, std::string("b"));
    QCOMPARE(sets->front().answers[1].text, std::string("d"));
    QVERIFY(!read("financial_qa.pred.jsonl", line("a", "LLM")));
  }

  // Which of a typo's two characters is wrong stands in the document alone.
  void typos_need_their_document() {
    const std::string name = "3-2_stacked_typo_detection/small.jsonl";
    auto sets = read(name, R"({"id": "u", "response": "3，错，对", "answer": "3，对，错"})");
    QVERIFY(sets);
    const StoredAnswer& blind = sets->front().answers[0];
    QVERIFY(blind.references.empty());
    auto official = score_predictions(sets->front(), catalog_);
    QVERIFY(!official);
    QVERIFY2(official.error().message.find("context") != std::string::npos,
             official.error().message.c_str());
    // The package compares with the answer as it is stored.
    QCOMPARE(*score_predictions(sets->front(), catalog_, kLoomScopeRules)->summary.score, 0.0);
    sets = read(name, R"({"id": "u", "response": "3，错，对", "answer": "3，对，错", )"
                      R"("context": "段落ID：3\n有一个错字。"})");
    QVERIFY(sets);
    QCOMPARE(*score_predictions(sets->front(), catalog_)->summary.score, 100.0);
  }

  void a_folder_gives_a_set_per_task() {
    testing::TemporaryFolder folder;
    const char* line = "{\"pred\": \"x\", \"answer\": [\"y\"]}\n";
    for (const char* name : {"vt_4096.jsonl", "vt_8192.jsonl", "cwe_4096.jsonl", "notes.txt"})
      QVERIFY(write_file(folder.path() / name, line));
    auto sets = read_predictions({folder.path(), "", ""}, catalog_);
    QVERIFY(sets);
    QCOMPARE(sets->size(), size_t{2});
    QCOMPARE(sets->at(0).task, std::string("cwe"));
    QCOMPARE(sets->at(1).answers.size(), size_t{2});
    QCOMPARE(sets->at(1).files.size(), size_t{2});
  }

  void bands_of_longbench_e_are_parted() {
    auto sets = read("pred_e/m/qasper.jsonl",
                     "{\"pred\": \"x\", \"answers\": [\"y\"], \"length\": 3999}\n"
                     "{\"pred\": \"x\", \"answers\": [\"y\"], \"length\": 4000}\n"
                     "{\"pred\": \"x\", \"answers\": [\"y\"], \"length\": 8000}\n");
    QVERIFY(sets);
    QCOMPARE(sets->size(), size_t{3});
    QCOMPARE(sets->at(0).task, std::string("qasper_0_4k"));
    QCOMPARE(sets->at(2).task, std::string("qasper_8k"));
  }

  void what_is_not_clear_is_asked_for() {
    const std::string plain = R"({"pred": "x", "answer": "y"})";
    auto unknown = read("mine.jsonl", plain);
    QVERIFY(!unknown && unknown.error().remedy.find("--benchmark") != std::string::npos);
    auto several = read("hotpotqa.jsonl", plain);
    QVERIFY(!several);
    QVERIFY2(several.error().message.find("longbench/hotpotqa") != std::string::npos &&
                 several.error().message.find("l_citeeval/hotpotqa") != std::string::npos,
             several.error().message.c_str());
    QVERIFY(read("hotpotqa.jsonl", plain, "longbench"));
    QVERIFY(read("mine", plain, "ruler", "vt"));
    QVERIFY(!read("mine", plain, "ruler", "no_such_task"));
  }

  void likelihoods_are_no_answers() {
    auto sets = read("samples_longbench_v2.jsonl",
                     R"({"doc": {"answer": "A"}, "resps": [[[-1.5, false]], [[-2.0, true]]]})");
    QVERIFY(!sets);
    QVERIFY2(sets.error().kind == ErrorKind::unsupported || sets.error().kind == ErrorKind::corrupt,
             describe(sets.error()).c_str());
    QVERIFY(sets.error().where.ends_with(".jsonl:1"));
    // As its earlier versions write them.
    QVERIFY(!read("samples_longbench_v2.jsonl",
                  R"({"doc": {"answer": "A"}, "resps": [[["-1.5", "False"]], [["-2", "True"]]]})"));
  }

  void references_are_found_by_id() {
    auto sets = read("preds_passkey.jsonl",
                     "{\"id\": 1, \"prediction\": \"7\"}\n{\"id\": 5, \"prediction\": \"8\"}\n");
    QVERIFY(sets);
    testing::TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "infinitebench");
    QVERIFY(
        write_file(folder.path() / "infinitebench" / "passkey.jsonl",
                   "{\"id\": 5, \"context\": \"c\", \"input\": \"i\", \"answer\": [\"88\"]}\n"
                   "{\"id\": 1, \"context\": \"c\", \"input\": \"i\", \"answer\": [\"77\"]}\n"));
    QVERIFY(add_data(folder.path(), catalog_, sets->front()));
    QVERIFY(sets->front().answers[0].references == std::vector<std::string>{"77"});
    QVERIFY(sets->front().answers[1].references == std::vector<std::string>{"88"});
  }

  void generated_data_has_no_file() {
    auto sets = read("vt.jsonl", R"({"index": 1, "pred": "x"})");
    QVERIFY(sets);
    testing::TemporaryFolder folder;
    QVERIFY(!add_data(folder.path(), catalog_, sets->front()));
  }

  // Files of one name in two folders stay apart; a name that a task of ours has still means it.
  void files_of_no_known_task_are_tasks_of_their_own() {
    testing::TemporaryFolder folder;
    for (const char* name : {"a/mine.jsonl", "b/mine.jsonl", "m/trec.jsonl"}) {
      const std::filesystem::path file = folder.path() / name;
      std::filesystem::create_directories(file.parent_path());
      QVERIFY(write_file(file, R"({"pred": "x", "answers": ["y"], "all_classes": ["y"]})"));
    }
    QVERIFY(!read_predictions({folder.path(), "", ""}, catalog_));
    const auto sets = read_predictions({folder.path(), "", "", true}, catalog_);
    QVERIFY(sets && sets->size() == 3);
    QCOMPARE((*sets)[0].benchmark + ":" + (*sets)[0].task, std::string(":a/mine"));
    QCOMPARE((*sets)[1].benchmark + ":" + (*sets)[1].task, std::string(":b/mine"));
    QCOMPARE((*sets)[2].benchmark + ":" + (*sets)[2].task, std::string("longbench:trec"));
    const auto one = read_predictions({folder.path() / "a/mine.jsonl", "", "", true}, catalog_);
    QVERIFY(one);
    QCOMPARE(one->front().task, std::string("mine"));
    QCOMPARE(one->front().answers[0].references, std::vector<std::string>{"y"});
    // A benchmark that was asked for is never passed over.
    QVERIFY(!read_predictions({folder.path(), "longbench", "nothing", true}, catalog_));
  }
};

QTEST_APPLESS_MAIN(ReadPredictionsTest)
#include "read_predictions_test.moc"
