// How fast and with how much memory this machine runs a model: measured once per model, device and
// kernel version, kept in the cache folder.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/servers/measured_rates.h"

namespace loom {

// Seconds. Prefill of n tokens takes a·n + b·n². A decoding step takes a part for reading the
// weights, one for each answer, and one for each token behind the answers.
struct MachineRate {
  double prefill_a = 0, prefill_b = 0;
  double step_s = 0, answer_s = 0, depth_s = 0;
  double load_s = 0;
  double resident_bytes = 0,
         resident_per_token = 0;  // of the engine at work, without keys and values
  double state_bytes = 0;         // of recurrent layers, at every cut of a prompt
  std::string weights_hash, kernel_version;
  bool measured = false;
};

// Least squares; nothing negative. Not `measured` where the rates do not suffice.
MachineRate fit_rate(const MeasuredRates& rates);

// To prefill tokens [from, to) of one prompt.
double prefill_seconds(const MachineRate& rate, size_t from, size_t to);
// One step of answers decoded together; `depth`: tokens behind all of them, shared ones once.
double step_seconds(const MachineRate& rate, double answers, double depth);

// Where a rate is kept: of these weights, this engine and this processor. A rate of another
// machine, of replaced weights or of another version of the program is not used.
std::filesystem::path rate_file(const std::string& model_path, const std::string& device);

Result<MachineRate> machine_rate(const std::string& model_path, const std::string& device,
                                 bool measure_if_missing, std::stop_token stop);

}  // namespace loom
