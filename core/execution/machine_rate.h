// How fast this machine runs a model: measured once per model, device and kernel version, kept in
// the cache folder.
#pragma once

#include "core/execution/run_estimate.h"
#include "core/servers/engine_client.h"

namespace loom {

// Least squares of seconds = a·n + b·n² over (n, seconds), neither negative.
MachineRate fit_rate(const EngineClient::Rates& rates);

// Seconds to prefill tokens [from, to) of one prompt.
double prefill_seconds(const MachineRate& rate, size_t from, size_t to);

}  // namespace loom
