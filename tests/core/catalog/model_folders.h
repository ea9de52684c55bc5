// Folders as models are stored in: a configuration, weights of zeros, a tokenizer.
#pragma once

#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/base/text_file.h"
#include "tests/support/test_folders.h"

namespace loom::testing {

inline const nlohmann::json kConfig = {{"model_type", "llama"},          {"hidden_size", 64},
                                       {"num_hidden_layers", 3},         {"num_attention_heads", 4},
                                       {"num_key_value_heads", 2},       {"vocab_size", 100},
                                       {"max_position_embeddings", 2048}};

struct Stored {
  const char *name, *type;
  std::vector<size_t> shape;
};

// A safetensors file of zeros.
inline std::string zeros(const std::vector<Stored>& tensors) {
  nlohmann::json header = nlohmann::json::object();
  size_t at = 0;
  for (const Stored& tensor : tensors) {
    const std::string type = tensor.type;
    size_t bytes = type == "F32" || type == "I32" ? 4 : type == "F8_E4M3" ? 1 : 2;
    for (size_t size : tensor.shape) bytes *= size;
    header[tensor.name] = {
        {"dtype", type}, {"shape", tensor.shape}, {"data_offsets", {at, at + bytes}}};
    at += bytes;
  }
  std::string text = header.dump();
  std::string length(8, '\0');
  for (size_t i = 0; i < 8; ++i) length[i] = static_cast<char>(text.size() >> (8 * i) & 0xFF);
  return length + text + std::string(at, '\0');
}

// One F32 matrix of 100 x 64.
inline std::string one_matrix() {
  return zeros({{"model.embed_tokens.weight", "F32", {100, 64}}});
}

inline void write(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  QVERIFY(write_file(file, text).has_value());
}

inline void write_model(const std::filesystem::path& folder,
                        const nlohmann::json& config = kConfig) {
  write(folder / "config.json", config.dump());
  write(folder / "model.safetensors", one_matrix());
  write(folder / "tokenizer.json", "{}");
  write(folder / "tokenizer_config.json", R"({"chat_template": "{{ messages }}"})");
}

}  // namespace loom::testing
