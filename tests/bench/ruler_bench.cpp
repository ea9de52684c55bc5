// How fast RULER's prompts are made: all tasks, lengths 4k to 64k, 500 samples each, with the
// default model's tokenizer. Prints seconds, peak memory and, as calibration, the tokeniser's rate.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/house_data.h"
#include "core/tokenizer/chat_template.h"
#include "tests/support/test_folders.h"

namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double tokenise_rate(const loom::Tokenizer& tokenizer) {
  const std::vector<std::string> sentences = *loom::house_sentences();
  std::string text;
  while (text.size() < 4'000'000)
    for (const std::string& sentence : sentences) text += sentence + " ";
  auto start = Clock::now();
  const size_t tokens = tokenizer.encode(text).size();
  return static_cast<double>(tokens) / since(start);
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

loom::TaskRequest make_request(const loom::Tokenizer& tokenizer, const loom::ModelChatFormat& chat,
                               size_t samples) {
  loom::TaskRequest request;
  request.samples = samples;
  request.tokenizer = &tokenizer;
  request.count_prompt = [&](const std::string& user, const std::string& prefix) {
    return tokenizer.encode(*loom::render_user_turn(chat, user) + prefix).size();
  };
  return request;
}

}  // namespace

int main(int argc, char** argv) {
  const auto model = loom::testing::default_model();
  if (!model) return std::puts("the default model is not here"), 0;
  const auto tokenizer = *loom::load_tokenizer(*model);
  const auto chat = **loom::load_chat_format(*model);
  const size_t samples = argc > 1 ? static_cast<size_t>(std::atoi(argv[1])) : 500;
  std::printf("calibration: %.2f million tokens/s in one thread\n",
              tokenise_rate(*tokenizer) / 1e6);
  auto ruler = *loom::make_benchmark("ruler");
  loom::TaskRequest request = make_request(*tokenizer, chat, samples);
  double total = 0;
  for (const char* task : {"niah_single_1", "niah_single_2", "niah_single_3", "niah_multikey_1",
                           "niah_multikey_2", "niah_multikey_3", "niah_multivalue",
                           "niah_multiquery", "vt", "cwe", "fwe", "qa_1", "qa_2"}) {
    const auto start = Clock::now();
    request.task = task;
    std::printf("%-16s", task);
    for (size_t length : {4096, 8192, 16384, 32768, 65536}) {
      const auto length_start = Clock::now();
      request.length_tokens = length;
      auto records = ruler->records(request, {});
      if (!records) return std::printf("%s\n", loom::describe(records.error()).c_str()), 1;
      const auto& first = records->records.front();
      std::printf(" %6zu:%5zu %5.2fs", length,
                  request.count_prompt(first.prompt, first.answer_prefix), since(length_start));
      std::fflush(stdout);
    }
    std::printf("  %.1f s\n", since(start));
    total += since(start);
  }
  std::printf("13 tasks x 5 lengths x %zu samples: %.1f s, peak %.0f MiB\n", samples, total,
              peak_mib());
  return 0;
}
