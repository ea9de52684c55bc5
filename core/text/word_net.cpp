#include "core/text/word_net.h"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "core/text/python_text.h"

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

// -1: is no number.
long number_in(std::string_view field, int base) {
  long number = 0;
  const auto [end, error] =
      std::from_chars(field.data(), field.data() + field.size(), number, base);
  return error == std::errc() && end == field.data() + field.size() ? number : -1;
}

}  // namespace

Result<WordNet> WordNet::read(const std::filesystem::path& folder) {
  WordNet net;
  for (size_t part = 0; part < kParts.size(); ++part) {
    LOOM_CHECK(net.read_meanings(folder, part));
    LOOM_CHECK(net.read_exceptions(folder, part));
  }
  return net;
}

// data:  place lexicographer class words(hexadecimal) {word number}…
// index: word class meanings pointers {pointer}… meanings tagged {place}…
// Lines that begin with a space hold the licence.
Status WordNet::read_meanings(const std::filesystem::path& folder, size_t part) {
  const auto data_file = folder / (std::string("data.") + kParts[part]);
  std::ifstream data(data_file), index(folder / (std::string("index.") + kParts[part]));
  if (!data || !index) return missing(data_file);
  ByWord<std::vector<uint32_t>> meanings;  // by place: their names
  std::string line;
  while (std::getline(data, line)) {
    if (line.starts_with(' ')) continue;
    const auto fields = split_at_spaces(std::string_view(line).substr(0, line.find('|')));
    const long words = fields.size() < 4 ? -1 : number_in(fields[3], 16);
    if (words < 0 || fields.size() < 4 + 2 * static_cast<size_t>(words))
      return damaged(data_file, line);
    auto& names = meanings[std::string(fields[0])];
    for (size_t i = 0; i < static_cast<size_t>(words); ++i) {
      // An adjective's position stands behind it: afraid(p)
      const std::string_view word = fields[4 + 2 * i].substr(0, fields[4 + 2 * i].find('('));
      if (word.find('_') != word.npos) continue;
      names.push_back(
          name_ids_.try_emplace(std::string(word), static_cast<uint32_t>(name_ids_.size()))
              .first->second);
    }
  }
  while (std::getline(index, line)) {
    if (line.starts_with(' ')) continue;
    const auto fields = split_at_spaces(line);
    const long count = fields.size() < 4 ? -1 : number_in(fields[2], 10);
    const long pointers = fields.size() < 4 ? -1 : number_in(fields[3], 10);
    if (count < 0 || pointers < 0) return damaged(data_file, line);
    const size_t first = 4 + static_cast<size_t>(pointers) + 2, begin = synonyms_.size();
    long known = 0;
    for (size_t i = first; i < fields.size(); ++i) {
      const auto found = meanings.find(fields[i]);
      if (found == meanings.end()) continue;
      synonyms_.insert(synonyms_.end(), found->second.begin(), found->second.end());
      ++known;
    }
    if (known != count) return damaged(data_file, line);
    const auto from = synonyms_.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(from, synonyms_.end());
    synonyms_.erase(std::unique(from, synonyms_.end()), synonyms_.end());
    words_[std::string(fields[0])].synonyms[part] = {static_cast<uint32_t>(begin),
                                                     static_cast<uint32_t>(synonyms_.size())};
  }
  return {};
}

Status WordNet::read_exceptions(const std::filesystem::path& folder, size_t part) {
  const auto file = folder / (std::string(kParts[part]) + ".exc");
  std::ifstream in(file);
  if (!in) return missing(file);
  for (std::string line; std::getline(in, line);) {
    const auto fields = split_at_spaces(line);
    if (fields.empty()) continue;
    exceptions_.emplace_back(fields.begin() + 1, fields.end());
    words_[std::string(fields[0])].exception[part] = static_cast<uint32_t>(exceptions_.size());
  }
  return {};
}

const WordNet::Word* WordNet::find(std::string_view word) const {
  const auto found = words_.find(word);
  return found == words_.end() ? nullptr : &found->second;
}

std::optional<uint32_t> WordNet::name(std::string_view word) const {
  const auto found = name_ids_.find(word);
  if (found == name_ids_.end()) return std::nullopt;
  return found->second;
}

// Base forms: the word and what its exceptions, or else the rules, make of it.
void WordNet::add_synonyms(std::string_view word, std::vector<uint32_t>& names) const {
  const Word* itself = find(word);
  std::string form;
  for (size_t part = 0; part < kParts.size(); ++part) {
    auto add = [&](const Word* base) {
      if (!base) return;
      const Range range = base->synonyms[part];
      names.insert(names.end(), synonyms_.begin() + range.begin, synonyms_.begin() + range.end);
    };
    add(itself);
    if (const uint32_t exception = itself ? itself->exception[part] : 0; exception > 0) {
      for (const std::string& base : exceptions_[exception - 1]) add(find(base));
      continue;
    }
    for (const Ending& ending : endings()[part]) {
      if (!word.ends_with(ending.inflected)) continue;
      form.assign(word.substr(0, word.size() - ending.inflected.size())) += ending.base;
      add(find(form));
    }
  }
}

}  // namespace loom
