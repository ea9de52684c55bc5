// Chinese words and the metrics on them against jieba 0.42.1 and rouge 1.0.1; tolerance 1e-9.
#include <QProcess>
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/metrics/chinese_overlap.h"
#include "core/text/chinese_words.h"
#include "core/text/word_lattice.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

namespace {

std::string joined(const json& words) {
  std::string text;
  for (const json& word : words) text += word.get<std::string>();
  return text;
}

json words_of(const std::string& text) {
  json words = json::array();
  for (std::string_view word : chinese_words(text)) words.push_back(std::string(word));
  return words;
}

// Empty when all is equal.
std::string difference(const json& pair) {
  std::string answer = joined(pair["words"]), reference = joined(pair["reference"]);
  if (words_of(answer) != pair["words"])
    return "words " + words_of(answer).dump() + " for " + pair["words"].dump();
  if (words_of(reference) != pair["reference"])
    return "words " + words_of(reference).dump() + " for " + pair["reference"].dump();
  double f1 = official_f1_zh(answer, reference).f1, rouge = rouge_l_zh(answer, reference).f1;
  if (std::abs(f1 - pair["f1"].get<double>()) > 1e-9) return "F1 of " + pair.dump();
  if (std::abs(rouge - pair["rouge"].get<double>()) > 1e-9) return "ROUGE-L of " + pair.dump();
  return "";
}

}  // namespace

class ChineseMetricsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    auto ready = chinese_words_ready();
    QVERIFY2(ready, ready ? "" : describe(ready.error()).c_str());
  }

  void equal_the_packages_on_stored_pairs() {
    std::ifstream in(testing::source_folder() / "tests/golden/metrics/chinese_metrics.jsonl");
    int pairs = 0;
    for (std::string line; std::getline(in, line); ++pairs) {
      std::string wrong = difference(json::parse(line));
      QVERIFY2(wrong.empty(), wrong.c_str());
    }
    QCOMPARE(pairs, 300);
  }

  void equal_the_packages_on_ten_thousand_pairs() {
    QString python = qEnvironmentVariable("LOOM_METRICS_PYTHON");
    if (python.isEmpty()) QSKIP("LOOM_METRICS_PYTHON names no Python with the packages");
    auto script = testing::source_folder() / "tests/golden/metrics/make_chinese_metrics.py";
    QProcess process;
    process.start(python, {QString::fromStdString(script.string()), QStringLiteral("10000"),
                           QStringLiteral("2")});
    QVERIFY(process.waitForFinished(600000));
    int pairs = 0;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
      if (line.isEmpty()) continue;
      std::string wrong = difference(json::parse(line.toStdString()));
      QVERIFY2(wrong.empty(), wrong.c_str());
      ++pairs;
    }
    QCOMPARE(pairs, 10000);
  }

  void a_missing_dictionary_is_named() {
    auto lattice = WordLattice::read("/nowhere");
    QVERIFY(!lattice);
    QVERIFY(lattice.error().remedy.find("python3-jieba") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(ChineseMetricsTest)
#include "chinese_metrics_test.moc"
