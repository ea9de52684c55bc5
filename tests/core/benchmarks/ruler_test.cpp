// RULER's prompts: exact lengths for a real tokenizer, answers where the evidence says.
#include <QtTest>
#include <map>

#include "tests/core/benchmarks/record_checks.h"

namespace {

const std::vector<loom::TaskDescription>& tasks() {
  return loom::testing::shipped_catalog().benchmark("ruler")->tasks;
}

loom::Result<loom::TaskRecords> records(const loom::TaskRequest& request) {
  return (*loom::make_benchmark("ruler"))->records(request, {});
}

// How far below the length a prompt may end: the size of the task's unit in tokens.
size_t unit_tokens(const std::string& task) {
  static const std::map<std::string, size_t> units = {{"niah_multikey_2", 40},
                                                      {"niah_multikey_3", 110},
                                                      {"cwe", 80},
                                                      {"fwe", 60},
                                                      {"qa_1", 70},
                                                      {"qa_2", 70}};
  const auto unit = units.find(task);
  return unit == units.end() ? 12 : unit->second;
}

}  // namespace

class RulerTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void lengthsAreExact_data();
  void lengthsAreExact();
  void seedDecides();
  void samplesDoNotDependOnTheirNumber();
  void multipleNeedles();
  void wrongArithmeticIsCorrected();
  void impossibleLengthsAreErrors();

 private:
  std::optional<loom::testing::ModelForRecords> model_;
};

void RulerTest::initTestCase() {
  model_ = loom::testing::model_for_records();
  if (!model_) QSKIP("skipped: the default model is not here");
  QCOMPARE(tasks().size(), size_t{13});
}

void RulerTest::lengthsAreExact_data() {
  QTest::addColumn<int>("length");
  for (int length : {3000, 4096, 5000, 16384}) QTest::addRow("%d", length) << length;
}

void RulerTest::lengthsAreExact() {
  QFETCH(int, length);
  for (const auto& task : tasks()) {
    const auto request = model_->request(task.id, static_cast<size_t>(length), 6);
    const auto made = records(request);
    QVERIFY2(made.has_value(), made ? "" : loom::describe(made.error()).c_str());
    QCOMPARE(made->records.size(), size_t{6});
    const std::string problem = loom::testing::problem_of(*made, true);
    QVERIFY2(problem.empty(), (task.id + ": " + problem).c_str());
    for (const auto& record : made->records) {
      const size_t whole = model_->tokens(record) + static_cast<size_t>(task.max_new_tokens);
      const std::string where = record.id + ": " + std::to_string(whole);
      QVERIFY2(whole <= static_cast<size_t>(length), where.c_str());
      QVERIFY2(whole + unit_tokens(task.id) >= static_cast<size_t>(length), where.c_str());
    }
  }
}

void RulerTest::seedDecides() {
  for (const auto& task : tasks()) {
    auto request = model_->request(task.id, 4096, 3);
    const std::string hash = records(request)->data_hash;
    QCOMPARE(records(request)->data_hash, hash);
    request.seed = 43;
    QVERIFY2(records(request)->data_hash != hash, task.id.c_str());
  }
}

void RulerTest::samplesDoNotDependOnTheirNumber() {
  for (const auto& task : tasks()) {
    const auto two = records(model_->request(task.id, 4096, 2));
    const auto five = records(model_->request(task.id, 4096, 5));
    for (size_t i = 0; i < 2; ++i) QCOMPARE(two->records[i].prompt, five->records[i].prompt);
    QVERIFY2(two->records[0].prompt != two->records[1].prompt, task.id.c_str());
  }
}

void RulerTest::multipleNeedles() {
  for (const char* task : {"niah_multivalue", "niah_multiquery"}) {
    const auto made = records(model_->request(task, 4096, 2));
    QCOMPARE(made->records[0].references.size(), size_t{4});
    QCOMPARE(made->records[0].evidence.size(), size_t{4});
  }
  const auto tracked = records(model_->request("vt", 4096, 1));
  QCOMPARE(tracked->records[0].references.size(), size_t{5});
  QCOMPARE(records(model_->request("cwe", 4096, 1))->records[0].references.size(), size_t{10});
  QCOMPARE(records(model_->request("qa_2", 4096, 1))->records[0].evidence.size(), size_t{2});
}

// A tokenizer whose counts do not add up: every prompt is counted and made again until it fits.
void RulerTest::wrongArithmeticIsCorrected() {
  for (const auto& task : tasks()) {
    auto request = model_->request(task.id, 5000, 3);
    const auto count = request.count_prompt;
    request.count_prompt = [count](const std::string& user, const std::string& prefix) {
      const size_t tokens = count(user, prefix);
      return tokens + tokens / 50;
    };
    const auto made = records(request);
    QVERIFY2(made.has_value(), made ? "" : loom::describe(made.error()).c_str());
    for (const auto& record : made->records) {
      const size_t whole = request.count_prompt(record.prompt, record.answer_prefix) +
                           static_cast<size_t>(task.max_new_tokens);
      const std::string where = record.id + ": " + std::to_string(whole);
      QVERIFY2(whole <= 5000 && whole >= 5000 - 2 * unit_tokens(task.id) - 20, where.c_str());
    }
  }
}

void RulerTest::impossibleLengthsAreErrors() {
  for (const auto& task : tasks())
    for (size_t length : {size_t{0}, size_t{40}, size_t{256}}) {
      const auto made = records(model_->request(task.id, length, 1));
      if (made) continue;
      QCOMPARE(made.error().kind, loom::ErrorKind::invalid_input);
      QVERIFY(!made.error().remedy.empty());
    }
  QVERIFY(!records(model_->request("vt", 0, 1)).has_value());
  QVERIFY(!records(model_->request("cwe", 256, 1)).has_value());
  loom::TaskRequest bare;
  bare.task = "vt";
  bare.length_tokens = 4096;
  QVERIFY(!records(bare).has_value());
}

QTEST_APPLESS_MAIN(RulerTest)
#include "ruler_test.moc"
