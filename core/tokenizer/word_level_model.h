// A token for every word: what is not in the vocabulary is unknown.
#pragma once

#include <string>
#include <unordered_map>

#include "core/tokenizer/token_model.h"

namespace loom {

class WordLevelModel : public TokenModel {
 public:
  WordLevelModel(std::unordered_map<std::string, TokenId> index, TokenId unknown)
      : index_(std::move(index)), unknown_(unknown) {}
  void encode(std::string_view piece, std::vector<TokenId>& ids) const override {
    if (piece.empty()) return;
    auto found = index_.find(std::string(piece));
    ids.push_back(found == index_.end() ? unknown_ : found->second);
  }

 private:
  std::unordered_map<std::string, TokenId> index_;
  TokenId unknown_;
};

}  // namespace loom
