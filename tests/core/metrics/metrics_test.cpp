// A table of answers and the scores that the rules of each metric give, worked out by hand.
#include <QTest>
#include <cmath>

#include "core/base/random.h"
#include "core/metrics/all_metrics.h"

using namespace loom;
using nlohmann::json;

namespace {

struct Case {
  const char* metric;
  const char* prediction;
  std::vector<std::string> references;
  json parameters;
  double value;  // -1: unparsed
};

const std::vector<Case>& cases() {
  static const std::vector<Case> list = {
      {"contains_all", "The numbers are 12 and 34.", {"12", "34"}, {}, 1},
      {"contains_all", "Only 12.", {"12", "34"}, {}, 0.5},
      {"contains_all", "ABC", {"abc"}, {}, 1},
      {"contains_all", "ЁЛКА", {"ёлка"}, {}, 1},
      {"contains_all", "", {"12"}, {}, 0},
      {"contains_all", "1\x01" "2", {"12"}, {}, 0},
      {"contains_any", "Paris, France", {"paris", "lyon"}, {}, 1},
      {"contains_any", "Berlin", {"paris", "lyon"}, {}, 0},
      {"choice", "B", {"B"}, {}, 1},
      {"choice", " The answer is C.", {"C"}, {}, 1},
      {"choice", "Apple pie: (D)", {"D"}, {}, 1},
      {"choice", "A plan", {"B"}, {}, 0},
      {"choice", "I do not know", {"B"}, {}, -1},
      {"choice", "", {"B"}, {}, -1},
      {"choice", "<think>A or B?</think> B", {"B"}, {}, 1},
      {"choice", "E", {"E"}, {{"choices", "ABCDE"}}, 1},
      {"token_f1", "the blue lamp", {"the blue lamp"}, {}, 1},
      {"token_f1", "blue lamp", {"the blue lamp"}, {}, 0.8},
      {"token_f1", "Blue, lamp!", {"red door", "blue lamp"}, {}, 1},
      {"token_f1", "nothing", {"blue lamp"}, {}, 0},
      {"token_f1", "blue lamp\nand more words", {"blue lamp"}, {}, 1},
      {"word_recall", "eat a sandwich in the park", {"eat a sandwich and sit in the park"}, {}, 6.0 / 8},
      {"word_recall", "", {"a b"}, {}, 0},
      {"written_form", "one two three four", {"one", "four"}, {{"words", 4}}, 1},
      {"written_form", "one two", {"one", "four"}, {{"words", 4}}, 0.5},
      {"bleu", "one two three", {"one two three"}, {{"weights", {1.0, 0.0}}}, 1},
      {"meteor", "", {"a car"}, {}, 0},
      {"rouge", "a b", {"a b c d"}, {{"n", 1}, {"part", "recall"}}, 0.5},
      {"rouge_lsum", "one two", {"one two"}, {}, 1},
      {"sacrebleu", "城市", {"城市"}, {{"tokens", "zh"}}, 1},
      {"squad_exact_match", "The Lamp.", {"lamp"}, {}, 1},
      {"squad_f1", "an old lamp", {"old door", "lamp"}, {}, 2.0 / 3},
      {"code_similarity", "x = 1\ny", {"x = 1"}, {{"back_end", "levenshtein"}}, 1},
      {"written_form", "", {"one"}, {{"words", 4}}, 0},
      {"exponential_similarity", "60%", {"60%"}, {}, 1},
      {"exponential_similarity", "About 50 % of the 12 reviews.", {"60%"}, {}, 0.5},
      {"exponential_similarity", "Of 12 reviews 62.5% are", {"52.5"}, {}, 0.5},
      {"exponential_similarity", "80", {"60%"}, {}, 0.25},
      {"exponential_similarity", "most of them", {"60%"}, {}, -1},
      {"exponential_similarity", "", {"60%"}, {}, -1},
      {"exponential_similarity", "六成", {"60%"}, {}, -1},
      {"rank_correlation", "[1, 2, 3]", {"1", "2", "3"}, {}, 1},
      {"rank_correlation", "1 3 2", {"1 2 3"}, {}, 0.5},
      {"rank_correlation", "3 2 1", {"1 2 3"}, {}, 0},
      {"rank_correlation", "1 2", {"1 2 3"}, {}, 0},
      {"rank_correlation", "2 2 2", {"1 2 3"}, {}, 0},
      {"rank_correlation", "", {"1 2 3"}, {}, 0},
  };
  return list;
}

}  // namespace

class MetricsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void scores_by_hand() {
    for (const Case& one : cases()) {
      auto metric = find_metric(one.metric);
      QVERIFY2(metric, one.metric);
      json parameters = one.parameters.is_null() ? json::object() : one.parameters;
      MetricScore score = (*metric)->score({one.prediction, one.references, parameters});
      std::string what = std::string(one.metric) + ": " + one.prediction + " gives " +
                         std::to_string(score.value.value_or(-1));
      QVERIFY2(std::abs(score.value.value_or(-1) - one.value) < 1e-12, what.c_str());
      QVERIFY(!score.rule.empty());
    }
  }

  void every_metric_bears_any_bytes() {
    Random random(2);
    for (const Metric& metric : all_metrics()) {
      // Without a record's tests no program is run, so a machine that cannot run one will do.
      if (metric.ready && metric.ready != programs_ready) QVERIFY(metric.ready());
      for (int i = 0; i < 200; ++i) {
        std::string bytes(random.below(300), '\0');
        for (char& c : bytes) c = static_cast<char>(random.below(256));
        std::vector<std::string> references = {bytes.substr(0, 5), "", "x"};
        MetricScore score = metric.score({bytes, references, json::object()});
        QVERIFY(!score.value || (*score.value >= 0 && *score.value <= 1));
        if (metric.binary && score.value) QVERIFY(*score.value == 0 || *score.value == 1);
        (void)metric.score({bytes, {}, json::object()});
      }
    }
  }

  void unknown_metrics_are_named() {
    auto metric = find_metric("nothing");
    QVERIFY(!metric);
    QVERIFY(metric.error().message.find("nothing") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(MetricsTest)
#include "metrics_test.moc"
