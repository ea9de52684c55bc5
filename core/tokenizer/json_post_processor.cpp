#include "core/tokenizer/json_components.h"

namespace loom {
namespace {

using nlohmann::json;

// ["[CLS]", 101]
TokenId id_of_pair(const json& pair) { return pair.at(1).get<TokenId>(); }

void read_template(const json& object, Surroundings& around) {
  bool before = true;
  for (const auto& item : object.value("single", json::array())) {
    if (item.contains("Sequence")) {
      before = false;
      continue;
    }
    std::string id = item.at("SpecialToken").at("id").get<std::string>();
    for (const auto& token : object.at("special_tokens").at(id).at("ids"))
      (before ? around.before : around.after).push_back(token.get<TokenId>());
  }
}

}  // namespace

Status read_post_processor(const json& object, Surroundings& around) {
  std::string type = component_type(object);
  if (object.is_null() || type == "ByteLevel") return {};
  Surroundings own;
  if (type == "Sequence") {
    for (const auto& step : object.value("processors", json::array())) LOOM_CHECK(read_post_processor(step, around));
    return {};
  }
  if (type == "TemplateProcessing") {
    read_template(object, own);
  } else if (type == "BertProcessing" || type == "RobertaProcessing") {
    own.before = {id_of_pair(object.at("cls"))};
    own.after = {id_of_pair(object.at("sep"))};
  } else {
    return component_not_read("the post-processor " + type, "post_processor");
  }
  around.before.insert(around.before.begin(), own.before.begin(), own.before.end());
  around.after.insert(around.after.end(), own.after.begin(), own.after.end());
  return {};
}

}  // namespace loom
