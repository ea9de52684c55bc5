#include "core/base/embeddings.h"

#include <cassert>
#include <cmath>

namespace loom {

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  assert(a.size() == b.size());
  double product = 0, first = 0, second = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    product += double(a[i]) * double(b[i]);
    first += double(a[i]) * double(a[i]);
    second += double(b[i]) * double(b[i]);
  }
  return product / std::sqrt(first * second);
}

}  // namespace loom
