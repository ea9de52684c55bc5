// Logits at all positions beside the CPU's, which are checked against the reference elsewhere.
// Largest difference as a share of the logits' range. fp32 differs by the order of sums only; fp16
// keeps 11 bits and bf16 8 of every stored number, and a tiny model's few layers let single
// roundings through. Where experts are chosen, a rounding can choose another one: bf16 is then
// bounded by the share of equal top tokens, and loosely by the difference.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tests/gpu/check.h"

namespace loom::gpu {
namespace {

struct Tolerance {
  const char* type;
  double difference, same_top;
};
constexpr Tolerance kTolerances[] = {{"fp32", 1e-3, 0.999}, {"fp16", 2e-2, 0.97}, {"bf16", 1e-1, 0.85}};

struct Agreement {
  double worst = 0, same_top = 0;
};

Agreement compare(const std::vector<float>& want, const std::vector<float>& got, size_t width) {
  Agreement found;
  size_t rows = want.size() / width, same = 0;
  for (size_t r = 0; r < rows; ++r) {
    const float *a = want.data() + r * width, *b = got.data() + r * width;
    auto [low, high] = std::minmax_element(a, a + width);
    for (size_t i = 0; i < width; ++i)
      found.worst = std::max(found.worst, static_cast<double>(std::abs(a[i] - b[i])) / static_cast<double>(*high - *low));
    same += std::max_element(a, a + width) - a == std::max_element(b, b + width) - b;
  }
  found.same_top = static_cast<double>(same) / static_cast<double>(rows);
  return found;
}

}  // namespace

void check_parity(Report& report, const Settings& settings) {
  std::vector<std::filesystem::path> models = golden_folders(settings);
  models.insert(models.end(), settings.models.begin(), settings.models.end());
  for (const auto& model : models) {
    auto cpu = open_server(model, "cpu");
    if (!cpu) {
      report.row("parity", model.filename(), false, "does not load on the CPU");
      continue;
    }
    auto vocabulary = static_cast<size_t>(cpu->model()->shape().vocabulary);
    auto ids = random_ids(600, vocabulary, 3);
    auto want = cpu->logits(ids, true, {});
    for (const Tolerance& tolerance : kTolerances) {
      std::string device = settings.device == "cpu" ? "cpu" : settings.device + "/" + tolerance.type;
      auto server = open_server(model, device);
      auto got = server ? server->logits(ids, true, {}) : Result<std::vector<float>>(Error{ErrorKind::internal, "not loaded", "", ""});
      if (!want || !got) {
        report.row("parity", model.filename().string() + " " + tolerance.type, false, describe(want ? got.error() : want.error()));
        continue;
      }
      const std::string name = model.filename().string();
      const bool chooses = name.find("moe") != std::string::npos || name.starts_with("deepseek");
      const double allowed = tolerance.difference * (chooses && tolerance.type == std::string("bf16") ? 4 : 1);
      Agreement found = compare(*want, *got, vocabulary);
      char figures[96];
      std::snprintf(figures, sizeof figures, "max difference %.2e of the range, top token equal on %.2f %%", found.worst,
                    100 * found.same_top);
      report.row("parity", model.filename().string() + " " + tolerance.type,
                 found.worst <= allowed && found.same_top >= tolerance.same_top, figures);
    }
  }
}

}  // namespace loom::gpu
