#include "core/tokenizer/vocabulary_readers.h"

namespace loom {
namespace fs = std::filesystem;

Result<std::shared_ptr<const Tokenizer>> load_tokenizer(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    if (fs::exists(path / "tokenizer.json", ignored)) return tokenizer_from_json(path / "tokenizer.json");
    return Error{ErrorKind::not_found, "holds no tokenizer.json", path.string(), ""};
  }
  if (path.extension() == ".json") return tokenizer_from_json(path);
  LOOM_TRY(GgufFile file, GgufFile::open(path));
  return tokenizer_from_gguf(file);
}

}  // namespace loom
