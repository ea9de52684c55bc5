// The text of a folder of documents, as sentences in the order of the files' names.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct Documents {
  std::vector<std::string> sentences;  // at most about 1,000 bytes each
  size_t files = 0;
  std::vector<std::string> notes;  // what was left out, and why
};

// .txt, .md and .pdf of the folder and the folders in it. Links and hidden files are left out, so
// that no link leads out of the folder or around in a circle. A document that cannot be read is the
// error: what a run hides its needles in must not depend on chance.
Result<Documents> read_documents(const std::filesystem::path& folder, std::stop_token stop = {});

}  // namespace loom
