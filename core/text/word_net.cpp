#include "core/text/word_net.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace loom {
namespace {

constexpr std::array<const char*, 4> kParts = {"noun", "verb", "adj", "adv"};

struct Ending {
  std::string_view inflected, base;
};

// Rules of detachment (morphy(7WN)).
const std::array<std::vector<Ending>, 4>& endings() {
  static const std::array<std::vector<Ending>, 4> rules = {
      {{{"s", ""},
        {"ses", "s"},
        {"ves", "f"},
        {"xes", "x"},
        {"zes", "z"},
        {"ches", "ch"},
        {"shes", "sh"},
        {"men", "man"},
        {"ies", "y"}},
       {{"s", ""},
        {"ies", "y"},
        {"es", "e"},
        {"es", ""},
        {"ed", "e"},
        {"ed", ""},
        {"ing", "e"},
        {"ing", ""}},
       {{"er", ""}, {"est", ""}, {"er", "e"}, {"est", "e"}},
       {}}};
  return rules;
}

Error missing(const std::filesystem::path& file) {
  return {ErrorKind::not_found, "WordNet's database is missing", file.string(),
          "Install the Debian package wordnet-base"};
}

Error damaged(const std::filesystem::path& file, const std::string& line) {
  return {ErrorKind::corrupt, "is no line of WordNet's database: " + line.substr(0, 60),
          file.string(), "Install the Debian package wordnet-base again"};
}

}  // namespace

Result<WordNet> WordNet::read(const std::filesystem::path& folder) {
  WordNet net;
  for (size_t part = 0; part < kParts.size(); ++part) LOOM_CHECK(net.read_part(folder, part));
  net.name_ids_.clear();
  return net;
}

// data:  place lexicographer class words(hexadecimal) {word number}…
// index: word class meanings pointers {pointer}… meanings tagged {place}…
// Lines that begin with a space hold the licence.
Status WordNet::read_part(const std::filesystem::path& folder, size_t part) {
  std::unordered_map<std::string, uint32_t> at_place;
  auto data_file = folder / (std::string("data.") + kParts[part]);
  std::ifstream data(data_file), index(folder / (std::string("index.") + kParts[part]));
  std::ifstream exceptions(folder / (std::string(kParts[part]) + ".exc"));
  if (!data || !index || !exceptions) return missing(data_file);
  std::string line, skipped, word;
  while (std::getline(data, line)) {
    if (line.starts_with(' ')) continue;
    std::istringstream fields(line.substr(0, line.find('|')));
    std::string place;
    size_t words = 0;
    fields >> place >> skipped >> skipped >> std::hex >> words;
    Names names;
    for (size_t i = 0; i < words && fields >> word >> skipped; ++i) {
      word.resize(std::min(word.find('('), word.size()));  // an adjective's position: afraid(p)
      if (word.find('_') != word.npos) continue;
      auto [known, fresh] = name_ids_.try_emplace(word, static_cast<uint32_t>(names_.size()));
      if (fresh) names_.push_back(word);
      names.push_back(known->second);
    }
    if (!fields) return damaged(data_file, line);
    at_place[place] = static_cast<uint32_t>(meanings_.size());
    meanings_.push_back(std::move(names));
  }
  while (std::getline(index, line)) {
    if (line.starts_with(' ')) continue;
    std::istringstream fields(line);
    size_t meanings = 0, pointers = 0;
    fields >> word >> skipped >> meanings >> pointers;
    for (size_t i = 0; i < pointers + 2; ++i) fields >> skipped;
    Names& known = parts_[part].meanings[word];
    for (std::string place; fields >> place;)
      if (auto found = at_place.find(place); found != at_place.end())
        known.push_back(found->second);
    if (known.size() != meanings) return damaged(data_file, line);
  }
  while (std::getline(exceptions, line)) {
    std::istringstream fields(line);
    fields >> word;
    auto& bases = parts_[part].exceptions[word];
    bases.clear();
    for (std::string base; fields >> base;) bases.push_back(base);
  }
  return {};
}

// The word and what its exceptions, or else the rules, make of it, as far as the index knows it.
std::vector<std::string> WordNet::base_forms(std::string_view word, size_t part) const {
  std::vector<std::string> forms = {std::string(word)};
  const Part& speech = parts_[part];
  if (auto known = speech.exceptions.find(forms[0]); known != speech.exceptions.end()) {
    forms.insert(forms.end(), known->second.begin(), known->second.end());
  } else {
    for (const Ending& ending : endings()[part])
      if (word.ends_with(ending.inflected))
        forms.push_back(std::string(word.substr(0, word.size() - ending.inflected.size())) +
                        std::string(ending.base));
  }
  return forms;
}

std::vector<std::string_view> WordNet::synonyms(std::string_view word) const {
  std::vector<std::string_view> found = {word};
  found.reserve(64);
  for (size_t part = 0; part < kParts.size(); ++part)
    for (const std::string& form : base_forms(word, part))
      if (auto known = parts_[part].meanings.find(form); known != parts_[part].meanings.end())
        for (uint32_t meaning : known->second)
          for (uint32_t name : meanings_[meaning]) found.push_back(names_[name]);
  return found;
}

}  // namespace loom
