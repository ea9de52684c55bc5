// benchmarks add, remove and metrics: the user's own benchmarks.
#pragma once

#include "app/cli/command.h"
#include "core/catalog/catalog.h"

namespace loom::cli {

// Options of `benchmarks add`, for the list of commands.
std::vector<Option> custom_options();

Result<int> add_benchmark(const Invocation& invocation, const Catalog& catalog);
Result<int> remove_benchmark(const Invocation& invocation, const Catalog& catalog);
Result<int> list_metrics(const Invocation& invocation);

}  // namespace loom::cli
