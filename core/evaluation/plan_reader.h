// Reads the fields of a plan and remembers which were asked for, so that a misspelt field is an
// error instead of a silent default.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

class PlanObject {
 public:
  static Result<PlanObject> open(const nlohmann::json& json, std::string place);

  Status text(const char* field, std::string& value);
  Status texts(const char* field, std::vector<std::string>& value);
  Status boolean(const char* field, bool& value);
  Status number(const char* field, double& value, double minimum, double maximum);
  Status size(const char* field, size_t& value, uint64_t maximum);
  Status sizes(const char* field, std::vector<size_t>& value, uint64_t maximum);
  Status object(const char* field, nlohmann::json& value);
  // The items of a list, each with its place, for example "benchmarks[2]".
  Result<std::vector<PlanObject>> objects(const char* field);
  Result<PlanObject> inner(const char* field);
  bool has(const char* field) const { return json_->contains(field); }
  // Fields that nobody asked for.
  Status finish() const;

 private:
  PlanObject(const nlohmann::json& json, std::string place)
      : json_(&json), place_(std::move(place)) {}
  const nlohmann::json* find(const char* field);
  Error wrong(const std::string& field, const std::string& expected) const;
  Status read_size(const nlohmann::json& json, const std::string& field, size_t& value,
                   uint64_t maximum) const;

  const nlohmann::json* json_;
  std::string place_;
  std::set<std::string> asked_;
};

}  // namespace loom
