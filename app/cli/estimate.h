// What a plan will cost, printed.
#pragma once

#include "app/cli/session.h"

namespace loom::cli {

Result<int> print_estimate(const EvaluationPlan& plan, const Session& session,
                           const Invocation& invocation);

}  // namespace loom::cli
