// The judge that the flags name, its verdict cache, and what it may cost.
#pragma once

#include <memory>

#include "app/cli/session.h"
#include "core/judge/judge_report.h"

namespace loom::cli {

struct JudgeSetup {
  std::unique_ptr<JudgeModel> model;
  std::unique_ptr<VerdictCache> cache;
  std::optional<TokenPrices> prices;
  size_t limit = 0;
};
Result<JudgeSetup> judge_setup(const Invocation& invocation, const Session& session);

}  // namespace loom::cli
