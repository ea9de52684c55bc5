#include "core/benchmarks/house_data.h"

#include "core/base/file_paths.h"
#include "core/base/text_file.h"

namespace loom {

Result<nlohmann::json> house_json(const std::string& name) {
  LOOM_TRY(auto resources, paths::resources());
  return read_json(resources / name);
}

Result<std::vector<std::string>> house_sentences(const std::string& language) {
  const std::string name =
      "data/house_essays" + (language == "en" ? std::string() : "_" + language) + ".json";
  LOOM_TRY(auto root, house_json(name));
  std::vector<std::string> sentences;
  try {
    for (const auto& essay : root.at("essays"))
      for (const auto& sentence : essay.at("sentences"))
        sentences.push_back(sentence.get<std::string>());
  } catch (const nlohmann::json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), name, "Install LoomScope again"};
  }
  if (sentences.empty()) return Error{ErrorKind::corrupt, "holds no sentences", name, ""};
  return sentences;
}

std::string house_language(const std::string& language) {
  const std::string head = language.substr(0, 2);
  return head == "zh" || head == "ru" ? head : "en";
}

std::string sentence_space(const std::string& language) {
  return language == "zh" ? "" : " ";
}

}  // namespace loom
