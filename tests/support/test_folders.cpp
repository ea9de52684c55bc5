#include "tests/support/test_folders.h"

#include <cstdlib>
#include <string>

namespace loom::testing {
namespace fs = std::filesystem;

fs::path source_folder() { return LOOM_SOURCE_FOLDER; }
fs::path data(const fs::path& name) { return source_folder() / "tests" / "data" / name; }

std::optional<fs::path> default_model() {
  fs::path file = fs::path(LOOM_DEPENDENCIES) / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf";
  return fs::exists(file) ? std::optional(file) : std::nullopt;
}

std::optional<fs::path> extra_model(const char* name) {
  fs::path model = fs::path(LOOM_DEPENDENCIES) / "extra-models" / name;
  return fs::exists(model) ? std::optional(model) : std::nullopt;
}

std::optional<fs::path> shared_data() {
  const char* given = std::getenv("LOOMSCOPE_SHARED");
  fs::path folder = given ? fs::path(given) : source_folder() / ".." / "shared";
  return fs::is_directory(folder / "data") ? std::optional(folder / "data") : std::nullopt;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "loomscope-test-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}
TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace loom::testing
