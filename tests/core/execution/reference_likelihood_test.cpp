// Perplexity of references: from texts to numbers, against transformers on SmolLM2
// (tests/golden/make_likelihoods.py, tolerance 1e-4, relative), and the rules around it.
#include "core/execution/reference_likelihood.h"

#include <QtTest>
#include <cmath>

#include "core/base/text_file.h"
#include "core/metrics/perplexity.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;

class ReferenceLikelihoodTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void smolLm2();
  void theBestReferenceCounts();
  void pooledOverTokens();
  void separators();
};

void ReferenceLikelihoodTest::smolLm2() {
  auto model = testing::default_model();
  if (!model) QSKIP("skipped: the default model is not here");
  InProcessServer server;
  QVERIFY(server.load({model->string()}, {}));
  PlanModel raw;
  raw.path = model->string();
  raw.chat_template = "none";
  auto text = load_model_text(raw, *model);
  QVERIFY(text);
  const auto golden = read_json(testing::source_folder() / "tests" / "golden" / "likelihoods.json");
  QVERIFY(golden);
  double worst = 0;
  for (const auto& row : (*golden)["smollm2"]["texts"]) {
    Prompt prompt;
    prompt.text = row["prompt"];
    prompt.ids = text->encode(prompt.text, false);
    double lowest = INFINITY;
    std::vector<std::string> references;
    for (const auto& reference : row["references"]) {
      references.push_back(reference["text"]);
      const double sum = reference["log_probability"], tokens = reference["tokens"],
                   bytes = reference["bytes"];
      const double want = std::exp(-sum / tokens);
      lowest = std::min(lowest, want);
      auto alone = score_references(server, *text, prompt, false, {references.back()}, {}, {});
      QVERIFY(alone);
      QCOMPARE(alone->metric, std::string("reference_perplexity"));
      QCOMPARE(alone->parts["tokens"].get<double>(), tokens);
      const double bits = -sum / std::log(2.0) / bytes;
      worst = std::max({worst, std::abs(alone->parts["perplexity"].get<double>() / want - 1),
                        std::abs(alone->parts["bits_per_byte"].get<double>() - bits)});
    }
    auto score = score_references(server, *text, prompt, false, references, {}, {});
    QVERIFY(score && score->value);
    worst = std::max(worst, std::abs(*score->value * 100 / lowest - 1));
    const auto best = score->parts["reference"].get<size_t>();
    QCOMPARE(score->parsed, references.at(best - 1));
  }
  qInfo("largest relative difference of a perplexity: %.1e", worst);
  QVERIFY(worst <= 1e-4);
  Prompt prompt;
  prompt.text = "a";
  prompt.ids = text->encode(prompt.text, false);
  auto none = score_references(server, *text, prompt, false, {}, {}, {});
  QVERIFY(!none && none.error().message.find("no reference") != std::string::npos);
}

void ReferenceLikelihoodTest::theBestReferenceCounts() {
  const std::vector<ReferenceLikelihood> references = {
      {-4 * std::log(2.0), 4, 8}, {-2 * std::log(1.5), 2, 1}, {0, 0, 3}, {-1e9, 1, 1}};
  const MetricScore score = best_perplexity(references);
  QVERIFY(std::abs(*score.value - 0.015) < 1e-12);
  QCOMPARE(score.parts["reference"].get<int>(), 2);
  QVERIFY(std::abs(score.parts["bits_per_byte"].get<double>() - 2 * std::log2(1.5)) < 1e-12);
  QVERIFY(!best_perplexity({&references[2], 2}).value);
  QVERIFY(lower_is_better("reference_perplexity"));
  QVERIFY(!lower_is_better("bertscore") && !lower_is_better("no such metric"));
}

// A long reference weighs more than a short one: exp of the mean over all tokens.
void ReferenceLikelihoodTest::pooledOverTokens() {
  const nlohmann::json a = {{"log_probability", -9 * std::log(4.0)}, {"tokens", 9}},
                       b = {{"log_probability", -std::log(1000.0)}, {"tokens", 1}},
                       strange = {{"log_probability", "x"}};
  const std::vector<const nlohmann::json*> parts = {&a, &b, &strange};
  const double want = std::exp((9 * std::log(4.0) + std::log(1000.0)) / 10) / 100;
  QVERIFY(std::abs(*pooled_perplexity(parts) - want) < 1e-12);
  QVERIFY(!pooled_perplexity({}));
}

void ReferenceLikelihoodTest::separators() {
  auto between = [](const char* prompt, const char* reference) {
    return reference_separator(prompt, reference, {});
  };
  QCOMPARE(between("Answer:", "Paris"), std::string(" "));
  QCOMPARE(between("Answer: ", "Paris"), std::string());
  QCOMPARE(between("assistant\n", "Paris"), std::string());
  QCOMPARE(between("Answer:", "\nParis"), std::string());
  QCOMPARE(between("答案：", "巴黎"), std::string());
  QCOMPARE(between("答案：", "Paris"), std::string());
  QCOMPARE(between("Answer:", "巴黎"), std::string());
  QCOMPARE(between("Ответ:", "Москва"), std::string(" "));
  QCOMPARE(between("", "Paris"), std::string());
  QCOMPARE(reference_separator("Answer:", "Paris", {{"separator", ""}}), std::string());
  QCOMPARE(reference_separator("答案：", "巴黎", {{"separator", "\n"}}), std::string("\n"));
}

QTEST_APPLESS_MAIN(ReferenceLikelihoodTest)
#include "reference_likelihood_test.moc"
