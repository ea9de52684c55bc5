// A small plan as a file holds it.
#pragma once

#include <nlohmann/json.hpp>

namespace loom::testing {

inline nlohmann::json good_plan() {
  return nlohmann::json::parse(R"({"format": 1, "name": "n",
      "models": [{"path": "a.gguf", "name": "A"}],
      "benchmarks": [{"id": "starter", "tasks": ["code_words"], "samples": 3}],
      "decoding": {"temperature": 0.5, "top_p": 0.9},
      "truncation": "head", "seed": 7})");
}

}  // namespace loom::testing
