#include "core/metrics/answer_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/text/character_class.h"
#include "core/text/normalise.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {

std::string trimmed(std::string_view text) {
  size_t begin = 0, end = 0;
  bool any = false;
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    bool space = character_class(point.value) == CharacterClass::space;
    if (!space && !any) begin = at, any = true;
    at += point.bytes;
    if (!space) end = at;
  }
  return any ? std::string(text.substr(begin, end - begin)) : "";
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string without_controls(std::string_view text) {
  std::string out = trimmed(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 32) c = '\n';
  return trimmed(out);
}

std::vector<std::string> normal_words(std::string_view text) {
  std::string lower = lower_case(text);
  std::vector<std::string> words;
  std::string word;
  auto close = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (size_t at = 0; at < lower.size();) {
    CodePoint point = decode_utf8(lower, at);
    CharacterClass kind = character_class(point.value);
    if (is_han(point.value)) {
      close();
      words.push_back(lower.substr(at, point.bytes));
    } else if (kind == CharacterClass::letter || kind == CharacterClass::number ||
               kind == CharacterClass::mark) {
      word += lower.substr(at, point.bytes);
    } else {
      close();
    }
    at += point.bytes;
  }
  close();
  return words;
}

std::string scored_part(const MetricInput& input) {
  std::string_view text = input.prediction;
  if (!input.parameters.value("first_line", false)) return std::string(text);
  text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  return std::string(text.substr(0, text.find('\n')));
}

std::string_view after_thought(std::string_view text) {
  constexpr std::string_view kEnd = "</think>";
  const size_t end = text.rfind(kEnd);
  if (end == std::string_view::npos) return text;
  text.remove_prefix(end + kEnd.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

std::optional<int64_t> python_integer(const nlohmann::json& item) {
  if (item.is_boolean()) return item.get<bool>() ? 1 : 0;
  if (item.is_number_unsigned() && item.get<uint64_t>() > INT64_MAX) return std::nullopt;
  if (item.is_number_integer()) return item.get<int64_t>();
  if (!item.is_number()) return std::nullopt;
  const auto value = item.get<double>();
  constexpr double kExact = 1e15;
  if (!(std::abs(value) < kExact) || std::floor(value) != value) return std::nullopt;
  return static_cast<int64_t>(value);
}

std::vector<DigitRun> digit_runs(std::string_view text) {
  std::vector<DigitRun> runs;
  bool open = false;
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const CodePoint point = byte < 0x80 ? CodePoint{byte, 1, true} : decode_utf8(text, at);
    const int digit = python_digit(point.value);
    if (digit >= 0) {
      if (!open) runs.emplace_back();
      runs.back().written.append(text, at, point.bytes);
      runs.back().digits += static_cast<char>('0' + digit);
    }
    open = digit >= 0;
    at += point.bytes;
  }
  return runs;
}

void take_off_negatives(const MetricInput& input, MetricScore& score) {
  if (!score.value) return;
  const auto negatives = input.record.value("negative_outputs", std::vector<std::string>{});
  const auto hits = static_cast<size_t>(
      std::count_if(negatives.begin(), negatives.end(), [&](const std::string& negative) {
        return input.prediction.find(negative) != std::string_view::npos;
      }));
  if (hits == 0) return;
  score.parts["negative_outputs"] = hits;
  const double share = static_cast<double>(hits) / static_cast<double>(negatives.size());
  score.value = hits == negatives.size() ? 0.0 : std::max(0.0, *score.value - share);
}

}  // namespace loom
