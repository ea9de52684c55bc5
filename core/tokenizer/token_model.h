// What turns one piece of a text into ids.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/generation.h"

namespace loom {

class TokenModel {
 public:
  virtual ~TokenModel() = default;
  // The piece is valid UTF-8 and may be empty.
  virtual void encode(std::string_view piece, std::vector<TokenId>& ids) const = 0;
};

}  // namespace loom
