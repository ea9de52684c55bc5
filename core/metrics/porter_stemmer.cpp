#include "core/metrics/porter_stemmer.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

bool consonant(std::string_view word, size_t i) {
  bool flipped = false;
  for (;; --i, flipped = !flipped) {
    char c = word[i];
    if (c != 'y') return (c != 'a' && c != 'e' && c != 'i' && c != 'o' && c != 'u') != flipped;
    if (i == 0) return !flipped;
  }
}

// How often a vowel is followed by a consonant: the paper's m.
size_t measure(std::string_view stem) {
  size_t count = 0;
  bool vowel = false, before = false;
  for (size_t i = 0; i < stem.size(); ++i) {
    char c = stem[i];
    bool plain = c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
    vowel = plain || (c == 'y' && i > 0 && !before);
    count += before && !vowel;
    before = vowel;
  }
  return count;
}

bool has_vowel(std::string_view stem) {
  for (size_t i = 0; i < stem.size(); ++i)
    if (!consonant(stem, i)) return true;
  return false;
}

bool ends_double(std::string_view word) {
  size_t n = word.size();
  return n >= 2 && word[n - 1] == word[n - 2] && consonant(word, n - 1);
}

bool ends_cvc(std::string_view word) {
  size_t n = word.size();
  if (n == 2) return !consonant(word, 0) && consonant(word, 1);
  if (n < 3 || !consonant(word, n - 3) || consonant(word, n - 2) || !consonant(word, n - 1))
    return false;
  return word[n - 1] != 'w' && word[n - 1] != 'x' && word[n - 1] != 'y';
}

struct Rule {
  std::string_view suffix, replacement;
};

// The first rule whose suffix fits decides, whether or not its condition holds.
void apply(std::string& word, std::span<const Rule> rules, size_t measure_above) {
  for (const Rule& rule : rules) {
    if (!word.ends_with(rule.suffix)) continue;
    std::string_view stem(word.data(), word.size() - rule.suffix.size());
    if (measure(stem) > measure_above) word = std::string(stem) + std::string(rule.replacement);
    return;
  }
}

void plurals(std::string& word) {
  if (word.ends_with("ies") && word.size() == 4) {
    word.pop_back();
  } else if (word.ends_with("sses") || word.ends_with("ies")) {
    word.resize(word.size() - 2);
  } else if (word.ends_with("s") && !word.ends_with("ss")) {
    word.pop_back();
  }
}

void past_and_progressive(std::string& word) {
  if (word.ends_with("ied")) {
    word.resize(word.size() - (word.size() == 4 ? 1 : 2));
    return;
  }
  if (word.ends_with("eed")) {
    if (measure(std::string_view(word).substr(0, word.size() - 3)) > 0) word.pop_back();
    return;
  }
  size_t cut = word.ends_with("ed") ? 2 : word.ends_with("ing") ? 3 : 0;
  if (cut == 0 || !has_vowel(std::string_view(word).substr(0, word.size() - cut))) return;
  word.resize(word.size() - cut);
  if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz")) {
    word += 'e';
  } else if (ends_double(word)) {
    if (word.back() != 'l' && word.back() != 's' && word.back() != 'z') word.pop_back();
  } else if (measure(word) == 1 && ends_cvc(word)) {
    word += 'e';
  }
}

void final_y(std::string& word) {
  if (word.ends_with("y") && word.size() > 2 && consonant(word, word.size() - 2)) word.back() = 'i';
}

void double_suffixes(std::string& word) {
  static constexpr std::array<Rule, 21> kRules = {
      {{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"},   {"anci", "ance"},
       {"izer", "ize"},    {"bli", "ble"},     {"alli", "al"},     {"entli", "ent"},
       {"eli", "e"},       {"ousli", "ous"},   {"ization", "ize"}, {"ation", "ate"},
       {"ator", "ate"},    {"alism", "al"},    {"iveness", "ive"}, {"fulness", "ful"},
       {"ousness", "ous"}, {"aliti", "al"},    {"iviti", "ive"},   {"biliti", "ble"},
       {"fulli", "ful"}}};
  while (word.ends_with("alli") && measure(std::string_view(word).substr(0, word.size() - 4)) > 0)
    word.resize(word.size() - 2);
  if (word.ends_with("logi")) {  // the l counts as part of the stem
    if (measure(std::string_view(word).substr(0, word.size() - 3)) > 0) word.pop_back();
    return;
  }
  apply(word, kRules, 0);
}

void single_suffixes(std::string& word) {
  static constexpr std::array<Rule, 7> kThird = {{{"icate", "ic"},
                                                  {"ative", ""},
                                                  {"alize", "al"},
                                                  {"iciti", "ic"},
                                                  {"ical", "ic"},
                                                  {"ful", ""},
                                                  {"ness", ""}}};
  static constexpr std::array<Rule, 11> kBeforeIon = {{{"al", ""},
                                                       {"ance", ""},
                                                       {"ence", ""},
                                                       {"er", ""},
                                                       {"ic", ""},
                                                       {"able", ""},
                                                       {"ible", ""},
                                                       {"ant", ""},
                                                       {"ement", ""},
                                                       {"ment", ""},
                                                       {"ent", ""}}};
  static constexpr std::array<Rule, 7> kAfterIon = {
      {{"ou", ""}, {"ism", ""}, {"ate", ""}, {"iti", ""}, {"ous", ""}, {"ive", ""}, {"ize", ""}}};
  apply(word, kThird, 0);
  if (word.ends_with("ion")) {
    std::string_view stem(word.data(), word.size() - 3);
    if (measure(stem) > 1 && (stem.back() == 's' || stem.back() == 't')) word.resize(stem.size());
    return;
  }
  size_t before = word.size();
  apply(word, kBeforeIon, 1);
  if (word.size() == before) {
    for (const Rule& rule : kBeforeIon)
      if (word.ends_with(rule.suffix)) return;
    apply(word, kAfterIon, 1);
  }
}

void tidy(std::string& word) {
  if (word.ends_with("e")) {
    std::string_view stem(word.data(), word.size() - 1);
    size_t m = measure(stem);
    if (m > 1 || (m == 1 && !ends_cvc(stem))) word.pop_back();
  }
  if (word.ends_with("ll") && measure(std::string_view(word).substr(0, word.size() - 1)) > 1)
    word.pop_back();
}

std::string_view irregular(std::string_view word) {
  static constexpr std::array<Rule, 15> kIrregular = {{{"sky", "sky"},
                                                       {"skies", "sky"},
                                                       {"dying", "die"},
                                                       {"lying", "lie"},
                                                       {"tying", "tie"},
                                                       {"news", "news"},
                                                       {"innings", "inning"},
                                                       {"inning", "inning"},
                                                       {"outings", "outing"},
                                                       {"outing", "outing"},
                                                       {"cannings", "canning"},
                                                       {"canning", "canning"},
                                                       {"howe", "howe"},
                                                       {"proceed", "proceed"},
                                                       {"exceed", "exceed"}}};
  for (const Rule& rule : kIrregular)
    if (word == rule.suffix) return rule.replacement;
  return word == "succeed" ? word : std::string_view();
}

std::string stem_bytes(std::string_view given) {
  if (std::string_view known = irregular(given); !known.empty()) return std::string(known);
  std::string word(given);
  if (word.size() <= 2) return word;
  plurals(word);
  past_and_progressive(word);
  final_y(word);
  double_suffixes(word);
  single_suffixes(word);
  tidy(word);
  return word;
}

}  // namespace

// Rules see only ASCII letters: every other character becomes a byte of its own, a consonant.
std::string porter_stem(std::string_view given) {
  if (std::ranges::all_of(given, [](char c) { return (c & 0x80) == 0; })) return stem_bytes(given);
  std::u32string others;
  std::string word, result;
  for (char32_t c : to_code_points(given)) {
    size_t known = c < 0x80 ? 0 : std::min(others.find(c), others.size());
    if (c >= 0x80 && known == others.size()) others += c;
    word += static_cast<char>(c < 0x80 ? c : 0x80 + std::min<size_t>(known, 0x7F));
  }
  size_t at = 0;
  std::u32string points = to_code_points(given);
  for (char c : stem_bytes(word)) {
    append_utf8(result, (c & 0x80) ? points[at] : static_cast<unsigned char>(c));
    ++at;
  }
  return result;
}

}  // namespace loom
