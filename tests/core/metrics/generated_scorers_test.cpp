// The scorers of BABILong, Counting-Stars, NoLiMa, NThread, Ada-LEval, LongIns, LongHealth and
// LongWriter, rule by rule over hard answers.
#include <QtTest>
#include <cmath>

#include "core/metrics/all_metrics.h"

using namespace loom;
using nlohmann::json;

namespace {

double scored(const char* metric, const std::string& answer,
              const std::vector<std::string>& references, json parameters = json::object(),
              json record = json::object()) {
  auto found = find_metric(metric);
  auto score = (*found)->score({answer, references, std::move(parameters), std::move(record)});
  return score.value.value_or(-1);
}

bool near(double a, double b) {
  return std::abs(a - b) < 1e-12;
}

}  // namespace

class GeneratedScorersTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void babilong();
  void stars();
  void matches();
  void identifiers();
  void bestAnswer();
  void textOrder();
  void brackets();
  void letters();
  void lengths();
  void numbers();
  void negatives();
};

void GeneratedScorersTest::babilong() {
  const json places = {
      {"labels", {"bathroom", "bedroom", "garden", "hallway", "kitchen", "office"}}};
  const json asked = {{"question", "Where was the apple before the kitchen? "}};
  auto one = [&](const std::string& answer) {
    return scored("babilong_label", answer, {"garden"}, places, asked);
  };
  for (const char* right :
       {"garden", "The Garden", "GARDEN.", "It was in the garden. Then the office.",
        "garden, not the kitchen", "garden<context> office", "garden <example> hallway",
        "the apple: garden"})
    QVERIFY2(near(one(right), 1), right);
  for (const char* wrong : {"", "Answer. garden", "garden or office", "bedroom", "I cannot say",
                            "сад", "<context> garden", "kitchen", "gardn"})
    QVERIFY2(near(one(wrong), 0), wrong);
  const json things = {{"labels", {"apple", "football", "milk", "nothing"}}};
  QVERIFY(near(scored("babilong_label", "milk and apple", {"apple,milk"}, things), 1));
  QVERIFY(near(scored("babilong_label", "apple", {"apple,milk"}, things), 0));
  QVERIFY(near(scored("babilong_label", "apple, milk, football", {"apple,milk"}, things), 0));
  const json paths = {{"labels", {"s,e", "e,s", "n,w"}}};
  QVERIFY(near(scored("babilong_label", "s,e", {"s,e"}, paths), 1));
  QVERIFY(near(scored("babilong_label", "e,s", {"s,e"}, paths), 0));
}

void GeneratedScorersTest::stars() {
  const std::vector<std::string> right = {"15", "117", "42", "69"};
  const json wrong = {{"wrong_counts", {16, 116, 43, 70}}}, english = {{"key", "little_penguin"}};
  auto search = [&](const std::string& answer) {
    return scored("star_counts", answer, right, english);
  };
  QVERIFY(near(search(R"({"little_penguin": [15, 117, 42, 69]})"), 1));
  QVERIFY(near(search(R"({"little_penguin": [69, 15]})"), 0.5));
  QVERIFY(near(search("```json\n{\"little_penguin\": [15, 117,]}\n```"), 0.5));
  QVERIFY(near(search("```\n{\"little_penguin\": [15, 117, 42"), 0.75));
  QVERIFY(near(search(R"({"little_penguin": [15, 15, 15, 15]})"), 0.25));
  for (const char* none : {"", "15, 117, 42, 69", R"({"penguin": [15]})",
                           R"({"little_penguin": 15})", R"({"little_penguin": [15, 117,]})",
                           "I refuse", R"({"little_penguin": []})", R"(["little_penguin", 15])"})
    QVERIFY2(near(search(none), 0), none);
  // Such references are not ours, and equal nothing.
  QVERIFY(near(scored("star_counts", R"({"little_penguin": [15]})",
                      {"x", "15", "1e99", "9999999999999999999999"}, english),
               0.25));
  // What repeats a bracket for ever is no list, and ends no program.
  const std::string deep = std::string(300000, '[') + std::string(300000, ']');
  QVERIFY(near(search("{\"little_penguin\": " + deep + "}"), 0));
  for (const char* field : {"little_penguin", "passage_id"})
    QVERIFY(near(scored("cited_answer", std::string("{\"") + field + "\": " + deep + "}", right,
                        {{"kind", "stars"}}),
                 0));
  // Numbers are compared as Python does, and what is none takes a place of the list.
  QVERIFY(near(search(R"({"little_penguin": [15.0, 117, "42", 69.5, true]})"), 0.5));
  std::string late = "{\"little_penguin\": [";
  for (int i = 0; i < 32; ++i) late += "\"x\", ";
  QVERIFY(near(search(late + "15]}"), 0));
  auto reason = [&](const std::string& list) {
    return scored("star_counts", "{\"little_penguin\": " + list + "}", right, english, wrong);
  };
  QVERIFY(near(reason("[15, 117, 42, 69]"), 1));
  QVERIFY(near(reason("[15, 16, 117, 116]"), 0.25));
  QVERIFY(near(reason("[16, 116, 43, 70]"), 0.25));
  QVERIFY(near(reason("[15, 116]"), (1 + 0.25) / 4));
  const json chinese = {{"key", "小企鹅"}, {"lenient", true}};
  QVERIFY(near(scored("star_counts", "答案：{\"小企鹅\":[15,117,42,69]}", right, chinese), 1));
  std::string many = "{\"little_penguin\": [";
  for (int i = 200; i < 232; ++i) many += std::to_string(i) + ", ";
  QVERIFY(near(search(many + "15]}"), 0));  // beyond the first 32
}

void GeneratedScorersTest::matches() {
  auto with = [](const char* mode, const std::string& answer, json record = json::object()) {
    return scored("answer_match", answer, {"Yuki"}, {{"mode", mode}}, std::move(record));
  };
  for (const char* right : {"Yuki", "It was Yuki.", "Yukiko", "no\nYuki\nno"})
    QVERIFY(near(with("contains", right), 1));
  for (const char* wrong : {"", "yuki", "Y uki", "Katie"})
    QVERIFY(near(with("contains", wrong), 0));
  QVERIFY(near(with("EM", " Yuki \n"), 1));
  QVERIFY(near(with("EM", "Yuki."), 0));
  // An empty reference is part of nothing.
  QVERIFY(near(scored("answer_match", "Yuki", {""}, {{"mode", "contains"}}), 0));
  QVERIFY(near(scored("answer_match", "", {""}, {{"mode", "EM"}}), 0));
  QVERIFY(near(scored("answer_match", "Yuki", {"", "Yuki"}, {{"mode", "contains"}}), 1));
  QVERIFY(near(with("lastline_contains", "Katie\nso it is Yuki!"), 1));
  QVERIFY(near(with("lastline_contains", "Yuki\nKatie"), 0));
  QVERIFY(near(with("lastline_EM", "thinking\nYuki\n"), 1));
  QVERIFY(near(with("lastline_EM", "thinking\nIt is Yuki"), 0));
  QVERIFY(near(with("contains", "Yuki and Bob", {{"negative_outputs", {"Bob", "Ann"}}}), 0.5));
  QVERIFY(near(with("contains", "Yuki, Bob, Ann", {{"negative_outputs", {"Bob", "Ann"}}}), 0));
  QVERIFY(near(with("contains", "Bob", {{"negative_outputs", {"Bob", "Ann"}}}), 0));
}

void GeneratedScorersTest::identifiers() {
  const std::string a = "0f8fad5b-d9cb-469f-a165-70867728950e",
                    b = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
  auto one = [&](const std::string& answer) { return scored("uuid_match", answer, {a}); };
  for (const std::string& right :
       {a, "\"" + a + "\"", "The value is " + a + ".", a + " " + b, "x" + a})
    QVERIFY2(near(one(right), 1), right.c_str());
  for (const std::string& wrong : {std::string(), b + " " + a, a.substr(0, 35), std::string("none"),
                                   "0f8fad5bd9cb469fa16570867728950e" + std::string()})
    QVERIFY2(near(one(wrong), 0), wrong.c_str());
  QVERIFY(near(scored("uuid_match", "[" + b + ", " + a + "]", {a, b}), 1));
  QVERIFY(near(scored("uuid_match", a + a, {a, b}), 0.5));
  QVERIFY(near(scored("uuid_match", "0f8fad5b-d9cb-469f-*165-70867728950e",
                      {"0f8fad5b-d9cb-469f-*165-70867728950e"}, json::object(), {{"special", "*"}}),
               1));
}

void GeneratedScorersTest::bestAnswer() {
  const json twelve = {{"candidates", 12}}, three = {{"candidates", 3}};
  auto one = [](const std::string& answer, const char* right, const json& record) {
    return scored("best_answer", answer, {right}, json::object(), record);
  };
  QVERIFY(near(one("Answer: A2", "A2", three), 1));
  QVERIFY(near(one("A12", "A12", twelve), 1));
  QVERIFY(near(one("A1 rather than A3", "A1", three), 0));
  QVERIFY(near(one("A1 rather than A3", "A3", three), 1));
  QVERIFY(near(one("The second: 2", "A2", three), 1));
  QVERIFY(near(one("a2", "A2", three), 1));
  QVERIFY(near(one("", "A2", three), 0));
  QVERIFY(near(one("None", "A1", three), 0));
  QVERIFY(near(one("A4 paper", "A1", three), 0));
  QVERIFY(near(one("A120", "A12", twelve), 1));
  QVERIFY(near(one("A05", "A5", twelve), 1));  // the digit 5
  QVERIFY(near(one("A0", "A1", twelve), 0));
  // A file may claim any number of candidates; the answer's own designations are looked at.
  QVERIFY(near(one("A12 or A3", "A12", {{"candidates", uint64_t{1} << 62}}), 1));
}

void GeneratedScorersTest::textOrder() {
  auto one = [](const std::string& answer) {
    return scored("text_order", answer, {"2", "4", "1", "3"});
  };
  for (const char* right :
       {"[2, 4, 1, 3]", "Answer: [2, 4, 1, 3]", "Answer:[2,4,1,3] Answer: [1,2,3,4]", "24 13",
        "Order 2413", "[2.0, 4, true, 3]", "{}", "\"\"", "2 then 4 then 1 then 3", "[2, 4]", "[]",
        "Answer: 2, 4, 1, 3."})
    QVERIFY2(near(one(right), 1), right);
  for (const char* wrong :
       {"", "1 234", "[1, 2, 3, 4]", "1234 1234", "no order", "[\"2\", 4, 1, 3]",
        "Answer: \"2413\"", "Answer: \"3142\"", "{\"2\": 4}", "[2.5, 4, 1, 3]"})
    QVERIFY2(near(one(wrong), 0), wrong);
  // The official scorer takes such JSON as it is, and fails.
  for (const char* error : {"2413", "Answer: 2413", "Answer: 3142", "12341234",
                            "Answer: 2413 Answer: [2, 4, 1, 3]", " 7 ", "null", "true", "1.5"}) {
    QVERIFY2(near(one(error), -1), error);
    QVERIFY2(near(scored("text_order", error, {"2", "4", "1", "3"}, {{"whole", true}}), 0), error);
  }
  // Bare numbers of Python's JSON end the official scorer like all others.
  for (const char* bare : {"NaN", "-Infinity", "12", "true"}) QVERIFY2(near(one(bare), -1), bare);
}

void GeneratedScorersTest::brackets() {
  auto one = [](const std::string& answer, std::vector<std::string> wrong = {"1", "4"}) {
    return scored("bracket_numbers", answer, wrong);
  };
  QVERIFY(near(one("[1, 4]"), 1));
  QVERIFY(near(one("[1] and [4]"), 1));
  QVERIFY(near(one("[01] [4]"), 1));
  QVERIFY(near(one("[1]"), 2.0 / 3));
  QVERIFY(near(one("[1, 2, 3, 4]"), 2.0 / 3));
  QVERIFY(near(one("[3: two and 4]"), 0.5));
  for (const char* none : {"", "1, 4", "[1\n4]", "[]", "[none]", "[2, 3]", "(1, 4)"})
    QVERIFY2(near(one(none), 0), none);
  QVERIFY(near(one("[]", {}), 0));
  QVERIFY(near(one("[1\n [4]"), 2.0 / 3));
  QVERIFY(near(one("[１] [٤]"), 1));  // as integers
  QVERIFY(near(one("[1]", {"1", "1"}), 1));
  QVERIFY(near(one("[0, 1]", {"1", "1"}), 2.0 / 3));
  // A line of opened brackets is looked through once.
  QVERIFY(near(one(std::string(2'000'000, '[') + "\n[1] [4]"), 1));
}

void GeneratedScorersTest::letters() {
  auto one = [](const std::string& answer) { return scored("stated_letter", answer, {"C"}); };
  for (const char* right :
       {"The correct answer is C: Acute bronchitis.", "'The correct answer is C: x'",
        "So. The correct answer is C:", "The correct answer is C: a. The correct answer is A: b",
        "The correct answer is (C). The correct answer is C: y"})
    QVERIFY2(near(one(right), 1), right);
  for (const char* wrong :
       {"", "C", "The correct answer is C", "the correct answer is C: x",
        "The correct answer is é: The correct answer is C: x", "The correct answer is C.",
        "The correct answer is A: Acute", "The correct answer is c: x", "Answer: C",
        "The correct answer is CC: x", "The correct answer is"})
    QVERIFY2(near(one(wrong), 0), wrong);
}

void GeneratedScorersTest::lengths() {
  auto one = [](const std::string& answer, double asked) {
    return scored("length_score", answer, {}, json::object(), {{"length", asked}});
  };
  QVERIFY(near(one("one two three four", 4), 1));
  QVERIFY(near(one("one two", 4), 0.5));
  QVERIFY(near(one("one", 4), 0));
  QVERIFY(near(one("a b c d e f g h", 4), 1 - 1.0 / 3));
  QVERIFY(near(one("", 4), 0));
  QVERIFY(near(one("don't", 2), 1));
  QVERIFY(near(one("一座桥", 3), 1));
  QVERIFY(near(one("abc123 x_y 42", 1), 0));  // no boundary, no letters
  QVERIFY(near(one("wort桥 ok", 2), 1));      // the run beside 桥 has no boundary
  QVERIFY(near(one("naïve ok", 1), 1));
}

void GeneratedScorersTest::numbers() {
  auto one = [](const std::string& answer) { return scored("number_share", answer, {"3"}); };
  QVERIFY(near(one("3"), 1));
  QVERIFY(near(one("3 of 4"), 0.5));
  QVERIFY(near(one("03"), 0));
  QVERIFY(near(one("three"), 0));
  QVERIFY(near(one(""), 0));
  // \d finds digits of every script, and compares them as they are written.
  QVERIFY(near(one("3 of １２"), 0.5));
  QVERIFY(near(one("３"), 0));
  QVERIFY(near(one("3٣"), 0));
  QVERIFY(near(one("3²"), 1));  // a number, and no digit
}

// LIBRA's outputs that must not occur, whatever compares the answer.
void GeneratedScorersTest::negatives() {
  const json two = {{"negative_outputs", {"no", "x"}}},
             none = {{"negative_outputs", json::array()}};
  auto count = [](const std::string& answer, const json& record) {
    return scored("number_share", answer, {"7"}, json::object(), record);
  };
  QVERIFY(near(count("7 no", two), 0.5));
  QVERIFY(near(count("7 no x", two), 0));
  QVERIFY(near(count("7 of 8 no", two), 0));  // a half less a half
  QVERIFY(near(count("8 no", two), 0));       // not below nothing
  QVERIFY(near(count("7", two), 1));
  QVERIFY(near(count("7 no", none), 1));
  auto words = [](const std::string& answer, const json& record) {
    return scored("squad_f1", answer, {"мельница у реки"}, {{"articles", false}}, record);
  };
  const json places = {{"negative_outputs", {"парк", "мост", "дом"}}};
  QVERIFY(near(words("мельница у реки", places), 1));
  // Three of four words, three of three: 6/7, and a third off.
  QVERIFY(near(words("мельница у реки парк", places), 6.0 / 7 - 1.0 / 3));
  QVERIFY(near(words("мельница у реки парк мост дом", places), 0));
}

QTEST_APPLESS_MAIN(GeneratedScorersTest)
#include "generated_scorers_test.moc"
