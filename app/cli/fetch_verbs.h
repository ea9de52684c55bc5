// What the hub has, brought into the Hugging Face cache, with progress on standard error.
#pragma once

#include "app/cli/command.h"
#include "core/catalog/catalog.h"
#include "core/catalog/local_models.h"

namespace loom::cli {

Result<int> fetch_benchmarks(const Invocation& invocation, const Catalog& catalog);
Result<LocalModel> add_model(const Invocation& invocation);

}  // namespace loom::cli
