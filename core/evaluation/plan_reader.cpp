#include "core/evaluation/plan_reader.h"

#include <sstream>

namespace loom {
namespace {

constexpr const char* kRemedy = "models-registry/schema/plan.json lists all fields and their types";

}  // namespace

Error PlanObject::wrong(const std::string& field, const std::string& expected) const {
  return {ErrorKind::invalid_input, "must be " + expected,
          place_.empty() ? field : place_ + "." + field, kRemedy};
}

Result<PlanObject> PlanObject::open(const nlohmann::json& json, std::string place) {
  if (!json.is_object())
    return Error{ErrorKind::invalid_input, "must be an object", place.empty() ? "plan" : place,
                 kRemedy};
  return PlanObject(json, std::move(place));
}

const nlohmann::json* PlanObject::find(const char* field) {
  asked_.insert(field);
  auto found = json_->find(field);
  return found == json_->end() || found->is_null() ? nullptr : &*found;
}

Status PlanObject::text(const char* field, std::string& value) {
  const auto* json = find(field);
  if (!json) return {};
  if (!json->is_string()) return wrong(field, "text");
  value = json->get<std::string>();
  return {};
}

Status PlanObject::texts(const char* field, std::vector<std::string>& value) {
  const auto* json = find(field);
  if (!json) return {};
  if (!json->is_array()) return wrong(field, "a list of texts");
  value.clear();
  for (size_t i = 0; i < json->size(); ++i) {
    if (!(*json)[i].is_string())
      return wrong(std::string(field) + "[" + std::to_string(i) + "]", "text");
    value.push_back((*json)[i].get<std::string>());
  }
  return {};
}

Status PlanObject::boolean(const char* field, bool& value) {
  const auto* json = find(field);
  if (!json) return {};
  if (!json->is_boolean()) return wrong(field, "true or false");
  value = json->get<bool>();
  return {};
}

Status PlanObject::number(const char* field, double& value, double minimum, double maximum) {
  const auto* json = find(field);
  if (!json) return {};
  std::ostringstream range_text;
  range_text << "a number from " << minimum << " to " << maximum;
  const std::string range = range_text.str();
  if (!json->is_number()) return wrong(field, range);
  double read = json->get<double>();
  if (!(read >= minimum && read <= maximum)) return wrong(field, range);
  value = read;
  return {};
}

Status PlanObject::read_size(const nlohmann::json& json, const std::string& field, size_t& value,
                             uint64_t maximum) const {
  // A number made in memory is signed, a parsed one is not: the value decides.
  bool whole = json.is_number_unsigned() || (json.is_number_integer() && json.get<int64_t>() >= 0);
  if (!whole || json.get<uint64_t>() > maximum)
    return wrong(field, "a whole number from 0 to " + std::to_string(maximum));
  value = json.get<uint64_t>();
  return {};
}

Status PlanObject::size(const char* field, size_t& value, uint64_t maximum) {
  const auto* json = find(field);
  return json ? read_size(*json, field, value, maximum) : Status();
}

Status PlanObject::sizes(const char* field, std::vector<size_t>& value, uint64_t maximum) {
  const auto* json = find(field);
  if (!json) return {};
  if (!json->is_array()) return wrong(field, "a list of whole numbers");
  value.assign(json->size(), 0);
  for (size_t i = 0; i < value.size(); ++i)
    LOOM_CHECK(read_size((*json)[i], std::string(field) + "[" + std::to_string(i) + "]", value[i],
                         maximum));
  return {};
}

Status PlanObject::object(const char* field, nlohmann::json& value) {
  const auto* json = find(field);
  if (!json) return {};
  if (!json->is_object()) return wrong(field, "an object");
  value = *json;
  return {};
}

Result<std::vector<PlanObject>> PlanObject::objects(const char* field) {
  const auto* json = find(field);
  std::vector<PlanObject> items;
  if (!json) return items;
  if (!json->is_array()) return wrong(field, "a list");
  for (size_t i = 0; i < json->size(); ++i) {
    LOOM_TRY(PlanObject item, open((*json)[i], std::string(field) + "[" + std::to_string(i) + "]"));
    items.push_back(std::move(item));
  }
  return items;
}

Result<PlanObject> PlanObject::inner(const char* field) {
  static const nlohmann::json kEmpty = nlohmann::json::object();
  const auto* json = find(field);
  return open(json ? *json : kEmpty, place_.empty() ? field : place_ + "." + field);
}

Status PlanObject::finish() const {
  for (const auto& [key, value] : json_->items())
    if (!asked_.contains(key))
      return Error{ErrorKind::invalid_input, "is not a field of a plan",
                   place_.empty() ? key : place_ + "." + key,
                   "Check the spelling; models-registry/schema/plan.json lists all fields"};
  return {};
}

}  // namespace loom
