// This engine for the side-by-side comparison: reads one case a line, answers with seconds.
//   peer_worker MODEL
//   prefill TOKENS | decode DEPTH TOKENS | shared DEPTH ROWS TOKENS | questions DEPTH COUNT TOKENS
// Ids are those of compare.py. Answers: SECONDS PEAK_BYTES; the first line is LOAD_SECONDS.
#include <cstdio>
#include <iostream>
#include <sstream>

#include "core/engine/memory.h"
#include "core/models/in_process_server.h"
#include "tests/bench/calibration.h"

using namespace loom;

namespace {

GenerationRequest request(uint64_t id, size_t depth, size_t own, int new_tokens) {
  GenerationRequest one;
  one.id = id;
  for (uint64_t i = 0; i < depth; ++i)
    one.ids.push_back(static_cast<TokenId>(100 + i * 7919 % 40000));
  for (uint64_t i = 0; i < own; ++i)
    one.ids.push_back(static_cast<TokenId>(100 + (i * 7919 + (id + 1) * 104729) % 40000));
  one.context_end = own > 0 ? depth : 0;
  one.max_new_tokens = new_tokens;
  one.ignore_eos = true;
  return one;
}

struct Measured {
  double wall = 0, prefill = 0, decode = 0;
};

Measured measure(InProcessServer& server, const std::vector<GenerationRequest>& requests) {
  server.generator()->prefixes().clear();
  Measured measured;
  GenerationObserver observer;
  observer.finished = [&](uint64_t, Result<GenerationResult> result) {
    if (!result) std::exit(1);
    measured.prefill += result->timings.prefill_new_s;
    measured.decode += result->timings.decode_s;
  };
  const auto start = bench::Clock::now();
  if (!server.generate(requests, observer, {})) std::exit(1);
  measured.wall = bench::since(start);
  return measured;
}

double run_case(InProcessServer& server, const std::string& line) {
  std::istringstream words(line);
  std::string kind;
  size_t depth = 0, second = 0;
  int tokens = 0;
  words >> kind >> depth >> second >> tokens;
  if (kind == "prefill") return measure(server, {request(0, depth, 0, 1)}).prefill;
  // The first of the tokens comes with the prompt.
  if (kind == "decode")
    return measure(server, {request(0, depth, 0, static_cast<int>(second) + 1)}).decode;
  std::vector<GenerationRequest> all;
  const bool shared = kind == "shared";
  for (size_t i = 0; i < second; ++i)
    all.push_back(request(i, depth, shared ? 4 : 60, shared ? tokens + 1 : tokens));
  const Measured measured = measure(server, all);
  return shared ? measured.decode : measured.wall;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: peer_worker MODEL\n", stderr), 2;
  const auto start = bench::Clock::now();
  InProcessServer server;
  if (auto loaded = server.load({argv[1], "cpu", 0}, {}); !loaded)
    return std::fputs((describe(loaded.error()) + "\n").c_str(), stderr), 1;
  (void)run_case(server, "prefill 16");
  std::printf("%.6f\n", bench::since(start));
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    reset_peak_resident();
    const double seconds = run_case(server, line);
    std::printf("%.6f %zu\n", seconds, peak_resident_bytes());
    std::fflush(stdout);
  }
  return 0;
}
