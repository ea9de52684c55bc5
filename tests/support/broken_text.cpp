#include "tests/support/broken_text.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/random.h"

namespace loom::testing {
namespace {

constexpr const char* kUnexpected[] = {"-1",
                                       "0",
                                       "1e308",
                                       "-1e-308",
                                       "2147483648",
                                       "9223372036854775808",
                                       "99999999999999999999999",
                                       "null",
                                       "[]",
                                       "{}",
                                       "\"\"",
                                       "true",
                                       "NaN"};

// The number at `at` or behind it becomes something else.
void replace_number(std::string& text, size_t at, Random& random) {
  const char* digits = "0123456789";
  const size_t begin = text.find_first_of(digits, at);
  if (begin == std::string::npos) return;
  const size_t end = std::min(text.find_first_not_of(digits, begin), text.size());
  text.replace(begin, end - begin, kUnexpected[random.below(std::size(kUnexpected))]);
}

size_t repeated(size_t count) {
  const char* given = std::getenv("LOOM_TEST_COPIES");
  return given ? count * std::max(1ul, std::strtoul(given, nullptr, 10)) : count;
}

}  // namespace

std::vector<std::string> broken_copies(const std::string& good, size_t count, unsigned long seed) {
  Random random(seed);
  count = repeated(count);
  std::vector<std::string> copies;
  for (size_t i = 0; i < count; ++i) {
    std::string bad = good;
    // Headers come first and are where damage matters most.
    size_t reach = i % 2 == 0 ? good.size() : std::min<size_t>(good.size(), 400);
    size_t at = random.below(reach);
    switch (i % 6) {
      case 0:
        bad.resize(at);
        break;
      case 1:
        for (int flips = 0; flips < 4; ++flips)
          bad[random.below(reach)] ^= static_cast<char>(1 << random.below(8));
        break;
      case 2:
        bad.insert(at, std::string(1 + random.below(8), '\xff'));
        break;
      case 3:
        bad.replace(at, std::min<size_t>(8, bad.size() - at), std::string(8, '\xff'));
        break;
      case 4:
        replace_number(bad, at, random);
        break;
      default:
        bad.insert(at, good.substr(random.below(reach), random.below(64)));
    }
    copies.push_back(std::move(bad));
  }
  return copies;
}

}  // namespace loom::testing
