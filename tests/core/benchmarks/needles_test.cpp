// NThread's threads and NoLiMa's needles: what is asked for stands where it should, at the length
// that was asked for.
#include <QtTest>
#include <set>

#include "core/benchmarks/book_window.h"
#include "core/benchmarks/nolima_needles.h"
#include "core/benchmarks/numpy_choice.h"
#include "tests/core/benchmarks/record_checks.h"

using namespace loom;
using nlohmann::json;

namespace {

TaskRecords records(const char* benchmark, const TaskRequest& request) {
  auto made = (*make_benchmark(benchmark))->records(request, {});
  if (!made) qFatal("%s", describe(made.error()).c_str());
  return *made;
}

// The pairs of the object in their order.
std::vector<std::pair<std::string, std::string>> pairs_of(const Record& record) {
  const size_t open = record.prompt.find('{');
  std::vector<std::pair<std::string, std::string>> pairs;
  std::vector<std::string> words;
  for (size_t at = open; at < record.context_end;) {
    const size_t begin = record.prompt.find('"', at);
    if (begin == std::string::npos || begin >= record.context_end) break;
    const size_t end = record.prompt.find('"', begin + 1);
    words.push_back(record.prompt.substr(begin + 1, end - begin - 1));
    at = end + 1;
  }
  for (size_t i = 0; i + 1 < words.size(); i += 2) pairs.emplace_back(words[i], words[i + 1]);
  return pairs;
}

}  // namespace

class NeedlesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void objectsHaveTheirLength();
  void threadsLeadToTheReferences();
  void marksAndDepths();
  void numpyDraws();
  void booksAreCutAtLineEnds();
  void needlesStandAtTheirDepth();
  void brokenNeedleSetsAreNamed();

 private:
  std::optional<testing::ModelForRecords> model_;
};

void NeedlesTest::initTestCase() {
  model_ = testing::model_for_records();
  if (!model_) QSKIP("skipped: the default model is not here");
}

void NeedlesTest::objectsHaveTheirLength() {
  for (const TaskDescription& task : testing::shipped_catalog().benchmark("nthread")->tasks)
    for (size_t length : {2048, 8192}) {
      const auto made = records("nthread", model_->request(task.id, length, 3));
      QCOMPARE(made.records.size(), size_t{3});
      for (const Record& record : made.records) {
        const size_t whole = model_->tokens(record) + 200;
        QVERIFY2(whole <= length && whole + 90 >= length, task.id.c_str());
        QVERIFY(json::parse(record.prompt.substr(record.prompt.find('{'),
                                                 record.context_end - record.prompt.find('{')),
                            nullptr, false)
                    .is_object());
        for (const ByteSpan& span : record.evidence) QVERIFY(span.end <= record.context_end);
      }
    }
  auto same = records("nthread", model_->request("single_thread", 2048, 2));
  QCOMPARE(records("nthread", model_->request("single_thread", 2048, 2)).data_hash, same.data_hash);
}

void NeedlesTest::threadsLeadToTheReferences() {
  for (const char* task : {"single_thread", "multi_threads", "branched_threads"}) {
    const Record record = records("nthread", model_->request(task, 4096, 1)).records[0];
    const auto pairs = pairs_of(record);
    // Each step forward in the object, from the first key that the question names.
    std::multiset<std::string> ends;
    for (size_t start = 0; start < pairs.size(); ++start) {
      if (record.prompt.find(pairs[start].first, record.context_end) == std::string::npos) continue;
      std::string key = pairs[start].second;
      size_t steps = 1;
      for (size_t at = start + 1; at < pairs.size(); ++at)
        if (pairs[at].first == key) {
          key = pairs[at].second;
          ++steps;
        }
      if (steps == 5) ends.insert(key);
    }
    QCOMPARE(ends, std::multiset<std::string>(record.references.begin(), record.references.end()));
    QCOMPARE(record.references.size(), size_t{std::string(task) == "multi_threads" ? 3u : 1u});
  }
}

void NeedlesTest::marksAndDepths() {
  const Record marked =
      records("nthread", model_->request("conditional_needles", 4096, 1)).records[0];
  std::set<std::string> found;
  for (const auto& [key, value] : pairs_of(marked))
    if (key.find('*') != std::string::npos) found.insert(value);
  QCOMPARE(found, std::set<std::string>(marked.references.begin(), marked.references.end()));
  const auto column = records("nthread", model_->request("single_needle", 4096, 11));
  for (size_t i = 0; i < 11; ++i) {
    const Record& record = column.records[i];
    const auto pairs = pairs_of(record);
    const auto at = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) {
      return pair.second == record.references[0];
    });
    QCOMPARE(static_cast<size_t>(at - pairs.begin()), i * 10 * (pairs.size() - 1) / 100);
    QCOMPARE(record.metadata["depth"].get<size_t>(), i * 10);
  }
}

// np.random.seed(s); np.random.choice(n), ten times (numpy 2).
void NeedlesTest::numpyDraws() {
  const std::vector<std::tuple<uint32_t, uint32_t, std::vector<uint32_t>>> golden = {
      {443, 10, {9, 0, 2, 2, 0, 2, 7, 2, 4, 4}},
      {42, 7, {6, 3, 4, 6, 2, 4, 4, 6, 1, 2}},
      {1000, 3, {0, 2, 0, 1, 1, 0, 1, 1, 0, 1}},
      {5, 1, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0}}};
  for (const auto& [seed, n, numbers] : golden) {
    NumpyChoice draw(seed);
    for (uint32_t number : numbers) QCOMPARE(draw.below(n), number);
  }
}

void NeedlesTest::booksAreCutAtLineEnds() {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "Line " + std::to_string(i) + " of a short book.\n";
  const BookWindow book(*model_->tokenizer, text);
  for (double depth : {0.0, 0.04, 0.5, 0.96, 1.0}) {
    auto cut = book.cut(1000, depth);
    QVERIFY(cut);
    QCOMPARE(cut->before.empty(), depth == 0.0);
    if (depth > 0) QVERIFY(text.find(cut->before + "\n") != std::string::npos);
    QVERIFY(text.find(cut->after) != std::string::npos);
    // What was cut away is less than a line.
    const size_t left = model_->tokenizer->encode(cut->before + "\n" + cut->after).size();
    QVERIFY2(left <= 1001 && left >= 985, std::to_string(left).c_str());
  }
  auto long_one = book.cut(book.tokens() + 1, 0.5);
  QVERIFY(!long_one && describe(long_one.error()).find("too short") != std::string::npos);
}

void NeedlesTest::needlesStandAtTheirDepth() {
  for (const TaskDescription& task : testing::shipped_catalog().benchmark("nolima")->tasks) {
    const auto made = records("nolima", model_->request(task.id, 1024, 12));
    QCOMPARE(made.data_label, std::string("house needles, house books"));
    QCOMPARE(testing::problem_of(made, true), std::string());
    for (const Record& record : made.records) {
      const double share = 100.0 * static_cast<double>(record.evidence[0].begin) /
                           static_cast<double>(record.context_end);
      QVERIFY2(std::abs(share - record.metadata["depth"].get<double>()) < 14,
               (record.id + " " + std::to_string(share)).c_str());
      QVERIFY(record.prompt.find("{") == std::string::npos);
      QVERIFY(record.prompt.find(record.references[0] + " ") != std::string::npos ||
              record.prompt.find(record.references[0] + ".") != std::string::npos);
    }
  }
  auto whole = records("nolima", model_->request("needle_set_hard", 512, 0));
  QCOMPARE(whole.records.size(), size_t{(2 * 3 + 3) * 5 * 26});
}

void NeedlesTest::brokenNeedleSetsAreNamed() {
  const json good = {{{"id", "0001"},
                      {"needle", "{CHAR} is here"},
                      {"questions", {{"onehop", "Who?"}}},
                      {"character_set", {"A"}},
                      {"tests", {{"T1", {{"input_args", json::array()}}}}}}};
  QCOMPARE(needle_tests(good, false, "set.json")->size(), size_t{1});
  json bad = good;
  bad[0]["id"] = "first";
  json empty = good;
  empty[0]["character_set"] = json::array();
  for (const json& broken : {bad, empty, json::array(), json(7), json{{"a", 1}}}) {
    auto read = needle_tests(broken, false, "set.json");
    QVERIFY(!read && describe(read.error()).find("set.json") != std::string::npos);
  }
}

QTEST_APPLESS_MAIN(NeedlesTest)
#include "needles_test.moc"
