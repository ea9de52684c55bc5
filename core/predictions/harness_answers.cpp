#include "core/predictions/harness_answers.h"

#include <charconv>

namespace loom {
namespace {

using nlohmann::json;

// ["-1.5", "False"], as the harness writes a choice's likelihood and whether it is the greedy
// answer.
bool is_likelihood(const json& list) {
  if (list.size() != 2 || !list[0].is_string() || !list[1].is_string()) return false;
  const auto &number = list[0].get_ref<const std::string&>(),
             &greedy = list[1].get_ref<const std::string&>();
  if (greedy != "True" && greedy != "False") return false;
  double value = 0;
  const char* end = number.data() + number.size();
  const auto read = std::from_chars(number.data(), end, value);
  return read.ec == std::errc() && read.ptr == end;
}

// Of [["TEXT", …], …], a list of repeats for each request: those of the first.
Result<std::vector<std::string>> texts_in(const json& answers) {
  const json* list = &answers;
  while (list->is_array() && !list->empty() && list->at(0).is_array()) list = &list->at(0);
  if (list->is_array() && list->size() > 1 && (!list->at(0).is_string() || is_likelihood(*list)))
    return Error{ErrorKind::unsupported, "holds likelihoods of choices instead of an answer", "",
                 "Only tasks whose answer is a generated text are scored"};
  const Error none{ErrorKind::corrupt, "holds no answer in resps", "", ""};
  if (list->is_string()) return std::vector<std::string>{list->get<std::string>()};
  if (!list->is_array() || list->empty()) return none;
  std::vector<std::string> texts;
  for (const json& item : *list) {
    if (!item.is_string()) return none;
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

}  // namespace

Result<std::vector<std::string>> harness_answers(const json& sample, const json& answers) {
  LOOM_TRY(std::vector<std::string> texts, texts_in(answers));
  if (texts.size() == 1) return texts;
  // Of several repeats most filters leave one.
  const auto filtered = sample.find("filtered_resps");
  const auto left = texts_in(filtered != sample.end() ? *filtered : answers);
  if (!left || left->size() == 1) texts.resize(1);
  return texts;
}

}  // namespace loom
