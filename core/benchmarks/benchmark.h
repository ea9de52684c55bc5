// A benchmark turns a task, a length and a seed into records: questions with their references.
// One file per benchmark, one line in all_benchmarks.cpp, one JSON in models-registry/benchmarks.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

struct ByteSpan {
  size_t begin = 0, end = 0;
};

// One question. `prompt` is the user's turn; its first context_end bytes are the shared document.
struct Record {
  std::string id;  // stable and unique within (benchmark, task, length)
  std::string prompt;
  size_t context_end = 0;     // bytes of prompt
  std::string answer_prefix;  // begins the assistant's turn, after the chat wrapper
  std::vector<std::string> references;
  std::vector<ByteSpan> evidence;  // where in prompt the answer stands, for the reader
  nlohmann::json metadata = nlohmann::json::object();  // "depth" 0..100, "language", …
};

// Everything a generator may depend on. token_overhead is what chat wrapper and answer prefix add
// beyond prompt tokens is measured through count_prompt, which renders the full wrapper.
struct TaskRequest {
  std::string task;
  size_t length_tokens = 0;  // 0: the task has no length of its own
  size_t samples = 0;        // 0: the task's official number
  uint64_t seed = 42;
  const Tokenizer* tokenizer = nullptr;
  // Tokens of the finished prompt (chat wrapper + user text + answer prefix) for this model.
  std::function<size_t(const std::string& user, const std::string& answer_prefix)> count_prompt;
  // Text that the chat wrapper puts before and after the user's turn ("" for raw prompts).
  std::string wrapper_head, wrapper_tail;
  std::filesystem::path data_folder;  // the user's folder for official files; may not exist
  nlohmann::json parameters = nlohmann::json::object();  // as validated against the registry
};

// Where a task's data comes from and how its numbers are made; stored with each result.
struct TaskRecords {
  std::vector<Record> records;
  std::string data_label;  // "house essays", "official SQuAD"
  std::string data_hash;   // SHA-256 over the records
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
