// Counting-Stars made here: places as the authors' generator gives them, exact lengths, references
// that stand in the text in their order.
#include "core/benchmarks/counting_stars.h"

#include <QtTest>
#include <array>
#include <regex>
#include <set>

#include "core/base/text_file.h"
#include "core/benchmarks/star_records.h"
#include "core/benchmarks/star_source.h"
#include "core/benchmarks/star_text.h"
#include "core/metrics/metric.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr size_t kAnswer = 256;
const char* const kTasks[] = {"en_searching", "en_reasoning", "zh_searching", "zh_reasoning"};

Result<TaskRecords> made(const TaskRequest& request) {
  return (*make_benchmark("counting_stars"))->records(request, {});
}

// The published counts.
std::string number(size_t i) {
  constexpr std::array kRight = {15,  117, 42,  69, 58, 107, 9,  49,  113, 66, 26,
                                 102, 81,  94,  77, 61, 5,   19, 109, 3,   35, 54,
                                 86,  89,  127, 21, 46, 122, 38, 97,  74,  29};
  return std::to_string(kRight.at(i));
}
std::string wrong_number(size_t i) {
  return std::to_string(wrong_star_counts().at(i));
}

std::vector<std::string> pieces(const std::string& text, bool words) {
  std::vector<std::string> parts;
  if (words) {
    for (size_t at = 0;;) {
      const size_t end = text.find(' ', at);
      parts.push_back(text.substr(at, end - at));
      if (end == std::string::npos) return parts;
      at = end + 1;
    }
  }
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
    parts.push_back(text.substr(at, end - at));
    at = end;
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts, size_t begin, size_t end, bool words) {
  std::string text;
  for (size_t i = begin; i < std::min(end, parts.size()); ++i)
    text += (words && i > begin ? " " : "") + parts[i];
  return text;
}

// The dossier's rule, word for word: each star goes into the text as it has become.
std::string inserted(const std::string& base, size_t size, const std::vector<std::string>& stars,
                     bool words) {
  std::string text = joined(pieces(base, words), 0, size, words);
  const size_t step = size / stars.size();
  for (size_t i = 0; i < stars.size(); ++i) {
    const auto parts = pieces(text, words);
    const size_t place = i * step + step + i * pieces(stars[i], words).size();
    text = joined(parts, 0, place, words) + stars[i] +
           joined(parts, std::min(place, parts.size()), parts.size(), words);
  }
  return text;
}

size_t characters(const std::string& text) {
  return pieces(text, false).size();
}

// As long as the authors' sentences, in other words.
std::string searching_shape(size_t i) {
  return "\n一二三四五" + number(i) + "六★\n";
}
std::string reasoning_shape(size_t i) {
  return "\n一二三四五" + wrong_number(i) + "六★，一二三四五六，一二三四五六七，一二三四五，一" +
         number(i) + "六★\n";
}

size_t unit_tokens(const std::string& task) {
  return task.starts_with("en") ? 16 : 12;
}

}  // namespace

class CountingStarsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void placesFollowTheRule();
  void publishedLengths();
  void arithmeticHolds();
  void lengthsAreExact_data();
  void lengthsAreExact();
  void referencesStandInTheText();
  void countsDiffer();
  void seedDecides();
  void officialFilesAndTexts();
  void impossibleLengthsAreErrors();

 private:
  std::optional<testing::ModelForRecords> model_;
  const testing::ModelForRecords fixture_ = testing::fixture_for_records("qwen2.json");
};

void CountingStarsTest::initTestCase() {
  model_ = testing::model_for_records();
}

void CountingStarsTest::placesFollowTheRule() {
  std::string english, chinese;
  for (int i = 0; i < 6000; ++i) {
    english += (i ? " " : "") + std::string(i % 7 == 3 ? "" : "word") + std::to_string(i);
    chinese += std::string("天地玄黄，宇宙洪荒。").substr(static_cast<size_t>(i % 10) * 3, 3);
  }
  english.replace(english.find(' '), 1, "  ");  // an empty word
  for (const bool words : {true, false}) {
    const std::string& text = words ? english : chinese;
    const StarText made(*fixture_.tokenizer, text, words ? StarUnit::word : StarUnit::character,
                        {});
    QCOMPARE(made.units(), pieces(text, words).size());
    // Where a Chinese text is too short for the drift of the places, the authors' rule cuts stars.
    for (const size_t size : words ? std::vector<size_t>{320, 500, 1000, 5999}
                                   : std::vector<size_t>{2800, 4000, 5600}) {
      std::vector<std::string> stars;
      for (size_t i = 0; i < 32; ++i)
        stars.push_back(words ? "\nThe bird saw " + number(i) + " ★ now\n" : searching_shape(i));
      QCOMPARE(made.write(0, size, stars), inserted(text, size, stars, words));
    }
  }
}

void CountingStarsTest::publishedLengths() {
  const auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official novel is not here");
  const fs::path file = *shared / "counting-stars/The_Story_of_the_Stone.txt";
  const StarText text(*fixture_.tokenizer, clean_novel(*read_file(file)), StarUnit::character, {});
  QCOMPARE(text.units(), size_t{95413});
  // What the authors' notebook prints for 4k, 8k … 128k, with four line ends and the question.
  constexpr size_t kSearching = 4 + 129, kReasoning = 4 + 131;
  for (size_t k = 0; k < 32; ++k) {
    const size_t size = 2800 * (k + 1);
    std::vector<std::string> searching, reasoning;
    for (size_t i = 0; i < 32; ++i) {
      searching.push_back(searching_shape(i));
      reasoning.push_back(reasoning_shape(i));
    }
    QCOMPARE(characters(text.write(0, size, searching)) + kSearching, 3289 + 2800 * k);
    QCOMPARE(characters(text.write(0, size, reasoning)) + kReasoning, 4159 + 2800 * k);
  }
}

void CountingStarsTest::arithmeticHolds() {
  if (!model_) QSKIP("skipped: the default model is not here");
  for (const char* task : {"en_searching", "zh_searching"}) {
    const bool words = std::string_view(task).starts_with("en");
    const auto source = star_source(model_->request(task, 4096, 1));
    QVERIFY(source);
    const StarText text(*model_->tokenizer, source->text,
                        words ? StarUnit::word : StarUnit::character, {});
    const std::string tail = words ? "\n\n\n\nHow many?" : "\n\n\n\n有几颗？";
    for (const size_t first : {size_t{0}, text.sentence_start(text.units() / 3)})
      for (const size_t size : {200, 331, 900, 1400}) {
        std::vector<std::string> stars;
        for (size_t i = 0; i < 32; ++i)
          stars.push_back(words ? "\nThe bird saw " + number(i) + " ★ now\n" : searching_shape(i));
        const std::string whole = "\n" + text.write(first, size, stars) + tail;
        const size_t counted =
            model_->tokenizer->encode(whole).size() - model_->tokenizer->encode("\n").size();
        QCOMPARE(text.tokens(first, size, stars, tail), counted);
      }
  }
}

void CountingStarsTest::lengthsAreExact_data() {
  testing::add_length_rows({4096, 6000, 16384}, 1);
}

void CountingStarsTest::lengthsAreExact() {
  QFETCH(bool, fixture);
  QFETCH(int, length);
  if (!fixture && !model_) QSKIP("skipped: the default model is not here");
  const testing::ModelForRecords& model = fixture ? fixture_ : *model_;
  for (const std::string task : kTasks) {
    auto request = model.request(task, static_cast<size_t>(length), 3);
    request.parameters = {{"stars", length < 16384 ? 8 : 32}};
    const auto records = made(request);
    QVERIFY2(records, records ? "" : describe(records.error()).c_str());
    QCOMPARE(testing::length_problem(*records, model, request, kAnswer, unit_tokens(task)),
             std::string());
  }
}

void CountingStarsTest::referencesStandInTheText() {
  for (const std::string task : kTasks) {
    const auto records = made(fixture_.request(task, 16384, 2));
    QVERIFY2(records, records ? "" : describe(records.error()).c_str());
    for (const Record& record : records->records) {
      QCOMPARE(record.references.size(), size_t{32});
      QCOMPARE(record.evidence.size(), size_t{32});
      const json wrong = record.metadata.value("wrong_counts", json::array());
      QCOMPARE(wrong.size(), task.ends_with("reasoning") ? size_t{32} : size_t{0});
      const std::regex digits("[0-9]+");
      for (size_t i = 0; i < 32; ++i) {
        const ByteSpan& span = record.evidence[i];
        QVERIFY(span.end <= record.context_end);
        if (i > 0) QVERIFY(span.begin > record.evidence[i - 1].end);
        const std::string star = testing::evidence_text(record, i);
        QVERIFY(star.find('\n') == std::string::npos);
        std::vector<std::string> numbers(
            std::sregex_token_iterator(star.begin(), star.end(), digits), {});
        QCOMPARE(numbers.back(), record.references[i]);
        if (task.ends_with("reasoning"))
          QCOMPARE(numbers.front(), std::to_string(wrong.at(i).get<int>()));
      }
      // A perfect answer has the whole score, under the task's own rule.
      std::string answer;
      for (const std::string& count : record.references)
        answer += (answer.empty() ? "" : ", ") + count;
      const TaskDescription* described =
          testing::shipped_catalog().benchmark("counting_stars")->task(task);
      const std::string key = described->metric_parameters.at("key").get<std::string>();
      QVERIFY(record.prompt.find(key, record.context_end) != std::string::npos);
      const auto score = (*find_metric("star_counts"))
                             ->score({"{\"" + key + "\": [" + answer + "]}", record.references,
                                      described->metric_parameters, record.metadata});
      QCOMPARE(score.value.value_or(-1), 1.0);
    }
  }
}

void CountingStarsTest::countsDiffer() {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const StarCounts counts = draw_star_counts(32, seed, "a");
    std::set<int> all(counts.right.begin(), counts.right.end());
    all.insert(counts.wrong.begin(), counts.wrong.end());
    QCOMPARE(all.size(), size_t{64});
    QVERIFY(*all.begin() > 0 && *all.rbegin() < 128);
    for (size_t i = 0; i < 32; ++i) QCOMPARE(std::abs(counts.right[i] - counts.wrong[i]), 1);
  }
  QVERIFY(draw_star_counts(32, 1, "a").right != draw_star_counts(32, 2, "a").right);
  QVERIFY(draw_star_counts(32, 1, "a").right != draw_star_counts(32, 1, "b").right);
}

void CountingStarsTest::seedDecides() {
  for (const char* task : kTasks)
    QCOMPARE(testing::seed_problem("counting_stars", fixture_.request(task, 16384, 2)),
             std::string());
}

void CountingStarsTest::officialFilesAndTexts() {
  testing::TemporaryFolder folder;
  std::string lines;
  for (const int size : {3200, 6400})
    lines += json{{"question", "Text of " + std::to_string(size) + "\n\n\n\nHow many?"},
                  {"context_size", size},
                  {"reference_counting_results", {15, 117}}}
                 .dump() +
             "\n";
  QVERIFY(write_file(folder.path() / "test_data" /
                         "Counting_Stars_EN_multi-evidence-retrieval-searching_128000_32_32.jsonl",
                     lines));
  auto request = fixture_.request("en_searching", 8192, 5);
  request.data_folder = folder.path();
  const auto official = made(request);
  QVERIFY2(official, official ? "" : describe(official.error()).c_str());
  QCOMPARE(official->records.size(), size_t{1});
  QVERIFY(official->records[0].prompt.starts_with("Text of 6400"));
  // int(44000 * 0.7) of Python is 30799.
  QVERIFY(write_file(folder.path() / "test_data" /
                         "Counting_Stars_ZH_multi-evidence-retrieval-searching_128000_32_32.jsonl",
                     json{{"question", "文\n\n\n\n问"},
                          {"context_size", 30799},
                          {"reference_counting_results", {15, 117}}}
                             .dump() +
                         "\n"));
  auto cut = fixture_.request("zh_searching", 11 * 4096, 5);
  cut.data_folder = folder.path();
  const auto eleventh = made(cut);
  QVERIFY2(eleventh, eleventh ? "" : describe(eleventh.error()).c_str());
  QCOMPARE(eleventh->records.size(), size_t{1});
  request.length_tokens = 0;
  QCOMPARE(made(request)->records.size(), size_t{2});
  request.length_tokens = 5000;
  QCOMPARE(made(request)->data_label, std::string("house data"));
  request.length_tokens = 8192;
  request.parameters = {{"generate", true}};
  QCOMPARE(made(request)->data_label, std::string("house data"));
  // The user's essays, and a novel that needs cleaning.
  std::string essay = "Startups\nare hard. ";
  for (int i = 0; i < 40; ++i) essay += "They are number " + std::to_string(i) + ".  ";
  QVERIFY(write_file(folder.path() / "PaulGrahamEssays" / "a.txt", essay));
  const auto essays = made(request);
  QVERIFY2(essays, essays ? "" : describe(essays.error()).c_str());
  QCOMPARE(essays->data_label, std::string("official essays, house sentences"));
  QVERIFY(essays->records[0].prompt.starts_with("Startups are hard. They are number 0.  They"));
  QVERIFY(essays->notes.at(0).find("repeats") != std::string::npos);
  QCOMPARE(clean_novel("\n------------\n  第一回 A(b) 甄\n   12，士-隐。\n"),
           std::string("第一回甄12，士隐。"));
  QVERIFY(
      write_file(folder.path() / "The_Story_of_the_Stone.txt", "第一回 甄士隐\n------------\n"));
  request.task = "zh_searching";
  const auto novel = made(request);
  QVERIFY2(novel, novel ? "" : describe(novel.error()).c_str());
  QCOMPARE(novel->data_label, std::string("official novel, house sentences"));
  QVERIFY(novel->records[0].prompt.starts_with("第一回甄士隐第一回"));
}

void CountingStarsTest::impossibleLengthsAreErrors() {
  for (const char* task : kTasks)
    QCOMPARE(testing::impossible_problem("counting_stars", fixture_, task, {256, 700}),
             std::string());
}

QTEST_APPLESS_MAIN(CountingStarsTest)
#include "counting_stars_test.moc"
