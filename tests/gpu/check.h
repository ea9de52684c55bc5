// Checks that need a device: plain programs that print a row per check, without Qt.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/models/in_process_server.h"

namespace loom::gpu {

constexpr int kSkipped = 77;  // exit code: nothing here to check on

struct Report {
  int failed = 0;
  void row(const std::string& check, const std::string& what, bool fine,
           const std::string& figures);
};

struct Settings {
  std::string device = "cuda:0";
  std::filesystem::path goldens;              // tests/golden/architectures
  std::vector<std::filesystem::path> models;  // more models, of real sizes
};

void check_parity(Report& report, const Settings& settings);     // logits beside the CPU's in fp32
void check_same_bits(Report& report, const Settings& settings);  // batch, cache, order
void check_memory(Report& report, const Settings& settings);     // under a limit of the allocator
void check_killed_engine(Report& report, const Settings& settings);

// Logits behind forced tokens, sampled and greedy answers: each question alone on a cold cache,
// then all together behind shared documents, three at a time, and backwards. Questions of every
// `own` number of tokens behind documents of every `document` number.
struct BitsFound {
  size_t sequences = 0, differing = 0;
  bool answers_equal = false;
  bool same() const { return sequences > 0 && differing == 0 && answers_equal; }
};
BitsFound compare_bits(InProcessServer& server, const std::vector<size_t>& documents,
                       const std::vector<size_t>& own);

std::unique_ptr<InProcessServer> open_server(const std::filesystem::path& model,
                                             const std::string& device);
std::vector<std::filesystem::path> golden_folders(const Settings& settings);
std::vector<TokenId> random_ids(size_t count, size_t vocabulary, uint64_t seed);
// Greedy answers that ignore the end token, in the requests' order; empty where one failed.
std::vector<Result<GenerationResult>> answers(ModelServer& server,
                                              std::vector<GenerationRequest> requests,
                                              std::vector<std::string>* notices = nullptr);

}  // namespace loom::gpu
