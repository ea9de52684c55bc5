// What the hub has, brought into the Hugging Face cache, with progress on standard error.
#pragma once

#include "app/cli/command.h"
#include "core/catalog/catalog.h"
#include "core/catalog/local_models.h"

namespace loom::cli {

// Of an action that takes a benchmark and was given a suite.
Error suite_is_no_benchmark(const SuiteDescription& suite, const std::string& action);
Result<int> fetch_benchmarks(const Invocation& invocation, const Catalog& catalog);
Result<LocalModel> add_model(const Invocation& invocation);

}  // namespace loom::cli
