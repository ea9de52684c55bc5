#include "core/benchmarks/essay_source.h"

#include <algorithm>

#include "core/base/text_file.h"
#include "core/benchmarks/house_data.h"
#include "core/text/sentences.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

Result<std::string> essay_json(const fs::path& file) {
  LOOM_TRY(const auto root, read_json(file));
  if (!root.is_object() || !root.contains("text") || !root["text"].is_string())
    return Error{ErrorKind::corrupt, "has no text in the field \"text\"", file.string() + ": text",
                 "Fetch the file again"};
  return root["text"].get<std::string>();
}

// In order of their names, which is the same on every machine.
Result<std::string> essay_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  if (failure) return Error{ErrorKind::io, failure.message(), folder.string(), ""};
  std::sort(files.begin(), files.end());
  std::string text;
  for (const fs::path& file : files) {
    LOOM_TRY(const std::string essay, read_file(file, 16 << 20));
    text += essay + "\n";
  }
  return text;
}

Result<EssaySentences> split(const std::string& text, const fs::path& from) {
  if (!is_utf8(text))
    return Error{ErrorKind::corrupt, "is not UTF-8 text", from.string(), "Fetch the file again"};
  std::string line;
  for (std::string_view word : split_words(text)) (line += line.empty() ? "" : " ") += word;
  EssaySentences essays;
  essays.official = true;
  for (std::string_view sentence : split_sentences(line)) essays.sentences.emplace_back(sentence);
  if (essays.sentences.size() < 20)
    return Error{ErrorKind::corrupt, "holds fewer than 20 sentences", from.string(),
                 "Fetch the file again"};
  return essays;
}

}  // namespace

Result<EssaySentences> essay_sentences(const fs::path& data_folder) {
  std::error_code ignored;
  const fs::path file = data_folder / "PaulGrahamEssays.json",
                 folder = data_folder / "PaulGrahamEssays";
  if (fs::exists(file, ignored)) {
    LOOM_TRY(const std::string text, essay_json(file));
    return split(text, file);
  }
  if (fs::is_directory(folder, ignored)) {
    LOOM_TRY(const std::string text, essay_files(folder));
    return split(text, folder);
  }
  EssaySentences essays;
  LOOM_TRY(essays.sentences, house_sentences());
  return essays;
}

}  // namespace loom
