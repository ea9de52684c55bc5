// Libraries that were given other names, so that no model knows them (BAMBOO's private libraries):
// from the new names back to those a Python knows. The pairs come from texts that exist in both.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

using NamePairs = std::map<std::string, std::string>;  // new name → original name

// Identifiers of a program or a text, in their order; views into `text`.
std::vector<std::string_view> identifiers(std::string_view text);

// Learns the pairs.
class NameComparison {
 public:
  // Texts that are not the same but for names tell nothing and are passed over. The first original
  // of a name stays.
  void add(std::string_view renamed, std::string_view original);
  // Names that stayed as they were are paired with themselves where parts of them would be changed.
  NamePairs pairs() const;

 private:
  NamePairs changed_;
  std::set<std::string, std::less<>> unchanged_;
};

class LibraryNames {
 public:
  explicit LibraryNames(NamePairs pairs);

  // The text with original names. New names are also replaced inside of longer ones, as they were
  // put in: "new_kf" is "new_df" where "kf" is "df".
  std::string restored(std::string_view text) const;
  // An original name in the text that is no new name as well: who writes it has not used the
  // library that was described. None: there is none.
  std::optional<std::string> original_in(std::string_view text) const;

 private:
  std::string restored_word(std::string_view word) const;
  // The longest pair that says how a word is made, at this place of it.
  const std::pair<std::string, std::string>* part_at(std::string_view word, size_t at) const;

  NamePairs pairs_;
  // Those that do not follow from shorter ones, the longest new names first.
  std::vector<std::pair<std::string, std::string>> parts_;
  std::set<std::string, std::less<>> originals_;
};

}  // namespace loom
