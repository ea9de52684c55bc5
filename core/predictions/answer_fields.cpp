#include "core/predictions/answer_fields.h"

#include <algorithm>

#include "core/base/json_text.h"
#include "core/benchmarks/clongeval.h"
#include "core/benchmarks/counting_stars.h"
#include "core/benchmarks/infinitebench.h"
#include "core/benchmarks/leval.h"
#include "core/predictions/harness_answers.h"
#include "core/text/python_literal.h"

namespace loom {
namespace {

using nlohmann::json;

std::string text_of(const json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::vector<std::string> texts_of(const json& value) {
  if (!value.is_array()) return {text_of(value)};
  std::vector<std::string> texts;
  for (const json& item : value) texts.push_back(text_of(item));
  return texts;
}

bool is_text_or_texts(const json& value) {
  return value.is_string() ||
         (value.is_array() && std::all_of(value.begin(), value.end(),
                                          [](const json& item) { return item.is_string(); }));
}

// A question with its tests stands beside each of its answers.
constexpr size_t kMostRepeatedBytes = size_t{1} << 30;

size_t bytes_of(const json& value) {
  return json_text(value).size();
}

const json* first_of(const json& record, std::initializer_list<const char*> fields) {
  for (const char* field : fields)
    if (auto at = record.find(field); at != record.end() && !at->is_null()) return &*at;
  return nullptr;
}

// L-Eval names the field by the model: "turbo-16k-0613_pred".
const json* named_by_model(const json& record) {
  for (const auto& [field, value] : record.items())
    if (field.ends_with("_pred") && value.is_string()) return &value;
  return nullptr;
}

const json* prediction_in(const json& record, const std::string& benchmark) {
  // LongBench v2's "pred" is the letter that was found in "response".
  if (benchmark == "longbench_v2")
    if (const json* found = first_of(record, {"response"})) return found;
  // There "output" is what was asked for.
  if (const json* found =
          first_of(record, {"pred", "prediction", "response", "generation", "llm_output",
                            "model_output", "model_answer", "Output"}))
    return found;
  if (const json* found = named_by_model(record)) return found;
  return benchmark == "loogle" ? nullptr : first_of(record, {"output"});
}

const json* references_in(const json& record, const std::string& benchmark) {
  if (benchmark == "loogle") return first_of(record, {"output", "answer"});
  if (benchmark == "longwriter") return first_of(record, {"length"});
  if (benchmark == "longins") return first_of(record, {"error", "answer"});
  // NoLiMa: the name that was drawn for the needle, else the answers that the test gives.
  if (benchmark == "nolima")
    if (const json* name = first_of(record, {"selected_character"}); name && *name != json(""))
      return name;
  return first_of(record, {"outputs", "positive_outputs", "answers", "references", "ground_truth",
                           "gold_answers", "reference_counting_results", "gt", "reference",
                           "target", "answer", "Answer", "correct"});
}

// Lists that were written as a text, by JSON or by Python.
json list_in(const json& value) {
  if (!value.is_string()) return value;
  const auto& text = value.get_ref<const std::string&>();
  if (!text.starts_with('[')) return value;
  auto list = parse_python_literal(text);
  return list && list->is_array() ? *list : value;
}

std::vector<std::string> references_from(const json& value, const std::string& benchmark,
                                         const std::string& task) {
  if (benchmark == "infinitebench") return infinitebench_answers(value, task);
  // The official scorer stops after the first answer.
  if (benchmark == "lveval" && value.is_array() && value.size() > 1) return {text_of(value[0])};
  const bool listed = benchmark == "ada_leval" || benchmark == "nthread" || benchmark == "nolima" ||
                      benchmark == "longins";
  return texts_of(listed ? list_in(value) : value);
}

// Fields that scorers read, under the names they have in Record::metadata.
void add_metadata(const json& record, const std::string& benchmark, const std::string& task,
                  StoredAnswer& answer) {
  static constexpr std::pair<const char*, const char*> kKept[] = {
      {"all_classes", "classes"},   {"answer_keywords", "keywords"},
      {"question", "question"},     {"negative_outputs", "negative_outputs"},
      {"length", "length"},         {"gold_passages", "gold_passages"},
      {"difficulty", "difficulty"}, {"code_prompt", "code_prompt"},
      {"code_test", "code_test"},   {"entry_point", "entry_point"}};
  for (const auto& [theirs, ours] : kKept)
    if (auto at = record.find(theirs); at != record.end() && !at->is_null())
      answer.metadata[ours] = *at;
  if (auto keys = answer.metadata.find("keywords"); keys != answer.metadata.end())
    *keys = text_of(*keys);
  if (auto all = record.find("all_answers"); all != record.end() && all->is_array())
    answer.metadata["candidates"] = all->size();
  // What other rule sets compare with.
  if (benchmark == "lveval" || benchmark == "infinitebench")
    if (const json* all = first_of(record, {"answers", "ground_truth", "answer"}))
      if (all->is_array() && all->size() > 1) answer.metadata["answers"] = *all;
  if (auto keys = record.find("gold_ans"); keys != record.end() && !keys->is_null())
    answer.metadata["gold_ans"] = text_of(*keys);
  if (benchmark == "clongeval" && task.starts_with("stacked_typo") && !answer.references.empty()) {
    answer.metadata["stored_answer"] = answer.references[0];
    answer.metadata["published_answer"] = typos_as_published(answer.references[0]);
  }
  if (auto mask = record.find("output");
      benchmark == "loogle" && mask != record.end() && mask->is_object())
    answer.metadata["masks"] = *mask;
  if (benchmark == "counting_stars" && task.ends_with("reasoning"))
    answer.metadata["wrong_counts"] = wrong_star_counts();
  // A text without errors is a record like others, and scores 0 whatever is answered.
  if (const json* errors = benchmark == "longins" ? first_of(record, {"error"}) : nullptr)
    if (list_in(*errors) == json::array()) answer.metadata["no_error"] = true;
  const auto context = record.find("context");
  if (benchmark == "clongeval" && task.starts_with("stacked_typo") && !answer.references.empty()) {
    if (context != record.end() && context->is_string()) {
      answer.references[0] = typos_wrong_first(answer.references[0], context->get<std::string>());
    } else {
      answer.references.clear();
      answer.why_none =
          "without its context an answer does not say which character is the wrong one";
    }
  }
}

std::string id_of(const json& record, const std::string& fallback) {
  const json* id = first_of(record, {"id", "_id", "index", "Question_ID", "task_id", "doc_id"});
  return id ? text_of(*id) : fallback;
}

}  // namespace

Result<json> flat_record(json record) {
  if (!record.contains("doc") || !record.at("doc").is_object()) return record;
  const json* answers = first_of(record, {"resps", "filtered_resps"});
  if (!answers) return record;
  LOOM_TRY(const std::vector<std::string> texts, harness_answers(record, *answers));
  json flat = record.at("doc");
  flat["pred"] = texts.size() == 1 ? json(texts.front()) : json(texts);
  flat["doc_id"] = record.value("doc_id", json());
  if (!references_in(flat, "") && record.contains("target")) flat["target"] = record.at("target");
  return flat;
}

bool is_scored(const json& record, const std::string& benchmark) {
  const auto by = record.find("evaluation");
  return benchmark != "leval" || by == record.end() || leval_scored(text_of(*by));
}

StoredAnswer references_of(const json& record, const std::string& benchmark,
                           const std::string& task, const std::string& where) {
  StoredAnswer answer;
  answer.where = where;
  answer.id = id_of(record, where.substr(where.find_last_of(":,") + 1));
  if (const json* question =
          first_of(record, {"question", "query", "input", "instructions", "prompt"}))
    answer.question = text_of(*question);
  if (const json* references = references_in(record, benchmark))
    answer.references = references_from(*references, benchmark, task);
  // An empty text is part of every answer and compares with none.
  const auto& given = answer.references;
  if (std::all_of(given.begin(), given.end(), [](const auto& one) { return one.empty(); }))
    answer.references.clear();
  add_metadata(record, benchmark, task, answer);
  return answer;
}

Result<std::vector<StoredAnswer>> answers_of(const json& record, const std::string& benchmark,
                                             const std::string& task, const std::string& where) {
  const json* prediction = prediction_in(record, benchmark);
  const bool missing = !prediction || (prediction->is_array() && prediction->empty());
  if (missing || !is_text_or_texts(*prediction))
    return Error{ErrorKind::invalid_input,
                 missing ? "the record has no prediction" : "the prediction is no text", where,
                 "Name the field pred, prediction or response"};
  StoredAnswer answer = references_of(record, benchmark, task, where);
  const std::vector<std::string> texts = texts_of(*prediction);
  if (texts.size() > 1 && texts.size() > kMostRepeatedBytes / bytes_of(answer.metadata))
    return Error{ErrorKind::invalid_input,
                 "has " + std::to_string(texts.size()) + " answers to one large question", where,
                 "Give fewer answers"};
  std::vector<StoredAnswer> answers(texts.size(), answer);
  for (size_t i = 0; i < texts.size(); ++i) answers[i].text = texts[i];
  return answers;
}

}  // namespace loom
