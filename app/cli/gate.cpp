#include "app/cli/gate.h"

#include <cstdio>
#include <iostream>

namespace loom::cli {

const Option& gate_option() {
  static const Option option{"min_score", "SCORE",
                             "exit with 100 where a model's mean, 0 to 100, is below"};
  return option;
}

Status check_gate(const Invocation& invocation) {
  LOOM_TRY(const auto least, invocation.number("min_score"));
  if (!least || (*least >= 0 && *least <= 100)) return {};
  return Error{ErrorKind::invalid_input, "must lie between 0 and 100", "--min_score",
               "Scores are 0 to 100, for example --min_score 60"};
}

Result<int> gated(int code, const Invocation& invocation, const nlohmann::json& results,
                  const std::string& rule) {
  LOOM_CHECK(check_gate(invocation));
  LOOM_TRY(const auto least, invocation.number("min_score"));
  if (!least) return code;
  for (const nlohmann::json& column : results.at("columns")) {
    const nlohmann::json& mean = column.at("averages").at(rule);
    if (mean.is_number() && mean.get<double>() >= *least) continue;
    char score[32] = "none";
    if (mean.is_number()) std::snprintf(score, sizeof score, "%.2f", mean.get<double>());
    std::cerr << column.at("label").get<std::string>() << ": the mean of " << rule << " is "
              << score << ", wanted were " << *least << std::endl;
    code = kGateNotMet;
  }
  return code;
}

}  // namespace loom::cli
