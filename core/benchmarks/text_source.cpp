#include "core/benchmarks/text_source.h"

#include <algorithm>

#include "core/data_files/data_files.h"

namespace loom {

Result<std::vector<std::string>> read_texts(const std::filesystem::path& file,
                                            std::stop_token stop) {
  std::vector<std::string> texts;
  auto receive = [&](nlohmann::json& record, const RecordPlace&) -> Result<Reading> {
    if (!record.is_object() || !record.contains("text") || !record["text"].is_string())
      return Error{ErrorKind::corrupt, "has no text in the field \"text\"",
                   file.string() + ": text", "Fetch the file again"};
    texts.push_back(std::move(record["text"].get_ref<std::string&>()));
    return Reading::go_on;
  };
  const DataSource source{.file = file};
  LOOM_CHECK(for_each_record(source, receive, {}, stop));
  return texts;
}

Result<std::vector<std::filesystem::path>> text_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failure;
  for (std::filesystem::recursive_directory_iterator walk(folder, failure), end;
       !failure && walk != end; walk.increment(failure))
    if (walk->path().extension() == ".txt") files.push_back(walk->path());
  if (failure) return Error{ErrorKind::io, failure.message(), folder.string(), ""};
  if (files.empty())
    return Error{ErrorKind::not_found, "holds no text file (.txt)", folder.string(),
                 "Put books there as text, or take the folder away"};
  std::sort(files.begin(), files.end());
  return files;
}

std::string trimmed_ends(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace loom
