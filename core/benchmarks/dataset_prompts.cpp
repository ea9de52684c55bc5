#include "core/benchmarks/dataset_prompts.h"

#include "core/base/text_file.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/text/python_text.h"
#include "core/text/token_limit.h"

namespace loom {

using nlohmann::json;

Result<Wording> dataset_wording(const TaskRequest& request, const std::string& benchmark,
                                const std::string& entry) {
  constexpr const char* kPrompts = "dataset2prompt.json";
  constexpr const char* kLengths = "dataset2maxlen.json";
  if (request.wording) return *request.wording;
  auto file =
      find_benchmark_file(request, benchmark, {kPrompts, std::string("config/") + kPrompts});
  if (!file) return task_wording(request, benchmark);
  LOOM_TRY(const json prompts, read_json(*file));
  try {
    Wording wording;
    wording.prompt = single_braces(prompts.at(entry).get<std::string>());
    wording.label = std::string("official ") + kPrompts;
    std::error_code absent;
    const auto beside = file->parent_path() / kLengths;
    if (std::filesystem::exists(beside, absent)) {
      LOOM_TRY(const json lengths, read_json(beside));
      if (lengths.contains(entry)) {
        wording.max_new_tokens = token_limit(lengths.at(entry));
        if (!wording.max_new_tokens)
          return Error{ErrorKind::corrupt, entry + " is no number of tokens", beside.string(),
                       "Fetch the file again"};
      }
    }
    return wording;
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), file->string(), "Fetch the file again"};
  }
}

}  // namespace loom
