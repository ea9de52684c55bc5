// This project's tokenizer for the comparison of rates: reads one case a line, answers with
// seconds.
//   tokenizer_worker MODEL
//   FILE THREADS     documents with a NUL after each; answers WALL_SECONDS CPU_SECONDS TOKENS
//   calibrate        answers GB/s of copying memory
// Each case runs in fresh threads, whose memory of pieces is empty.
#include <atomic>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <thread>

#include "core/tokenizer/tokenizer.h"
#include "tests/bench/calibration.h"

using namespace loom;

namespace {

std::vector<std::string> read_documents(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<std::string> documents;
  for (std::string document; std::getline(in, document, '\0');) documents.push_back(document);
  return documents;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void run_case(const Tokenizer& tokenizer, const std::vector<std::string>& documents,
              size_t threads) {
  std::atomic<size_t> next{0}, tokens{0};
  auto work = [&] {
    for (size_t i; (i = next++) < documents.size();)
      tokens += tokenizer.encode(documents[i]).size();
  };
  const double cpu = cpu_seconds();
  const auto start = bench::Clock::now();
  {
    std::vector<std::jthread> running;
    for (size_t i = 0; i < threads; ++i) running.emplace_back(work);
  }
  std::printf("%.9f %.9f %zu\n", bench::since(start), cpu_seconds() - cpu, tokens.load());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: tokenizer_worker MODEL\n", stderr), 2;
  auto tokenizer = load_tokenizer(argv[1]);
  if (!tokenizer) return std::fputs((describe(tokenizer.error()) + "\n").c_str(), stderr), 1;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string file;
    size_t threads = 1;
    words >> file >> threads;
    if (file == "calibrate") {
      std::printf("%.2f\n", bench::copy_gigabytes_per_second());
    } else {
      run_case(**tokenizer, read_documents(file), threads);
    }
    std::fflush(stdout);
  }
  return 0;
}
