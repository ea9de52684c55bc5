// Counts a model's tensors by number type and by part.
#pragma once

#include <map>
#include <set>

#include "core/catalog/local_models.h"
#include "core/model_files/tensor_info.h"

namespace loom {

// What beside a tensor itself decides how it is held.
struct StorageRules {
  std::string packed;  // config.json's quant_method: "awq", "gptq", "fp8" ...; empty: not packed
  int bits = 4;        // of packed integers
  bool wide_factors = false;     // of compressed-tensors: fp32, not 16 bits
  bool encoder = false;          // all of it is widened
  bool tied_head = false;        // a head that is stored all the same is left alone
  bool other_parts = false;      // what sees pictures is left alone
  size_t layers = 0;             // tensors of layers beyond are left alone; 0: not known
  std::set<std::string> merged;  // names that an adapter changes: they are held as fp32
};

class WeightCount {
 public:
  explicit WeightCount(StorageRules rules) : rules_(std::move(rules)) {}
  void add(const TensorInfo& tensor);
  // An adapter's matrix: read when the model is loaded, and merged into the base.
  void add_adapter(const TensorInfo& tensor);
  // Types and parts; parameters, and the weight type that most of them have.
  void store(LocalModel& model) const;

 private:
  struct Kind {
    std::string name;
    uint64_t parameters = 0, held_bytes = 0;
  };
  Kind kind_of(const TensorInfo& tensor) const;
  std::optional<Kind> compressed_kind(const TensorInfo& tensor) const;
  bool is_left_alone(const std::string& name) const;

  StorageRules rules_;
  std::map<std::string, StoredType> types_;
  uint64_t adapter_parameters_ = 0;
  WeightParts parts_;
};

}  // namespace loom
