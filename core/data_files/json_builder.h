// Puts one JSON value together from the events of a parser, to a bounded depth and number of parts.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace loom {

class JsonBuilder {
 public:
  JsonBuilder(size_t depth_limit, size_t value_limit)
      : depth_limit_(depth_limit), value_limit_(value_limit) {}

  bool building() const { return !open_.empty(); }
  // False when it would nest deeper than allowed, or hold more.
  bool open(nlohmann::json::value_t kind) {
    if (open_.size() >= depth_limit_ || !counted()) return false;
    open_.push_back(add(kind));
    return true;
  }
  void key(std::string& name) { key_ = std::move(name); }
  bool scalar(nlohmann::json value) {
    if (!counted()) return false;
    add(std::move(value));
    return true;
  }
  void close() { open_.pop_back(); }
  nlohmann::json take() { return std::move(root_); }
  // Why the last call was refused.
  std::string refusal() const {
    return values_ > value_limit_
               ? "holds more than " + std::to_string(value_limit_) + " values"
               : "lists and objects nest deeper than " + std::to_string(depth_limit_) + " levels";
  }

 private:
  bool counted() {
    if (open_.empty()) values_ = 0;
    return ++values_ <= value_limit_;
  }
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

  size_t depth_limit_, value_limit_, values_ = 0;
  nlohmann::json root_;
  std::vector<nlohmann::json*> open_;  // what a value goes into; stays put while it is filled
  std::string key_;
};

}  // namespace loom
