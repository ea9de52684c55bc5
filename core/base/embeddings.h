// Texts in, vectors out: what an encoder (BERT and its kin) makes of texts, for metrics and search.
//
//   EngineClient engine(default_engine_path(), "cpu");         // or InProcessServer
//   LOOM_CHECK(engine.load({"/models/all-MiniLM-L6-v2"}, stop));
//   LOOM_TRY(Embeddings made, engine.encode({{"a text", "another"}}, stop));
//   double similarity = cosine(made.texts[0].mean, made.texts[1].mean);
//
// BERTScore asks for {texts, layer, true} and compares rows of `tokens`; row i belongs to ids[i],
// the first and the last being the tokenizer's own tokens ([CLS], [SEP]). A text's numbers depend
// on that text alone: not on the others of a request, their order or the number of threads.
#pragma once

#include <string>
#include <vector>

#include "core/base/generation.h"

namespace loom {

struct EncodeRequest {
  std::vector<std::string> texts;
  // Whose hidden states: 0 the embeddings, n those behind layer n; below zero from the last: -1.
  int layer = -1;
  bool tokens = false;  // also every token's hidden state
};

struct TextEmbedding {
  std::vector<TokenId> ids;   // with the tokenizer's own tokens
  std::vector<float> mean;    // [width], mean over all ids, scaled to length 1
  std::vector<float> tokens;  // [ids, width] as the layer gives them; empty unless asked for
  bool truncated = false;     // longer than the model's window: its end was left out
};

struct Embeddings {
  size_t width = 0;
  std::vector<TextEmbedding> texts;  // in the request's order
};

// Of two vectors of one size that are not zero.
double cosine(const std::vector<float>& a, const std::vector<float>& b);

}  // namespace loom
