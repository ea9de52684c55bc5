// Needles in the user's own documents: lengths, depths and order.
#include "tests/core/benchmarks/own_documents.h"

#include <QTest>
#include <set>

#include "core/metrics/metric.h"
#include "tests/core/benchmarks/record_checks.h"

using namespace loom;
using loom::testing::prose;

class OwnDocumentsTest : public QObject {
  Q_OBJECT

  std::unique_ptr<testing::OwnDocuments> documents_;
  std::optional<testing::ModelForRecords> model_;

  void put(const char* name, const std::string& bytes) const { documents_->put(name, bytes); }
  CustomBenchmark benchmark() const { return documents_->benchmark(); }
  TaskRecords records(const TaskRequest& request, const CustomBenchmark& custom) const {
    auto made = make_custom(std::make_shared<const CustomBenchmark>(custom))->records(request, {});
    if (!made) qFatal("%s", describe(made.error()).c_str());
    return *made;
  }

 private Q_SLOTS:
  void init() {
    documents_ = std::make_unique<testing::OwnDocuments>();
    model_ = testing::model_for_records();
  }

  void lengths_and_depths_are_exact() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(200, "ships"));
    put("deeper/b.md", prose(200, "trains"));
    CustomBenchmark custom = benchmark();
    custom.depths = {0, 50, 100};
    const auto description = description_of(custom);
    for (const char* task : {"needle", "multi_needle", "order"})
      for (size_t length : {1024, 2000, 8192}) {
        const auto made = records(model_->request(task, length, 0), custom);
        QCOMPARE(testing::problem_of(made, std::string_view(task) != "order"), std::string());
        QCOMPARE(made.records.size(), size_t{3});
        const auto answer = static_cast<size_t>(description.task(task)->max_new_tokens);
        for (const Record& record : made.records) {
          const size_t whole = model_->tokens(record) + answer;
          QVERIFY2(whole <= length && whole + 4 >= length, std::to_string(whole).c_str());
        }
        if (std::string_view(task) != "needle") continue;
        for (size_t i = 0; i < 3; ++i) {
          const Record& record = made.records[i];
          QCOMPARE(record.metadata.at("depth").get<size_t>(), 50 * i);
          const double at = 100.0 * static_cast<double>(record.evidence[0].begin) /
                            static_cast<double>(record.context_end);
          QVERIFY(std::abs(at - 50.0 * static_cast<double>(i)) < (length == 1024 ? 14 : 6));
        }
      }
  }

  void needles_in_the_language_of_the_documents() {
    if (!model_) QSKIP("skipped: the default model is not here");
    std::string text;
    for (int i = 0; i < 300; ++i)
      text += "第" + std::to_string(i) + "天，渡船照常开到对岸，没有人记下时间。";
    put("a.txt", text);
    CustomBenchmark custom = benchmark();
    custom.language = "zh";
    for (const char* task : {"needle", "multi_needle", "order"}) {
      const auto made = records(model_->request(task, 4096, 2), custom);
      QCOMPARE(testing::problem_of(made, std::string_view(task) != "order"), std::string());
      for (const Record& record : made.records) {
        QVERIFY(record.prompt.find("文档：") != std::string::npos);
        const std::string needle = record.prompt.substr(
            record.evidence[0].begin, record.evidence[0].end - record.evidence[0].begin);
        QVERIFY2(needle.ends_with("。"), needle.c_str());
      }
    }
  }

  void more_samples_bring_other_needles() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(200, "ships"));
    CustomBenchmark custom = benchmark();
    custom.depths = {50};
    const auto made = records(model_->request("needle", 1024, 3), custom);
    QCOMPARE(testing::problem_of(made, true), std::string());
    QVERIFY(made.records[0].references != made.records[1].references);
    QVERIFY(made.records[1].references != made.records[2].references);
  }

  void the_order_is_the_one_in_the_text() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(200, "ships"));
    const auto made = records(model_->request("order", 2048, 6), benchmark());
    std::set<std::string> orders;
    for (const Record& record : made.records) {
      QCOMPARE(record.evidence.size(), size_t{4});
      const std::string reference = record.references.at(0);
      orders.insert(reference);
      std::string expected;
      for (const ByteSpan& span : record.evidence) {
        const std::string sentence = record.prompt.substr(span.begin, span.end - span.begin);
        const size_t listed = record.prompt.rfind(sentence);
        QVERIFY(listed > record.context_end);
        const size_t line = record.prompt.rfind('\n', listed) + 1;
        expected += (expected.empty() ? "" : ", ") +
                    record.prompt.substr(line, record.prompt.find('.', line) - line);
      }
      QCOMPARE(reference, expected);
      const auto score =
          (*find_metric("event_order"))->score({expected, record.references, {}, {}});
      QCOMPARE(score.value.value_or(-1), 1.0);
    }
    QVERIFY(orders.size() > 1);
  }

  void the_seed_decides() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(400, "ships"));
    auto request = model_->request("multi_needle", 2048, 4);
    const std::string hash = records(request, benchmark()).data_hash;
    QCOMPARE(records(request, benchmark()).data_hash, hash);
    request.seed = 1;
    QVERIFY(records(request, benchmark()).data_hash != hash);
  }

  void short_documents_repeat_and_say_so() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(30, "ships"));
    const auto made = records(model_->request("needle", 4096, 0), benchmark());
    QCOMPARE(testing::problem_of(made, true), std::string());
    QVERIFY(made.notes.at(0).find("repeat") != std::string::npos);
    QCOMPARE(model_->tokens(made.records[0]) + 50 + 4 >= 4096, true);
  }

  void answers_that_the_documents_hold_are_not_asked() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(60, "ships") +
                     "I found the old ferry landing behind the brick mill. A wooden clock with a "
                     "painted owl hung there. We hum a waltz and offer it dried apricots.\n");
    CustomBenchmark custom = benchmark();
    custom.needles = 3;
    for (const Record& record : records(model_->request("multi_needle", 1024, 5), custom).records)
      for (const std::string& answer : record.references)
        for (const char* known : {"ferry", "owl", "waltz"})
          QVERIFY2(answer.find(known) == std::string::npos, answer.c_str());
  }

  void too_short_a_length_is_refused() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(60, "ships"));
    for (size_t length : {256, 60}) {
      const auto request = model_->request("multi_needle", length, 1);
      auto made =
          make_custom(std::make_shared<const CustomBenchmark>(benchmark()))->records(request, {});
      QVERIFY(!made);
      QCOMPARE(made.error().kind, ErrorKind::invalid_input);
    }
  }
};

QTEST_GUILESS_MAIN(OwnDocumentsTest)
#include "own_documents_test.moc"
