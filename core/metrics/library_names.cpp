#include "core/metrics/library_names.h"

#include <algorithm>

namespace loom {
namespace {

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool in_name(char c) {
  return begins_name(c) || (c >= '0' && c <= '9');
}

}  // namespace

std::vector<std::string_view> identifiers(std::string_view text) {
  std::vector<std::string_view> names;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && in_name(text[end])) ++end;
    if (end > at && begins_name(text[at])) names.push_back(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return names;
}

void NameComparison::add(std::string_view renamed, std::string_view original) {
  const auto ours = identifiers(renamed), theirs = identifiers(original);
  if (ours.size() != theirs.size()) return;
  for (size_t i = 0; i < ours.size(); ++i)
    if (ours[i] != theirs[i])
      changed_.emplace(ours[i], theirs[i]);
    else
      unchanged_.emplace(ours[i]);
}

NamePairs NameComparison::pairs() const {
  const LibraryNames names(changed_);
  NamePairs pairs = changed_;
  for (const std::string& name : unchanged_)
    if (!pairs.contains(name) && names.restored(name) != name) pairs.emplace(name, name);
  return pairs;
}

LibraryNames::LibraryNames(NamePairs pairs) : pairs_(std::move(pairs)) {
  std::vector<std::pair<std::string, std::string>> known(pairs_.begin(), pairs_.end());
  auto longer = [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); };
  std::stable_sort(known.begin(), known.end(),
                   [&](const auto& a, const auto& b) { return longer(b, a); });
  for (auto& pair : known) {
    if (restored_word(pair.first) == pair.second) continue;
    originals_.insert(pair.second);
    parts_.insert(std::upper_bound(parts_.begin(), parts_.end(), pair, longer), pair);
  }
  for (const auto& pair : pairs_) originals_.erase(pair.first);
}

const std::pair<std::string, std::string>* LibraryNames::part_at(std::string_view word,
                                                                 size_t at) const {
  for (const auto& part : parts_)
    if (word.substr(at).starts_with(part.first)) return &part;
  return nullptr;
}

std::string LibraryNames::restored_word(std::string_view word) const {
  std::string made;
  for (size_t at = 0; at < word.size();) {
    const auto* part = part_at(word, at);
    made += part ? part->second : std::string(1, word[at]);
    at += part ? part->first.size() : 1;
  }
  return made;
}

std::string LibraryNames::restored(std::string_view text) const {
  std::string made;
  const char* written = text.data();
  for (std::string_view name : identifiers(text)) {
    made.append(written, name.data());
    const auto known = pairs_.find(std::string(name));
    made += known != pairs_.end() ? known->second : restored_word(name);
    written = name.data() + name.size();
  }
  return made.append(written, text.data() + text.size());
}

std::optional<std::string> LibraryNames::original_in(std::string_view text) const {
  for (std::string_view name : identifiers(text))
    if (originals_.contains(name)) return std::string(name);
  return std::nullopt;
}

}  // namespace loom
