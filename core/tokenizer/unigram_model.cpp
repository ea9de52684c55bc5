#include "core/tokenizer/unigram_model.h"

#include <algorithm>

#include "core/text/utf8.h"

namespace loom {
namespace {

constexpr double kUnknownPenalty = 10.0;

}  // namespace

UnigramModel::UnigramModel(UnigramRules rules) : rules_(std::move(rules)) {
  std::vector<std::pair<std::string, int32_t>> entries;
  for (size_t id = 0; id < rules_.entries.size(); ++id)
    entries.emplace_back(rules_.entries[id].text, static_cast<int32_t>(id));
  trie_ = ByteTrie(std::move(entries));
}

// By the last byte of each token; of equal scores the one that begins first stays.
std::vector<UnigramModel::Node> UnigramModel::best_paths(std::string_view piece) const {
  std::vector<Node> nodes(piece.size() + 1);
  const double unknown_score = rules_.lowest_score - kUnknownPenalty;
  for (size_t at = 0; at < piece.size();) {
    const double here = nodes[at].score;
    auto offer = [&](size_t bytes, double score, TokenId id) {
      Node& node = nodes[at + bytes];
      double candidate = here + score;
      if (node.from != UINT32_MAX && candidate <= node.score) return;
      node = {rules_.single_precision ? static_cast<double>(static_cast<float>(candidate)) : candidate,
              static_cast<uint32_t>(at), id};
    };
    size_t character = decode_utf8(piece, at).bytes;
    bool known = false;
    trie_.prefixes(piece, at, [&](size_t bytes, int32_t id) {
      known = known || bytes == character;
      offer(bytes, rules_.entries[static_cast<size_t>(id)].score, id);
    });
    if (!known) offer(character, rules_.single_precision ? static_cast<double>(static_cast<float>(unknown_score)) : unknown_score, -1);
    at += character;
  }
  return nodes;
}

void UnigramModel::append_unknown(std::string_view text, std::vector<TokenId>& ids) const {
  bool by_bytes = !rules_.byte_ids.empty();
  for (char c : text) by_bytes = by_bytes && rules_.byte_ids[static_cast<unsigned char>(c)] >= 0;
  if (by_bytes) {
    for (char c : text) ids.push_back(rules_.byte_ids[static_cast<unsigned char>(c)]);
  } else if (rules_.unknown) {
    ids.push_back(*rules_.unknown);
  }
}

void UnigramModel::encode(std::string_view piece, std::vector<TokenId>& ids) const {
  if (piece.empty()) return;
  std::vector<Node> nodes = best_paths(piece);
  std::vector<uint32_t> ends;
  for (auto at = static_cast<uint32_t>(piece.size()); at > 0; at = nodes[at].from) ends.push_back(at);
  // Neighbouring unknown characters become one unknown token.
  for (size_t i = ends.size(); i-- > 0;) {
    const Node& node = nodes[ends[i]];
    if (node.id >= 0) {
      ids.push_back(node.id);
      continue;
    }
    size_t begin = node.from;
    while (i > 0 && nodes[ends[i - 1]].id < 0) --i;
    append_unknown(piece.substr(begin, ends[i] - begin), ids);
  }
}

}  // namespace loom
