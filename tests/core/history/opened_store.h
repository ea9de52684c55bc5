// A store and its reader over an empty history in a folder that goes with them.
#pragma once

#include "core/history/run_queries.h"
#include "core/history/run_store.h"
#include "tests/support/test_folders.h"

namespace loom::testing {

struct OpenedStore {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "history.sqlite";
  std::unique_ptr<RunStore> store = *RunStore::open(file);
  std::unique_ptr<RunQueries> queries = *RunQueries::open(file);
};

}  // namespace loom::testing
