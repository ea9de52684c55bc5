// A score that a run has to reach, for scripts and pipelines.
#pragma once

#include "app/cli/command.h"

namespace loom::cli {

const Option& gate_option();
// Before any work: a condition that makes no sense is wrong usage.
Status check_gate(const Invocation& invocation);
// `code` where the run has no such condition or keeps it; else kGateNotMet, with the reason in
// words on standard error. Every model of the run has to keep it, by its mean under `rule`.
Result<int> gated(int code, const Invocation& invocation, const nlohmann::json& results,
                  const std::string& rule = "benchmarks");

}  // namespace loom::cli
