// Files of predictions, written and read.
#pragma once

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/predictions/predictions.h"
#include "tests/support/test_folders.h"

namespace loom::testing {

struct PredictionFiles {
  Catalog catalog_ = *load_catalog(*paths::registry());

  Result<std::vector<PredictionSet>> read(const std::string& name, const std::string& text,
                                          const std::string& benchmark = "",
                                          const std::string& task = "") const {
    TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / name;
    std::filesystem::create_directories(file.parent_path());
    (void)write_file(file, text);
    return read_predictions({file, benchmark, task}, catalog_);
  }
};

}  // namespace loom::testing
