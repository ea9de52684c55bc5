// All that is known of one model without loading it: what its headers say, what the engine
// understands of its description, its tokenizer and its chat template. The command line's
// `models inspect` and the window's Models page show the same report.
#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>
#include <vector>

#include "core/catalog/local_models.h"

namespace loom {

struct ModelReport {
  LocalModel model;
  nlohmann::json settings;  // every hyper-parameter as the engine read it; null: it was refused
  std::vector<std::string> notes;
  std::string weights_hash;    // empty: not asked for, or the engine refused the model
  uint64_t state_bytes = 0;    // of what recurrent layers keep of one sequence
  std::string tokenizer_kind;  // empty: none can be read
  size_t tokenizer_vocabulary = 0;
  std::string chat_template;    // the template's text; empty: none
  std::vector<Error> problems;  // what could not be read, and why
};

struct ReportWishes {
  bool hash = false;  // reads whole files the first time
  bool text = true;   // tokenizer and chat template, which are loaded for it
};

ModelReport report_model(const LocalModel& model, const ReportWishes& wishes, std::stop_token stop);

// Distinct windows of the layers, the smallest first; 0 stands for layers that see everything.
// Empty where the settings tell of no layers.
std::vector<size_t> layer_windows(const ModelReport& report);

// Bytes of one part while one prompt of `tokens` is answered, in the order in which they are shown.
struct MemoryPart {
  enum Kind { embedding, head, layers, other, kv_cache, state, working, program };
  Kind kind = other;
  uint64_t bytes = 0;
};
// A part's name in JSON, and in the command line's own report.
struct PartTitle {
  const char *id, *words;
};
PartTitle title_of(MemoryPart::Kind kind);
std::vector<MemoryPart> memory_parts(const ModelReport& report, size_t tokens);

nlohmann::json to_json(const ModelReport& report, const std::vector<size_t>& lengths);

}  // namespace loom
