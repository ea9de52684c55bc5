// Puts one JSON value together from the events of a parser, to a bounded depth.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace loom {

class JsonBuilder {
 public:
  explicit JsonBuilder(size_t depth_limit) : depth_limit_(depth_limit) {}

  bool building() const { return !open_.empty(); }
  // False when it would nest deeper than allowed.
  bool open(nlohmann::json::value_t kind) {
    if (open_.size() >= depth_limit_) return false;
    open_.push_back(add(kind));
    return true;
  }
  void key(std::string& name) { key_ = std::move(name); }
  void scalar(nlohmann::json value) { add(std::move(value)); }
  void close() { open_.pop_back(); }
  nlohmann::json take() { return std::move(root_); }

 private:
  nlohmann::json* add(nlohmann::json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    nlohmann::json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    nlohmann::json& slot = parent[key_];
    slot = std::move(value);
    return &slot;
  }

  size_t depth_limit_;
  nlohmann::json root_;
  std::vector<nlohmann::json*> open_;  // what a value goes into; stays put while it is filled
  std::string key_;
};

}  // namespace loom
