// Answers that are hard for the scorers of which the other tables hold few: thoughts, other
// languages, refusals, broken off ones, several answers. The values follow the benchmarks' rules,
// which take thoughts for a part of the answer; plans may leave them out before.
#include <QTest>
#include <cmath>

#include "core/base/text_file.h"
#include "core/metrics/all_metrics.h"
#include "core/text/chinese_words.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

namespace {

using Texts = std::vector<std::string>;

struct Row {
  const char* answer;
  double value;
};

struct Table {
  const char* metric;
  Texts references;
  json parameters, record;
  std::vector<Row> rows;
};

const std::string kKey = "0f8fad5b-d9cb-469f-a165-70867728950e";

const std::vector<Table>& tables() {
  static const std::vector<Table> list = {
      {"best_answer",
       {"A2"},
       json::object(),
       {{"candidates", 3}},
       {{"<think>A1?</think> A2", 1},
        {"<think>A3?</think> A2", 0},  // the highest designation, wherever it stands
        {"ANSWER: A2", 1},
        {"答案是A2", 1},
        {"Ответ: А2", 1},  // a Cyrillic letter: the digit counts
        {"The answer is A2, since A1 is wrong.", 1},
        {"A2 or A3", 0},
        {"2 or 3", 0},
        {"1 or 2", 1},
        {"I cannot choose.", 0},
        {"A", 0},
        {"Answer: A", 0},
        {"second", 0}}},
      {"babilong_label",
       {"garden"},
       {{"labels", {"bathroom", "bedroom", "garden", "hallway", "kitchen", "office"}}},
       {{"question", "Where is Mary? "}},
       {{"<think>garden</think>", 1},
        {"<think>The office? No.</think> garden", 0},  // up to the first full stop: the office
        {"GARDEN", 1},
        {"в саду: garden", 1},
        {"花园", 0},
        {"garden and kitchen", 0},
        {"gard", 0},
        {"I do not know where Mary is.", 0}}},
      {"uuid_match",
       {kKey},
       json::object(),
       json::object(),
       {{"<think>7c9e6679-7425-40de-944b-e07fc1f90ae7</think> "
         "0f8fad5b-d9cb-469f-a165-70867728950e",
         0},
        {"0F8FAD5B-D9CB-469F-A165-70867728950E", 0},
        {"值是0f8fad5b-d9cb-469f-a165-70867728950e。", 1},
        {"Ответ: 0f8fad5b-d9cb-469f-a165-70867728950e", 1},
        {"0f8fad5b-d9cb-469f-a165 70867728950e", 0},
        {"0f8fad5b-d9cb-469f-a165-7086772895", 0},
        {"I am sorry, the key is not there.", 0},
        {"{\"value\": \"0f8fad5b-d9cb-469f-a165-70867728950e\"}", 1}}},
      {"length_score",
       {},
       json::object(),
       {{"length", 4}},
       {{"ONE TWO THREE FOUR", 1},
        {"<think>one two three four</think>", 1 - 0.5 / 3},  // six words
        {"I am sorry", 1 - 1.0 / 6},
        {"Слова на другом языке", 0},  // neither ASCII letters nor Chinese
        {"one two three fo", 1},
        {"1 2 3 4", 0},
        {"四个汉字", 1},
        {"one二three四", 0.5},  // letters beside a character have no boundary
        {"…", 0}}},
      {"number_share",
       {"3"},
       json::object(),
       json::object(),
       {{"The final answer is: 3", 1},
        {"<think>1 or 3</think> 3", 2.0 / 3},
        {"I think 2, no: 3", 0.5},
        {"3.0", 0.5},
        {"33", 0},
        {"三", 0},
        {"три", 0},
        {"THREE", 0},
        {"I cannot count them.", 0}}},
      {"stated_letter",
       {"C"},
       json::object(),
       json::object(),
       {{"<think>The correct answer is A: x</think> The correct answer is C: y", 0},
        {"<think>A or C?</think> The correct answer is C: y", 1},
        {"The correct answer is C : y", 0},
        {"Правильный ответ C: x", 0},
        {"正确答案是C：x", 0},
        {"I cannot answer that.", 0}}},
      {"answer_match",
       {"Yuki"},
       {{"mode", "contains"}},
       json::object(),
       {{"<think>Katie</think>Yuki", 1},
        {"Yuki or Katie", 1},
        {"YUKI", 0},
        {"Yuk", 0},
        {"ゆき", 0},
        {"Юки", 0},
        {"I do not know.", 0}}},
      {"contains_all",
       {"12", "34"},
       json::object(),
       json::object(),
       {{"<think>12</think> 34", 1},
        {"1234", 1},
        {"34, then 12", 1},
        {"12\n34", 1},
        {"12, 3", 0.5},
        {"twelve and 34", 0.5},
        {"1 2 3 4", 0},
        {"１２ ３４", 0},
        {"двенадцать", 0},
        {"I cannot say.", 0}}},
      {"contains_any",
       {"paris", "lyon"},
       json::object(),
       json::object(),
       {{"PARIS", 1},
        {"<think>Lyon</think>", 1},
        {"Paris or Lyon", 1},
        {"not Paris", 1},
        {"Lyonnais", 1},
        {"", 0},
        {"Pari", 0},
        {"P a r i s", 0},
        {"巴黎", 0},
        {"Париж", 0},
        {"I refuse.", 0},
        {"Marseille", 0},
        {"par is", 0}}},
      {"passage_similarity",
       {"磨坊空着。"},
       json::object(),
       json::object(),
       {{"磨坊", 0.5},
        {"磨坊空着磨坊空着", 0.5},
        {" 磨坊空着", 0.8},  // white space stays
        {"磨 坊空着", 0.8},
        {"着空坊磨", 0},
        {"磨坊空着键：别的", 1},
        {"MILL", 0},
        {"<think>", 0},
        {"抱歉，我找不到", 0}}},
      {"cell_match",
       {"434.59"},
       json::object(),
       json::object(),
       {{"<think>434.59</think>", 1},
        {"Ответ: 434.59", 1},
        {"-434.59", 1},
        {"434，59", 1},
        {"434.5", 0},
        {"４３４.５９", 0},
        {"I cannot read the table.", 0}}},
      {"event_order",
       {"II,I,III"},
       json::object(),
       json::object(),
       {{"<think>II,I,III</think>", 1},
        {"顺序：II、I、III", 1},
        {"II,I,III,II", 0},
        {"2 > 1 > 3", 0},
        {"II,I,", 0}}},
  };
  return list;
}

const std::vector<Table>& chinese_tables() {
  static const std::vector<Table> list = {
      {"story_f1_zh",
       {"一九〇二年"},
       json::object(),
       json::object(),
       {{"\n一九〇二年", 1},
        {"一九〇二年\n\n解释：公园", 1},
        {"「一九〇二年」", 1},
        {"Year 1902", 0},
        {"ONE", 0},
        {"抱歉", 0},
        {"не знаю", 0},
        {"？", 0}}},
      {"keyword_f1_zh",
       {"贝多芬"},
       json::object(),
       {{"keywords", ""}},
       {{"莫扎特", 0}, {"BEETHOVEN", 0}, {"Бетховен", 0}, {"我不能回答", 0}, {"？！", 0}}},
  };
  return list;
}

void check(const std::vector<Table>& list) {
  for (const Table& table : list)
    for (const Row& row : table.rows) {
      const MetricScore score =
          (*find_metric(table.metric))
              ->score({row.answer, table.references, table.parameters, table.record});
      const std::string said = std::string(table.metric) + ": " + row.answer + " gives " +
                               std::to_string(score.value.value_or(-1)) + " and not " +
                               std::to_string(row.value);
      QVERIFY2(std::abs(score.value.value_or(-1) - row.value) < 1e-12, said.c_str());
    }
}

}  // namespace

class HardAnswersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void get_what_the_rules_give() { check(tables()); }
  void in_chinese() {
    if (auto ready = chinese_words_ready(); !ready)
      QSKIP("skipped: python3-jieba is not installed");
    check(chinese_tables());
  }

  // By rules written once more and by packages (golden/metrics/make_hard_answers.py).
  void get_what_the_rules_give_elsewhere_data() {
    QTest::addColumn<int>("table");
    tables_ = read_json(testing::source_folder() / "tests/golden/metrics/hard_answers.json")
                  .value_or(json::object())
                  .value("tables", json::array());
    QVERIFY(!tables_.empty());
    int number = 0;
    for (const json& table : tables_) {
      const std::string kind = table.value("parameters", json::object()).value("kind", "");
      QTest::addRow("%d %s %s", number, table.at("metric").get<std::string>().c_str(), kind.c_str())
          << number;
      ++number;
    }
  }
  void get_what_the_rules_give_elsewhere() {
    QFETCH(int, table);
    const json& given = tables_.at(static_cast<size_t>(table));
    const Metric& metric = **find_metric(given.at("metric").get<std::string>());
    if (metric.ready)
      if (const Status ready = metric.ready(); !ready) QSKIP(describe(ready.error()).c_str());
    QVERIFY(given.at("rows").size() >= 15);
    for (const json& row : given.at("rows")) {
      const auto answer = row.at(0).get<std::string>();
      const MetricScore score = metric.score({answer, given.at("references").get<Texts>(),
                                              given.value("parameters", json::object()),
                                              given.value("record", json::object())});
      const std::string said = answer + " gives " + std::to_string(score.value.value_or(-1)) +
                               " and not " + row.at(1).dump();
      QVERIFY2(std::abs(score.value.value_or(-1) - row.at(1).get<double>()) < 1e-9, said.c_str());
    }
  }

 private:
  json tables_;
};

QTEST_APPLESS_MAIN(HardAnswersTest)
#include "hard_answers_test.moc"
