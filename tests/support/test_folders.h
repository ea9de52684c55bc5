// Where tests find things. Data outside the repository may be missing: tests then say "skipped".
#pragma once

#include <filesystem>
#include <optional>

namespace loom::testing {

std::filesystem::path source_folder();
// tests/data
std::filesystem::path data(const std::filesystem::path& name);
// The default model's GGUF file, when it has been fetched.
std::optional<std::filesystem::path> default_model();
// A model that tests/golden/fetch_models.sh gets, when it is there.
std::optional<std::filesystem::path> extra_model(const char* name);
// shared/data beside the checkout, when it is there ($LOOMSCOPE_SHARED overrides).
std::optional<std::filesystem::path> shared_data();

// A fresh folder that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace loom::testing
