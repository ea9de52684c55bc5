// BERTScore on our encoder against the package bert-score
// (tests/golden/metrics/make_bert_score.py). Tolerance: 1e-5. With LOOM_METRICS_PYTHON set to a
// Python that has the package, fresh pairs too.
#include "core/metrics/bert_score.h"

#include <QProcess>
#include <QtTest>
#include <cmath>

#include "core/base/text_file.h"
#include "core/execution/encoder_embeddings.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

namespace {

fs::path goldens() {
  return testing::source_folder() / "tests" / "golden";
}

struct Pairs {
  nlohmann::json baseline;
  std::vector<nlohmann::json> lines;
  std::vector<std::vector<std::string>> references;
};

Pairs pairs_from(const std::string& text) {
  Pairs pairs;
  for (size_t from = 0; from < text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    auto line = nlohmann::json::parse(text.substr(from, end - from));
    from = end + 1;
    if (line.contains("baseline")) {
      pairs.baseline = line["baseline"];
      continue;
    }
    pairs.references.push_back(line["references"].get<std::vector<std::string>>());
    pairs.lines.push_back(std::move(line));
  }
  return pairs;
}

std::unique_ptr<EncoderEmbeddings> encoder_at(const fs::path& folder, int layer) {
  auto encoder =
      EncoderEmbeddings::load(std::make_unique<InProcessServer>(), folder, "cpu", layer, {});
  if (!encoder) qWarning() << describe(encoder.error()).c_str();
  return encoder ? std::move(*encoder) : nullptr;
}

// Largest difference from the numbers under `name`, or infinity with a warning.
double worst_of(const Pairs& pairs, const char* name, TokenEmbeddings& encoder,
                const nlohmann::json& parameters) {
  auto settings = bert_score_settings(parameters);
  if (!settings) return INFINITY;
  BertScorer scorer(encoder, *settings);
  std::vector<std::string> answers;
  for (const auto& line : pairs.lines) answers.push_back(line["answer"]);
  std::vector<MetricInput> inputs;
  for (size_t i = 0; i < answers.size(); ++i) {
    scorer.weigh(pairs.references[i]);
    inputs.push_back({answers[i], pairs.references[i], {}, {}});
  }
  auto scores = scorer.score(inputs, {});
  if (!scores) {
    qWarning() << describe(scores.error()).c_str();
    return INFINITY;
  }
  double worst = 0;
  for (size_t i = 0; i < scores->size(); ++i)
    for (size_t part = 0; part < 3; ++part) {
      const char* names[] = {"precision", "recall", "f1"};
      // The package has no number where a reference is nothing but a special token's text.
      if (pairs.lines[i][name][part].is_null()) continue;
      const double want = pairs.lines[i][name][part], made = (*scores)[i].parts.at(names[part]);
      if (!(std::abs(made - want) <= 1e-5))
        qWarning() << name << names[part] << "of pair" << i << "is" << made << "and not" << want;
      worst = std::max(worst, std::abs(made - want));
    }
  qInfo("parity: bert-score-%s pairs %zu difference %.1e", name, scores->size(), worst);
  return worst;
}

void compare(const fs::path& folder, const Pairs& pairs) {
  QVERIFY(pairs.lines.size() >= 40);
  auto last = encoder_at(folder, -1), first = encoder_at(folder, 1);
  QVERIFY(last && first);
  QVERIFY(worst_of(pairs, "last", *last, {}) <= 1e-5);
  QVERIFY(worst_of(pairs, "first", *first, {{"layer", 1}}) <= 1e-5);
  QVERIFY(worst_of(pairs, "idf", *last, {{"idf", true}}) <= 1e-5);
  QVERIFY(worst_of(pairs, "rescaled", *last, {{"baseline", pairs.baseline}}) <= 1e-5);
}

}  // namespace

class BertScoreTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tinyEncoder();
  void freshPairs();
  void miniLm();
  void emptyTextsAndNoReference();
  void wrongSettingsAreNamed();
};

void BertScoreTest::tinyEncoder() {
  compare(goldens() / "encoders" / "bert_score",
          pairs_from(*read_file(goldens() / "metrics" / "bert_score.jsonl")));
}

void BertScoreTest::freshPairs() {
  const QString python = qEnvironmentVariable("LOOM_METRICS_PYTHON");
  if (python.isEmpty()) QSKIP("skipped: LOOM_METRICS_PYTHON names no Python with bert-score");
  const fs::path folder = goldens() / "encoders" / "bert_score";
  QProcess process;
  process.start(python,
                {QString::fromStdString((goldens() / "metrics" / "make_bert_score.py").string()),
                 QStringLiteral("pairs"), QString::fromStdString(folder.string()),
                 QStringLiteral("10000"), QStringLiteral("31")});
  QVERIFY(process.waitForFinished(3'600'000));
  QCOMPARE(process.exitCode(), 0);
  compare(folder, pairs_from(process.readAllStandardOutput().toStdString()));
}

void BertScoreTest::miniLm() {
  auto folder = testing::extra_model("all-MiniLM-L6-v2");
  if (!folder)
    QSKIP(
        "skipped: build/dependencies/extra-models/all-MiniLM-L6-v2/model.safetensors is missing; "
        "tests/golden/fetch_models.sh gets it");
  compare(*folder, pairs_from(*read_file(goldens() / "metrics" / "bert_score_minilm.jsonl")));
}

void BertScoreTest::emptyTextsAndNoReference() {
  auto encoder = encoder_at(goldens() / "encoders" / "bert_score", -1);
  QVERIFY(encoder);
  BertScorer scorer(*encoder, {});
  const std::vector<std::string> one = {"the ships"}, none, empty = {""};
  const std::vector<MetricInput> inputs = {{"the ships", one, {}, {}},
                                           {" \n", one, {}, {}},
                                           {"the ships", empty, {}, {}},
                                           {"the ships", none, {}, {}},
                                           {"", empty, {}, {}}};
  auto scores = scorer.score(inputs, {});
  QVERIFY(scores);
  QVERIFY(std::abs(*(*scores)[0].value - 1) < 1e-6);
  for (size_t i : {1, 2, 4}) QCOMPARE(*(*scores)[i].value, 0.0);
  QVERIFY(!(*scores)[3].value);
}

void BertScoreTest::wrongSettingsAreNamed() {
  auto names = [](const nlohmann::json& parameters, const char* field) {
    auto settings = bert_score_settings(parameters);
    return !settings && settings.error().where.find(field) != std::string::npos;
  };
  QVERIFY(names({{"layer", "last"}}, "layer"));
  QVERIFY(names({{"idf", 1}}, "idf"));
  QVERIFY(names({{"baseline", {0.1, 0.2}}}, "baseline"));
  QVERIFY(names({{"baseline", {0.1, 0.2, 1.0}}}, "baseline"));
  auto says = [](const fs::path& folder, int layer, const char* part) {
    auto encoder =
        EncoderEmbeddings::load(std::make_unique<InProcessServer>(), folder, "cpu", layer, {});
    return !encoder && describe(encoder.error()).find(part) != std::string::npos;
  };
  QVERIFY(says(goldens() / "encoders" / "bert_score", 3, "no layer 3"));
  QVERIFY(says(goldens() / "tiny_llama", -1, "no tokenizer"));
  if (const auto model = testing::default_model()) QVERIFY(says(*model, -1, "no embeddings"));
}

QTEST_APPLESS_MAIN(BertScoreTest)
#include "bert_score_test.moc"
