#include "core/base/device_name.h"

#include <algorithm>
#include <charconv>

namespace loom {
namespace {

constexpr std::string_view kGpu = "cuda:";
constexpr size_t kMostDigits = 3;

bool parse_device(std::string_view text, DeviceName& device) {
  if (text == "cpu") return true;
  if (!text.starts_with(kGpu)) return false;
  text.remove_prefix(kGpu.size());
  if (const size_t slash = text.find('/'); slash != std::string_view::npos) {
    device.number_type = text.substr(slash + 1);
    if (device.number_type.empty()) return false;
    text = text.substr(0, slash);
  }
  // No sign and no blank: std::from_chars would take "-1".
  if (text.empty() || text.size() > kMostDigits ||
      text.find_first_not_of("0123456789") != std::string_view::npos)
    return false;
  std::from_chars(text.data(), text.data() + text.size(), device.gpu);
  return true;
}

}  // namespace

std::string device_text(const DeviceName& device) {
  if (device.is_cpu()) return "cpu";
  return std::string(kGpu) + std::to_string(device.gpu) +
         (device.number_type.empty() ? "" : "/" + device.number_type);
}

Result<std::vector<DeviceName>> parse_devices(const std::string& text) {
  std::vector<DeviceName> devices;
  for (size_t from = 0; from <= text.size();) {
    const size_t to = std::min(text.find('+', from), text.size());
    if (!parse_device(std::string_view(text).substr(from, to - from), devices.emplace_back()))
      return Error{ErrorKind::invalid_input, "there is no device \"" + text + "\"", "device",
                   "cpu, or cuda:0 and so on; cuda:0+cuda:1 for a model on both"};
    from = to + 1;
  }
  return devices;
}

}  // namespace loom
