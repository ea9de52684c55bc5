// How fast the default model's tokenizer turns documents of 32 kB into ids and back.
#include <cstdio>

#include "core/benchmarks/house_data.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/bench/calibration.h"
#include "tests/support/test_folders.h"

using namespace loom;

int main() {
  const auto model = testing::default_model();
  if (!model) return std::puts("the default model is not here"), 0;
  const auto tokenizer = *load_tokenizer(*model);
  const std::vector<std::string> sentences = *house_sentences();
  std::vector<std::string> documents(64);
  size_t next = 0, bytes = 0;
  for (std::string& document : documents) {
    while (document.size() < 32'000) document += sentences[next++ % sentences.size()] + " ";
    bytes += document.size();
  }
  const double mebibytes = static_cast<double>(bytes) / (1 << 20);
  std::vector<std::vector<TokenId>> ids(documents.size());
  const double encode = bench::quickest(5, [&] {
    for (size_t i = 0; i < documents.size(); ++i) ids[i] = tokenizer->encode(documents[i]);
  });
  const double decode = bench::quickest(5, [&] {
    for (const auto& one : ids) (void)tokenizer->decode(one, false);
  });
  size_t tokens = 0;
  for (const auto& one : ids) tokens += one.size();
  std::printf("calibration: memcpy %.1f GB/s\n", bench::copy_gigabytes_per_second());
  std::printf("%-10s %10s %14s\n", "", "MiB/s", "tokens/s");
  std::printf("%-10s %10.1f %14.0f\n", "encode", mebibytes / encode, static_cast<double>(tokens) / encode);
  std::printf("%-10s %10.1f %14.0f\n", "decode", mebibytes / decode, static_cast<double>(tokens) / decode);
  return 0;
}
