#include <algorithm>
#include <functional>
#include <map>

#include "core/benchmarks/question_set.h"
#include "core/data_files/data_files.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

Error broken_file(const fs::path& file, const std::string& problem) {
  return {ErrorKind::corrupt, problem, file.string(),
          "Fetch the file again, or take it out of the folder"};
}

// Paragraphs by their text, each once.
class Paragraphs {
 public:
  uint32_t number(const std::string& text) {
    auto [found, is_new] = numbers_.emplace(text, static_cast<uint32_t>(texts.size()));
    if (is_new) texts.push_back(text);
    return found->second;
  }
  std::vector<std::string> texts;

 private:
  std::map<std::string, uint32_t> numbers_;
};

void read_article(const json& article, Paragraphs& paragraphs,
                  std::vector<ParagraphQuestion>& questions) {
  std::vector<uint32_t> same_article;
  for (const auto& paragraph : article.at("paragraphs"))
    same_article.push_back(paragraphs.number(paragraph.at("context").get<std::string>()));
  for (size_t i = 0; i < same_article.size(); ++i)
    for (const auto& qa : article.at("paragraphs")[i].at("qas")) {
      if (qa.value("is_impossible", false)) continue;
      ParagraphQuestion question{qa.at("question").get<std::string>(), {}, {same_article[i]}, {}};
      for (const auto& answer : qa.at("answers"))
        question.answers.push_back(answer.at("text").get<std::string>());
      for (uint32_t other : same_article)
        if (other != same_article[i]) question.related.push_back(other);
      if (!question.answers.empty()) questions.push_back(std::move(question));
    }
}

ParagraphQuestion read_hotpot(const json& entry, Paragraphs& paragraphs) {
  ParagraphQuestion question{
      entry.at("question").get<std::string>(), {entry.at("answer").get<std::string>()}, {}, {}};
  std::vector<std::string> supporting;
  for (const auto& fact : entry.at("supporting_facts"))
    supporting.push_back(fact.at(0).get<std::string>());
  for (const auto& given : entry.at("context")) {
    const std::string title = given.at(0).get<std::string>();
    std::string text = title + "\n";
    for (const auto& sentence : given.at(1)) text += sentence.get<std::string>();
    const bool gold = std::find(supporting.begin(), supporting.end(), title) != supporting.end();
    (gold ? question.gold : question.related).push_back(paragraphs.number(text));
  }
  return question;
}

// The file's one object, or each of its list's.
Status each_record(const fs::path& file, const std::string& what,
                   const std::function<void(const json&)>& read) {
  auto receive = [&](json& record, const RecordPlace&) -> Result<Reading> {
    try {
      read(record);
    } catch (const json::exception& problem) {
      return broken_file(file, "is not " + what + ": " + problem.what());
    }
    return Reading::go_on;
  };
  const DataSource source{.file = file, .shards = true};
  LOOM_CHECK(for_each_record(source, receive));
  return {};
}

Result<QuestionSet> checked(QuestionSet set, const fs::path& file) {
  if (set.questions.empty()) return broken_file(file, "holds no questions with answers");
  for (const ParagraphQuestion& question : set.questions)
    if (question.gold.empty())
      return broken_file(file, "has no paragraph for the question \"" + question.question + "\"");
  return set;
}

}  // namespace

Result<QuestionSet> squad_questions(const fs::path& file) {
  QuestionSet set;
  set.data_label = "official SQuAD";
  Paragraphs paragraphs;
  LOOM_CHECK(each_record(file, "SQuAD 2.0", [&](const json& root) {
    for (const auto& article : root.at("data")) read_article(article, paragraphs, set.questions);
  }));
  set.paragraphs = std::move(paragraphs.texts);
  return checked(std::move(set), file);
}

Result<QuestionSet> hotpot_questions(const fs::path& file) {
  QuestionSet set;
  set.data_label = "official HotpotQA";
  Paragraphs paragraphs;
  LOOM_CHECK(each_record(file, "HotpotQA", [&](const json& entry) {
    set.questions.push_back(read_hotpot(entry, paragraphs));
  }));
  set.paragraphs = std::move(paragraphs.texts);
  return checked(std::move(set), file);
}

}  // namespace loom
