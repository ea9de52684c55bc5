// Values against a form.
#include <algorithm>
#include <cmath>

#include "core/catalog/catalog.h"

namespace loom {
namespace {

using nlohmann::json;

bool fits_type(const Parameter& parameter, const json& value) {
  if (parameter.type == "integer") return value.is_number_integer();
  if (parameter.type == "number") return value.is_number();
  if (parameter.type == "boolean") return value.is_boolean();
  if (parameter.type == "text") return value.is_string();
  if (parameter.type == "choice")
    return value.is_string() && std::find(parameter.choices.begin(), parameter.choices.end(),
                                          value.get<std::string>()) != parameter.choices.end();
  if (parameter.type == "integer_list")
    return value.is_array() && std::all_of(value.begin(), value.end(), [](const json& item) {
             return item.is_number_integer();
           });
  return false;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::vector<std::string> ids_of(const std::vector<Parameter>& form) {
  std::vector<std::string> ids;
  for (const Parameter& parameter : form) ids.push_back(parameter.id);
  return ids;
}

std::string range_text(const Parameter& parameter) {
  auto number = [](double value) {
    const bool whole = std::floor(value) == value && std::abs(value) < 1e15;
    return whole ? std::to_string(static_cast<int64_t>(value)) : json(value).dump();
  };
  std::string text;
  if (parameter.minimum) text = "from " + number(*parameter.minimum);
  if (parameter.maximum) text += (text.empty() ? "up to " : " to ") + number(*parameter.maximum);
  return text;
}

bool in_range(const Parameter& parameter, const json& value) {
  if (value.is_array())
    return std::all_of(value.begin(), value.end(),
                       [&](const json& item) { return in_range(parameter, item); });
  if (!value.is_number()) return true;
  double number = value.get<double>();
  return number >= parameter.minimum.value_or(number) &&
         number <= parameter.maximum.value_or(number);
}

}  // namespace

Result<json> complete_parameters(const std::vector<Parameter>& form, const json& values) {
  json complete = json::object();
  for (const Parameter& parameter : form) {
    json value = values.is_object() && values.contains(parameter.id) ? values[parameter.id]
                                                                     : parameter.default_value;
    if (!fits_type(parameter, value))
      return Error{ErrorKind::invalid_input,
                   parameter.label + " must be of the type " + parameter.type, parameter.id,
                   parameter.choices.empty() ? "" : "Use " + listed(parameter.choices)};
    if (!in_range(parameter, value))
      return Error{ErrorKind::invalid_input, parameter.label + " is out of range", parameter.id,
                   "Use a value " + range_text(parameter)};
    complete[parameter.id] = std::move(value);
  }
  if (values.is_object())
    for (const auto& [key, value] : values.items())
      if (!complete.contains(key))
        return Error{ErrorKind::invalid_input, "there is no parameter \"" + key + "\"", key,
                     form.empty() ? "Leave it out: there are none here"
                                  : "There are " + listed(ids_of(form))};
  return complete;
}

}  // namespace loom
