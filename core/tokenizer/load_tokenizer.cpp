#include "core/base/text_file.h"
#include "core/model_files/adapter_folder.h"
#include "core/tokenizer/vocabulary_readers.h"

namespace loom {
namespace fs = std::filesystem;

namespace {

Result<std::shared_ptr<const Tokenizer>> from_model_file(const fs::path& file) {
  LOOM_TRY(std::string text, read_file(file));
  return is_tiktoken_text(text) ? tokenizer_from_tiktoken(file)
                                : tokenizer_from_sentence_piece(file);
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> load_tokenizer(const fs::path& model) {
  LOOM_TRY(const fs::path path, text_folder(model));
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    if (fs::exists(path / "tokenizer.json", ignored))
      return tokenizer_from_json(path / "tokenizer.json");
    for (const char* name : {"tokenizer.model", "spiece.model", "sentencepiece.bpe.model"})
      if (fs::exists(path / name, ignored)) return from_model_file(path / name);
    if (fs::exists(path / "rwkv_vocab_v20230424.txt", ignored))
      return tokenizer_from_rwkv(path / "rwkv_vocab_v20230424.txt");
    return Error{ErrorKind::not_found, "holds no tokenizer.json and no tokenizer.model",
                 path.string(), ""};
  }
  if (path.extension() == ".json") return tokenizer_from_json(path);
  if (path.extension() == ".model") return from_model_file(path);
  if (path.extension() == ".tiktoken") return tokenizer_from_tiktoken(path);
  if (path.extension() == ".txt") return tokenizer_from_rwkv(path);
  LOOM_TRY(GgufFile file, GgufFile::open(path));
  return tokenizer_from_gguf(file);
}

}  // namespace loom
