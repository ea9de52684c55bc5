#include "core/benchmarks/answer_pool.h"

#include <unordered_map>

#include "core/benchmarks/file_benchmark.h"
#include "core/data_files/data_files.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kKilo = 1024, kBytesPerToken = 16;
constexpr size_t kLengths[] = {1, 2, 4, 6, 8, 12, 16, 32, 64, 128};

class Reader {
 public:
  Reader(size_t questions, size_t bytes) : questions_(questions), bytes_(bytes) {}

  Status read(const fs::path& file, std::stop_token stop) {
    auto receive = [&](json& raw, const RecordPlace& place) -> Result<Reading> {
      try {
        if (!add(raw))
          return Error{ErrorKind::corrupt, "names no answer of its own as the right one",
                       to_string(place), "Fetch the file again, or take it out of the folder"};
      } catch (const json::exception& problem) {
        return Error{ErrorKind::corrupt, problem.what(), to_string(place),
                     "Fetch the file again, or take it out of the folder"};
      }
      return enough() ? Reading::enough : Reading::go_on;
    };
    const DataSource source{.file = file, .shards = true};
    LOOM_CHECK(for_each_record(source, receive, {}, stop));
    return {};
  }
  bool enough() const { return pool_.questions.size() >= questions_ && held_ >= bytes_; }
  AnswerPool take() { return std::move(pool_); }

 private:
  bool add(const json& raw) {
    PooledQuestion question;
    question.text = raw.at("question").get<std::string>();
    const std::vector<std::string> answers = field_texts(raw, "all_answers");
    const std::string name = raw.at("answer").get<std::string>();
    size_t right = 0;
    while (right < answers.size() && name != "A" + std::to_string(right + 1)) ++right;
    if (right == answers.size()) return false;
    for (const std::string& answer : answers) question.answers.push_back(number_of(answer));
    question.right = question.answers[right];
    pool_.questions.push_back(std::move(question));
    return true;
  }
  size_t number_of(const std::string& answer) {
    const auto [place, fresh] = numbers_.emplace(answer, pool_.answers.size());
    if (fresh) {
      pool_.answers.push_back(answer);
      held_ += answer.size();
    }
    return place->second;
  }

  const size_t questions_, bytes_;
  size_t held_ = 0;
  AnswerPool pool_;
  std::unordered_map<std::string, size_t> numbers_;
};

}  // namespace

Result<std::optional<AnswerPool>> published_answers(const TaskRequest& request, size_t questions,
                                                    std::stop_token stop) {
  Reader reader(questions, request.length_tokens * kBytesPerToken);
  std::string label;
  for (size_t length : kLengths) {
    const std::string name = "stackselect_" + length_name(length * kKilo);
    const auto file = find_benchmark_file(request, "ada_leval", {name + ".json", name + ".jsonl"});
    if (!file) continue;
    LOOM_CHECK(reader.read(*file, stop));
    label += (label.empty() ? "lists made here from " : ", ") + file->filename().string();
    if (reader.enough()) break;
  }
  if (label.empty()) return std::optional<AnswerPool>();
  AnswerPool pool = reader.take();
  if (pool.questions.empty())
    return Error{ErrorKind::corrupt, "holds no question", label, "Fetch the file again"};
  pool.label = label;
  return std::optional(std::move(pool));
}

}  // namespace loom
