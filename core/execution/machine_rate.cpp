#include "core/execution/machine_rate.h"

#include <algorithm>
#include <cmath>

#include "core/base/file_paths.h"
#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/execution/rate_cache.h"
#include "core/servers/engine_client.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

std::string cpu_name() {
  auto info = read_file("/proc/cpuinfo", 1 << 24);
  if (!info) return "unknown";
  size_t at = info->find("model name");
  if (at == std::string::npos) return "unknown";
  return info->substr(at, info->find('\n', at) - at);
}

std::string state_of(const fs::path& file) {
  std::error_code absent;
  if (!fs::is_regular_file(file, absent)) return {};
  return '\n' + std::to_string(fs::file_size(file, absent)) + '\n' +
         std::to_string(fs::last_write_time(file, absent).time_since_epoch().count());
}

RateFields fields_of(MachineRate& rate) {
  return {{{"prefill_a", &rate.prefill_a},
           {"prefill_b", &rate.prefill_b},
           {"step_s", &rate.step_s},
           {"answer_s", &rate.answer_s},
           {"depth_s", &rate.depth_s},
           {"load_s", &rate.load_s},
           {"resident_bytes", &rate.resident_bytes},
           {"resident_per_token", &rate.resident_per_token},
           {"state_bytes", &rate.state_bytes}},
          {{"weights_hash", &rate.weights_hash}, {"kernel_version", &rate.kernel_version}}};
}

std::optional<MachineRate> cached_rate(const fs::path& file) {
  MachineRate rate;
  if (!read_rate(file, fields_of(rate))) return std::nullopt;
  rate.measured = rate.prefill_a > 0 && rate.prefill_b >= 0 && rate.step_s + rate.answer_s > 0 &&
                  rate.depth_s >= 0 && rate.load_s >= 0;
  return rate.measured ? std::optional(rate) : std::nullopt;
}

struct Line {
  double start = 0, slope = 0;
};

// Least squares of y = start + slope·x, with no negative slope.
Line fit_line(const std::vector<std::pair<double, double>>& points) {
  double count = 0, sum_x = 0, sum_xx = 0, sum_y = 0, sum_xy = 0;
  for (auto [x, y] : points) count += 1, sum_x += x, sum_xx += x * x, sum_y += y, sum_xy += x * y;
  if (count == 0) return {};
  const double determinant = count * sum_xx - sum_x * sum_x;
  Line line{sum_y / count, 0};
  if (determinant <= 0) return line;
  const double slope = (count * sum_xy - sum_x * sum_y) / determinant;
  if (slope > 0) line = {(sum_y - slope * sum_x) / count, slope};
  return line.start > 0 ? line : Line{sum_y / count, 0};
}

// Tokens [from, to) take a·(to - from) + b·(to² - from²): per token a + b·(from + to).
void fit_prefill(const MeasuredRates& rates, MachineRate& rate) {
  std::vector<std::pair<double, double>> seconds, bytes;
  for (const PrefillStep& step : rates.prefill) {
    if (step.tokens == 0 || !(step.seconds > 0)) continue;
    const auto from = static_cast<double>(step.depth), tokens = static_cast<double>(step.tokens);
    seconds.emplace_back(2 * from + tokens, step.seconds / tokens);
    bytes.emplace_back(from + tokens, static_cast<double>(step.resident_bytes));
  }
  const Line time = fit_line(seconds), memory = fit_line(bytes);
  rate.prefill_a = time.start, rate.prefill_b = time.slope;
  rate.resident_bytes = memory.start, rate.resident_per_token = memory.slope;
}

// One answer at two depths tells what depth costs; several together what each of them costs.
void fit_decode(const MeasuredRates& rates, MachineRate& rate) {
  const DecodeStep *near = nullptr, *far = nullptr, *many = nullptr;
  for (const DecodeStep& step : rates.decode) {
    if (!(step.seconds > 0)) continue;
    if (step.answers > 1) {
      many = &step;
    } else {
      if (!near || step.depth < near->depth) near = &step;
      if (!far || step.depth > far->depth) far = &step;
    }
  }
  if (!near) return;
  auto depth = [](const DecodeStep* step) { return static_cast<double>(step->depth); };
  if (far->depth > near->depth)
    rate.depth_s = std::max(0.0, (far->seconds - near->seconds) / (depth(far) - depth(near)));
  const double alone = std::max(0.0, near->seconds - rate.depth_s * depth(near));
  rate.answer_s = alone;
  if (many) {
    const double together = std::max(0.0, many->seconds - rate.depth_s * depth(many));
    rate.answer_s =
        std::clamp((together - alone) / static_cast<double>(many->answers - 1), 0.0, alone);
  }
  rate.step_s = alone - rate.answer_s;
}

}  // namespace

MachineRate fit_rate(const MeasuredRates& rates) {
  MachineRate rate;
  fit_prefill(rates, rate);
  fit_decode(rates, rate);
  rate.state_bytes = static_cast<double>(rates.state_bytes);
  rate.measured = rate.prefill_a > 0 && rate.step_s + rate.answer_s > 0;
  return rate;
}

double prefill_seconds(const MachineRate& rate, size_t from, size_t to) {
  double a = static_cast<double>(from), b = static_cast<double>(to);
  return rate.prefill_a * (b - a) + rate.prefill_b * (b * b - a * a);
}

double step_seconds(const MachineRate& rate, double answers, double depth) {
  return rate.step_s + rate.answer_s * answers + rate.depth_s * depth;
}

fs::path rate_file(const std::string& model_path, const std::string& device) {
  const std::string key = model_path + '\n' + device + '\n' + cpu_name() + state_of(model_path) +
                          state_of(default_engine_path());
  return paths::cache() / "rates" / (sha256(key).substr(0, 32) + ".json");
}

Result<MachineRate> machine_rate(const std::string& model_path, const std::string& device,
                                 bool measure_if_missing, std::stop_token stop) {
  const fs::path file = rate_file(model_path, device);
  if (auto rate = cached_rate(file)) return *rate;
  if (!measure_if_missing) return MachineRate{};
  EngineClient engine(default_engine_path(), device);
  LOOM_TRY(LoadedModel loaded, engine.load({model_path, device, 0}, stop));
  LOOM_TRY(MeasuredRates rates, engine.measure(stop));
  MachineRate rate = fit_rate(rates);
  if (!rate.measured)
    return Error{ErrorKind::server, "the engine returned no usable rate", model_path, ""};
  rate.load_s = loaded.load_s;
  rate.weights_hash = loaded.weights_hash;
  rate.kernel_version = loaded.kernel_version;
  LOOM_CHECK(write_rate(file, fields_of(rate)));
  return rate;
}

}  // namespace loom
