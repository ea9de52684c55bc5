#include "core/benchmarks/starter_questions.h"

#include <algorithm>

#include "core/benchmarks/record_set.h"
#include "core/benchmarks/starter_document.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kOptions = 4;

// What becomes of one entry: values for the question's gaps, references, and evidence.
struct Asked {
  Slots slots;
  std::vector<std::string> references;
  std::vector<ByteSpan> evidence;
};

// Puts the right statement among the others and remembers its letter.
void write_options(std::vector<std::string> options, Random& random, Asked& asked) {
  const std::string right = options.front();
  random.shuffle(options);
  std::string& list = asked.slots["options"];
  for (size_t i = 0; i < options.size(); ++i) {
    const char letter = static_cast<char>('A' + i);
    list += (i > 0 ? "\n" : "") + std::string(1, letter) + ". " + options[i];
    if (options[i] == right) asked.references = {std::string(1, letter)};
  }
}

Asked ask_value(const StarterEntry& entry, const json& question) {
  Asked asked{entry.slots, {}, entry.spans};
  for (const auto& answer : question.at("answers"))
    asked.references.push_back(fill(answer.get<std::string>(), entry.slots));
  return asked;
}

// The entry's own statement against the same with values of other entries.
Asked ask_statement(const StarterEntry& entry, const StarterDocument& document, const json& wording,
                    Random& random) {
  Asked asked{entry.slots, {}, entry.spans};
  const std::string varied = wording.at("varied").get<std::string>();
  const std::string statement = wording.at("statement").get<std::string>();
  std::vector<std::string> options = {fill(statement, entry.slots)};
  while (options.size() < kOptions) {
    Slots slots = entry.slots;
    slots[varied] = document.entries[random.below(document.entries.size())].slots.at(varied);
    std::string option = fill(statement, slots);
    if (std::find(options.begin(), options.end(), option) == options.end())
      options.push_back(std::move(option));
  }
  write_options(std::move(options), random, asked);
  return asked;
}

Asked ask_smallest(const StarterEntry& entry, const StarterDocument& document, const json& wording,
                   Random& random) {
  const std::string field = wording.at("smallest").get<std::string>();
  const std::string key = wording.at("key").get<std::string>();
  const std::string statement = wording.at("statement").get<std::string>();
  std::vector<const StarterEntry*> chosen = {&entry};
  auto taken = [&](const StarterEntry& other) {
    return std::any_of(chosen.begin(), chosen.end(), [&](const StarterEntry* one) {
      return one->slots.at(key) == other.slots.at(key) ||
             one->slots.at(field) == other.slots.at(field);
    });
  };
  while (chosen.size() < kOptions) {
    const StarterEntry& other = document.entries[random.below(document.entries.size())];
    if (!taken(other)) chosen.push_back(&other);
  }
  std::sort(chosen.begin(), chosen.end(), [&](const auto* a, const auto* b) {
    return std::stol(a->slots.at(field)) < std::stol(b->slots.at(field));
  });
  Asked asked{chosen.front()->slots, {}, {}};
  std::vector<std::string> options;
  for (const StarterEntry* one : chosen) {
    options.push_back(fill(statement, one->slots));
    asked.evidence.insert(asked.evidence.end(), one->spans.begin(), one->spans.end());
  }
  write_options(std::move(options), random, asked);
  return asked;
}

Record make_record(Asked asked, const json& question, const StarterDocument& document) {
  Record record;
  record.context_end = document.text.size();
  record.prompt =
      document.text + "\n\n" + fill(question.at("text").get<std::string>(), asked.slots) + "\n";
  record.answer_prefix = fill(question.at("answer_prefix").get<std::string>(), asked.slots);
  record.references = std::move(asked.references);
  record.metadata["depth"] = depth_of(asked.evidence.front(), record.context_end);
  record.evidence = std::move(asked.evidence);
  return record;
}

// `count` questions on one document, numbered on from the records that are there.
void ask_about(const StarterDocument& document, size_t count, const std::string& task,
               const json& wording, Random& random, std::vector<Record>& records) {
  const std::string kind = wording.at("ask").get<std::string>();
  const json& questions = wording.at("questions");
  const size_t entries = document.entries.size();
  for (size_t i = 0; i < count; ++i) {
    // One entry out of each equal part of the document, so that all depths are asked.
    const size_t first = i * entries / count, after = (i + 1) * entries / count;
    const StarterEntry& entry = document.entries.at(first + random.below(after - first));
    const json& question = questions.at(records.size() % questions.size());
    Asked asked = kind == "statement"  ? ask_statement(entry, document, wording, random)
                  : kind == "smallest" ? ask_smallest(entry, document, wording, random)
                                       : ask_value(entry, question);
    Record record = make_record(std::move(asked), question, document);
    record.id = record_id(task, records.size() + 1);
    records.push_back(std::move(record));
  }
}

}  // namespace

Result<std::vector<Record>> starter_records(const TaskRequest& request, const json& data,
                                            const json& wording) {
  Random random(request.seed, request.task + "/questions");
  std::vector<Record> records;
  for (const json& part : data.at("documents")) {
    json chosen = data;
    chosen.update(part);
    const std::string stream = request.task + "/" + std::to_string(records.size());
    LOOM_TRY(const StarterDocument document,
             starter_document(chosen, wording.at("head").get<std::string>(), request.seed, stream));
    ask_about(document, part.at("questions").get<size_t>(), request.task, wording, random, records);
  }
  for (Record& record : records) record.metadata["language"] = data.value("language", "en");
  // A limit takes the first records; in random order they come from all depths.
  random.shuffle(records);
  if (request.samples > 0 && request.samples < records.size()) records.resize(request.samples);
  return records;
}

}  // namespace loom
