// Files of predictions, damaged: an Error that names the file, or scores between 0 and 1.
#include <QTest>
#include <cmath>

#include "core/predictions/score_predictions.h"
#include "tests/core/predictions/prediction_files.h"
#include "tests/support/broken_text.h"

using namespace loom;

class DamagedPredictionsTest : public QObject, testing::PredictionFiles {
  Q_OBJECT

 private Q_SLOTS:
  void outlive_damage_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("line");
    auto row = [](const char* name, const char* line) {
      QTest::newRow(name) << QByteArray(name) << QByteArray(line);
    };
    row("pred/m/trec.jsonl",
        R"({"pred": "city", "answers": ["City"], "all_classes": ["City", "x"], "length": 3})");
    row("preds_math_calc.jsonl", R"({"id": 0, "prediction": "[1, 2]", "ground_truth": [[1, 2]]})");
    row("preds_code_debug.jsonl", R"({"id": 3, "prediction": "B.", "ground_truth": ["f", "B"]})");
    row("coursera.pred.jsonl",
        R"({"query": "q", "gt": "AB", "m_pred": "A", "evaluation": "exam"})");
    row("samples_longbench_2wikimqa_2025-05-01T10-20-30.123456.jsonl",
        R"({"doc_id": 4, "doc": {"answers": ["y"], "all_classes": []}, "resps": [["x"]]})");
    row("counting_stars/en_searching.jsonl",
        R"({"reference_counting_results": [3, 5], "response": "3, 5"})");
    row("1-1_long_story_qa/small.jsonl", R"({"id": "u", "response": "x", "answer": 5})");
    row("cmrc_mixup_16k.jsonl", R"({"pred": "x", "answers": ["y"], "gold_ans": null})");
    row("L_CiteEval/prediction/m/L-CiteEval-Data_hotpotqa.jsonl",
        R"({"id": 7, "answer": ["y"], "generation": "x [1][2]."})");
  }
  void outlive_damage() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, line);
    const std::string good = (line + '\n' + line + '\n').toStdString();
    const auto whole = read(name.toStdString(), good);
    QVERIFY2(whole, whole ? "" : describe(whole.error()).c_str());
    const std::string file = name.mid(name.lastIndexOf('/') + 1).toStdString();
    for (const std::string& bad : testing::broken_copies(good, 150, 41)) {
      const auto sets = read(name.toStdString(), bad);
      if (!sets) {
        QVERIFY2(describe(sets.error()).find(file) != std::string::npos,
                 describe(sets.error()).c_str());
        continue;
      }
      for (const PredictionSet& set : *sets) {
        const auto scores = score_predictions(set, catalog_);
        if (!scores) continue;
        QCOMPARE(scores->scores.size(), set.answers.size());
        for (const SampleScore& score : scores->scores)
          if (score.value)
            QVERIFY2(std::isfinite(*score.value) && *score.value >= 0 && *score.value <= 1,
                     bad.c_str());
      }
    }
  }
};

QTEST_APPLESS_MAIN(DamagedPredictionsTest)
#include "damaged_predictions_test.moc"
