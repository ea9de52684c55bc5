#include "core/benchmarks/text_source.h"

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
  const DataSource source{
      .file = file, .member = {}, .format = {}, .list = {}, .entries = false, .columns = {}};
  LOOM_CHECK(for_each_record(source, receive, {}, stop));
  return texts;
}

std::string trimmed_ends(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace loom
