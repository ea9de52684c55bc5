// The needle's grid: a column of depths at an exact length.
#include <QtTest>

#include "core/text/utf8.h"
#include "tests/core/benchmarks/record_checks.h"

namespace {

loom::TaskRecords records(const loom::TaskRequest& request) {
  return *(*loom::make_benchmark("niah"))->records(request, {});
}

}  // namespace

class NiahTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void gridOfDepths();
  void gridOfTheRules();
  void cellsOfLoombench();
  void seedDecides();
  void otherLanguages();

 private:
  std::optional<loom::testing::ModelForRecords> model_;
};

void NiahTest::initTestCase() {
  model_ = loom::testing::model_for_records();
  if (!model_) QSKIP("skipped: the default model is not here");
}

void NiahTest::gridOfDepths() {
  for (size_t length : {1024, 4096, 5000}) {
    auto request = model_->request("needle", length, 0);
    request.parameters = {{"depths", 5}};
    const auto made = records(request);
    QCOMPARE(loom::testing::problem_of(made, true), std::string());
    QCOMPARE(made.records.size(), size_t{5});
    for (size_t i = 0; i < 5; ++i) {
      const auto& record = made.records[i];
      QCOMPARE(record.metadata.at("depth").get<size_t>(), 25 * i);
      const double share = 100.0 * static_cast<double>(record.evidence[0].begin) /
                           static_cast<double>(record.context_end);
      QVERIFY(std::abs(share - 25.0 * static_cast<double>(i)) < (length == 1024 ? 16 : 5));
      const size_t whole = model_->tokens(record) + 300;  // of the official answer
      QVERIFY(whole <= length && whole + 12 >= length);
    }
  }
  auto request = model_->request("needle", 1024, 3);
  QCOMPARE(records(request).records.back().metadata.at("depth").get<int>(), 100);
  request.samples = 25;
  QCOMPARE(loom::testing::problem_of(records(request), true), std::string());
}

// The original has 35 depths; of loom-scope's ten the list is published.
void NiahTest::gridOfTheRules() {
  auto request = model_->request("needle", 1024, 0);
  auto depths = [&] {
    std::vector<int> list;
    for (const auto& record : records(request).records)
      list.push_back(record.metadata.at("depth").get<int>());
    return list;
  };
  const auto original = depths();
  QCOMPARE(original.size(), size_t{35});
  QVERIFY(
      (std::vector<int>(original.begin(), original.begin() + 4) == std::vector<int>{0, 3, 6, 9}));
  QCOMPARE(original[17], 50);
  QCOMPARE(original.back(), 100);
  request.official_samples = 10;
  const std::vector<int> published = {0, 11, 22, 33, 44, 56, 67, 78, 89, 100};
  QVERIFY(depths() == published);
  request.samples = 10;  // as many as there are
  QVERIFY(depths() == published);
  request.parameters = {{"depths", 3}};
  QVERIFY((depths() == std::vector<int>{0, 50, 100}));
}

// Published: of 1000 tokens the depths 22, 67, 78 and 100 are kept, of 98692 the depth 56 alone.
void NiahTest::cellsOfLoombench() {
  auto request = model_->request("needle", 1000, 0);
  request.parameters = {{"grid", "loombench"}};
  const auto made = records(request);
  QCOMPARE(loom::testing::problem_of(made, true), std::string());
  std::vector<int> depths;
  for (const auto& record : made.records) depths.push_back(record.metadata.at("depth").get<int>());
  QVERIFY(depths == (std::vector<int>{22, 67, 78, 100}));
  request.length_tokens = 1024;
  const auto none = (*loom::make_benchmark("niah"))->records(request, {});
  QVERIFY(!none && none.error().kind == loom::ErrorKind::invalid_input);
}

void NiahTest::seedDecides() {
  auto request = model_->request("needle", 2048, 4);
  const std::string hash = records(request).data_hash;
  QCOMPARE(records(request).data_hash, hash);
  request.seed = 1;
  QVERIFY(records(request).data_hash != hash);
}

void NiahTest::otherLanguages() {
  auto request = model_->request("needle", 4096, 0);
  for (const char* language : {"zh", "ru"}) {
    request.parameters = {{"depths", 5}, {"language", language}};
    const auto made = records(request);
    QCOMPARE(loom::testing::problem_of(made, true), std::string());
    QCOMPARE(made.records.size(), size_t{5});
    for (size_t i = 0; i < 5; ++i) {
      const auto& record = made.records[i];
      QCOMPARE(record.metadata.at("language").get<std::string>(), std::string(language));
      QCOMPARE(record.metadata.at("depth").get<size_t>(), 25 * i);
      const size_t whole = model_->tokens(record) + 300;
      QVERIFY2(whole <= 4096 && whole + 24 >= 4096, std::to_string(whole).c_str());
      QVERIFY(loom::is_utf8(record.prompt));
      // The needle is a whole sentence between whole sentences.
      const std::string needle = record.prompt.substr(
          record.evidence[0].begin, record.evidence[0].end - record.evidence[0].begin);
      QVERIFY(loom::is_utf8(needle) && needle.ends_with(language[0] == 'z' ? "。" : "."));
    }
  }
}

QTEST_APPLESS_MAIN(NiahTest)
#include "niah_test.moc"
