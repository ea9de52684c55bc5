// A benchmark turns a task, a length and a seed into records: questions with their references.
// One file per benchmark, one line in all_benchmarks.cpp, one JSON in models-registry/benchmarks.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

struct ByteSpan {
  size_t begin = 0, end = 0;
};

// A second question that needs the first one's answer: "{answer}" in its texts stands for it. The
// sample's text is `joined`, in which "{second}" stands for the second answer.
struct FollowUp {
  std::string system, prompt, answer_prefix;
  size_t context_end = 0;  // as in Record
  int max_new_tokens = 0;
  std::string joined = "{second}";
};

// One question. `prompt` is the user's turn; its first context_end bytes are the shared document.
struct Record {
  std::string id;      // stable and unique within (benchmark, task, length)
  std::string system;  // the system turn; a model whose template has none gets it before the prompt
  std::string prompt;
  size_t context_end = 0;     // bytes of prompt
  std::string answer_prefix;  // begins the assistant's turn, after the chat wrapper
  std::vector<std::string> references;
  std::vector<ByteSpan> evidence;  // where in prompt the answer stands, for the reader
  // "depth" 0..100, "language", and what the scorer needs beside the references ("classes",
  // "options", …). Stored with the sample, so documents do not belong here.
  nlohmann::json metadata = nlohmann::json::object();
  std::optional<int> max_new_tokens;  // when it differs from the task's
  std::optional<FollowUp> follow_up;
};

// The words around a record's fields; "{context}" and the like stand for the fields. `label` says
// whose words they are ("house 1", "official dataset2prompt.json") and is stored with each result.
struct Wording {
  std::string system, prompt, answer_prefix;
  std::optional<int> max_new_tokens;
  std::string label;
};

// Everything a generator may depend on. token_overhead is what chat wrapper and answer prefix add
// beyond prompt tokens is measured through count_prompt, which renders the full wrapper.
struct TaskRequest {
  std::string task;
  size_t length_tokens = 0;     // 0: the task has no length of its own
  size_t samples = 0;           // at most; 0: all of a file, or a generator's own number
  size_t official_samples = 0;  // under the plan's rules; 0: not known
  uint64_t seed = 42;
  const Tokenizer* tokenizer = nullptr;
  // Tokens of the finished prompt (chat wrapper + user text + answer prefix) for this model.
  std::function<size_t(const std::string& user, const std::string& answer_prefix)> count_prompt;
  // Text that the chat wrapper puts before and after the user's turn ("" for raw prompts).
  std::string wrapper_head, wrapper_tail;
  bool skip_bad_records = false;  // records that cannot be read are counted; else one is an Error
  std::filesystem::path data_folder;  // the user's folder for official files; may not exist
  // Where one of the benchmark's files is: the user's folder, then the Hugging Face cache. Empty:
  // data_folder alone. The error says where it was looked for and how to get it.
  std::function<Result<std::filesystem::path>(const std::string& path)> find_file;
  // The file to read instead of all others, and whose it is; empty: as find_file finds them.
  std::filesystem::path data_file = {};
  std::string data_owner = {};
  std::optional<Wording> wording;  // of the plan's prompt pack; none: official file, then ours
  nlohmann::json parameters = nlohmann::json::object();  // as validated against the registry
};

// Where a task's data comes from and how its numbers are made; stored with each result.
struct TaskRecords {
  std::vector<Record> records;
  std::string data_label;     // "house essays", "official SQuAD"
  std::string data_hash;      // SHA-256 over the records
  std::string wording_label;  // of the Wording used; empty where a generator writes its own
  size_t bad_records = 0;     // left out because they could not be read; named in `notes`
  std::vector<std::string> notes;
};

class Benchmark {
 public:
  virtual ~Benchmark() = default;
  virtual std::string id() const = 0;
  virtual Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const = 0;
};

struct BenchmarkEntry {
  const char* id;
  std::unique_ptr<Benchmark> (*make)();
};
const std::vector<BenchmarkEntry>& all_benchmarks();
Result<std::unique_ptr<Benchmark>> make_benchmark(const std::string& id);

}  // namespace loom
