// Counting-Stars (Song et al. 2024, arXiv 2403.11802): collect the counts scattered over a text.
#include "core/benchmarks/counting_stars.h"

#include <cstdlib>

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/star_records.h"

namespace loom {
namespace {

using nlohmann::json;

// The official files hold one record of each nominal length 4000, 8000 … 128000, whose texts have
// that many words or characters times a factor. A length of ours stands for 1000 of theirs a 1024.
constexpr size_t kStep = 4096, kLongest = 131072;

std::optional<int64_t> official_size(const TaskRequest& request) {
  if (request.length_tokens % kStep != 0 || request.length_tokens > kLongest) return std::nullopt;
  const double scale = request.task.starts_with("en") ? 0.8 : 0.7;
  return static_cast<int64_t>(static_cast<double>(request.length_tokens / kStep * 4000) * scale +
                              1e-6);
}

class CountingStars : public FileBenchmark {
 public:
  std::string id() const override { return "counting_stars"; }

  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    const bool anew = request.length_tokens > 0 &&
                      (request.parameters.value("generate", false) || !official_size(request));
    const auto file = data_file(request);
    if (!anew && file) return FileBenchmark::records(request, stop);
    if (request.length_tokens == 0) return file.error();
    LOOM_TRY(const Wording words, wording(request));
    return star_records(request, words, stop);
  }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string language = request.task.substr(0, 2), kind = request.task.substr(3);
    const std::string capital = language == "en" ? "EN" : "ZH";
    std::vector<std::string> names = {"counting_stars_" + request.task + ".jsonl"};
    // The authors have two names for the first kind.
    std::vector<std::string> kinds = {kind};
    if (kind == "searching") kinds.emplace_back("acquisition");
    for (const char* folder : {"test_data/", ""})
      for (const std::string& one : kinds)
        names.push_back(std::string(folder) + "Counting_Stars_" + capital +
                        "_multi-evidence-retrieval-" + one + "_128000_32_32.jsonl");
    return names;
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    // The official size is cut, not rounded, and a factor like 0.7 is none in binary digits: 44000
    // times it is 30799.
    if (request.length_tokens > 0 &&
        std::abs(raw.at("context_size").get<int64_t>() - official_size(request).value_or(0)) > 1)
      return {};
    Record record;
    record.id = record_id(request.task, number);
    // The file's question is the whole prompt; the text ends at the last blank lines.
    const std::string prompt = raw.at("question").get<std::string>();
    const size_t cut = prompt.rfind("\n\n\n\n");
    write_prompt(record, wording,
                 {{"context", prompt.substr(0, cut)},
                  {"question", cut == std::string::npos ? "" : prompt.substr(cut)}});
    for (const json& count : raw.at("reference_counting_results"))
      record.references.push_back(std::to_string(count.get<int64_t>()));
    record.metadata = {{"context_size", raw.value("context_size", json())}};
    if (request.task.ends_with("reasoning")) record.metadata["wrong_counts"] = wrong_star_counts();
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

const std::vector<int64_t>& wrong_star_counts() {
  static const std::vector<int64_t> counts = {16,  116, 43,  70, 59, 106, 8,  48,  112, 67, 25,
                                              101, 82,  93,  76, 62, 6,   18, 108, 4,   34, 53,
                                              85,  90,  126, 22, 45, 121, 39, 96,  75,  30};
  return counts;
}

std::unique_ptr<Benchmark> make_counting_stars() {
  return std::make_unique<CountingStars>();
}

}  // namespace loom
