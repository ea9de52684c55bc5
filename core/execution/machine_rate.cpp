#include "core/execution/machine_rate.h"

#include <algorithm>
#include <cmath>

#include "core/base/file_paths.h"
#include "core/base/hash.h"
#include "core/base/text_file.h"

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

// The same file on the same processor: a rate of another machine or of replaced weights is not
// used.
std::string rate_key(const std::string& model_path, const std::string& device) {
  std::error_code ignored;
  std::string key = model_path + '\n' + device + '\n' + cpu_name();
  if (fs::is_regular_file(model_path, ignored))
    key += '\n' + std::to_string(fs::file_size(model_path, ignored)) + '\n' +
           std::to_string(fs::last_write_time(model_path, ignored).time_since_epoch().count());
  return sha256(key).substr(0, 32);
}

std::optional<MachineRate> cached_rate(const fs::path& file) {
  auto json = read_json(file);
  if (!json || !json->is_object()) return std::nullopt;
  MachineRate rate{json->value("prefill_a", 0.0), json->value("prefill_b", 0.0),
                   json->value("decode_s_per_token", 0.0), true};
  bool usable = rate.prefill_a > 0 && rate.prefill_b >= 0 && rate.decode_s_per_token > 0;
  return usable ? std::optional(rate) : std::nullopt;
}

}  // namespace

MachineRate fit_rate(const EngineClient::Rates& rates) {
  // Normal equations of t/n = a + b·n, so that every length counts alike.
  double count = 0, sum_n = 0, sum_nn = 0, sum_y = 0, sum_ny = 0;
  for (auto [length, tokens_per_second] : rates.prefill) {
    if (length == 0 || !(tokens_per_second > 0)) continue;
    double n = static_cast<double>(length), y = 1.0 / tokens_per_second;
    count += 1, sum_n += n, sum_nn += n * n, sum_y += y, sum_ny += n * y;
  }
  MachineRate rate;
  if (count == 0 || !(rates.decode > 0)) return rate;
  double determinant = count * sum_nn - sum_n * sum_n;
  if (determinant > 0) {
    rate.prefill_b = std::max(0.0, (count * sum_ny - sum_n * sum_y) / determinant);
    rate.prefill_a = (sum_y - rate.prefill_b * sum_n) / count;
  }
  if (determinant <= 0 || rate.prefill_a <= 0) rate = {sum_y / count, 0, 0, false};
  rate.decode_s_per_token = 1.0 / rates.decode;
  rate.measured = true;
  return rate;
}

double prefill_seconds(const MachineRate& rate, size_t from, size_t to) {
  double a = static_cast<double>(from), b = static_cast<double>(to);
  return rate.prefill_a * (b - a) + rate.prefill_b * (b * b - a * a);
}

Result<MachineRate> machine_rate(const std::string& model_path, const std::string& device,
                                 bool measure_if_missing, std::stop_token stop) {
  fs::path file = paths::cache() / "rates" / (rate_key(model_path, device) + ".json");
  if (auto rate = cached_rate(file)) return *rate;
  if (!measure_if_missing) return MachineRate{};
  EngineClient engine(default_engine_path(), device);
  LOOM_TRY(LoadedModel loaded, engine.load({model_path, device, 0}, stop));
  LOOM_TRY(EngineClient::Rates rates, engine.measure(stop));
  MachineRate rate = fit_rate(rates);
  if (!rate.measured)
    return Error{ErrorKind::server, "the engine returned no usable rate", model_path, ""};
  nlohmann::json json = {{"prefill_a", rate.prefill_a},
                         {"prefill_b", rate.prefill_b},
                         {"decode_s_per_token", rate.decode_s_per_token},
                         {"model", model_path},
                         {"kernel_version", loaded.kernel_version}};
  LOOM_CHECK(write_file(file, json.dump(1)));
  return rate;
}

}  // namespace loom
