// LongBench v2 (Bai et al. 2024, arXiv 2412.15204): questions with four choices, up to 2M words.
#include "core/benchmarks/longbench_v2.h"

#include "core/base/text_file.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr int kThoughtTokens = 1024, kChoiceTokens = 128;

// Field, the official prompts' marker, our gap. Replacing all in one pass keeps a marker that
// happens to stand in a document; the official code replaces one after the other.
struct Field {
  const char *name, *marker, *gap;
};
constexpr Field kFields[] = {{"context", "$DOC$", "{context}"},
                             {"question", "$Q$", "{question}"},
                             {"choice_A", "$C_A$", "{choice_A}"},
                             {"choice_B", "$C_B$", "{choice_B}"},
                             {"choice_C", "$C_C$", "{choice_C}"},
                             {"choice_D", "$C_D$", "{choice_D}"},
                             {"", "$COT$", "{answer}"}};

std::string with_gaps(std::string text) {
  for (const Field& field : kFields)
    for (size_t at = text.find(field.marker); at != std::string::npos;
         at = text.find(field.marker, at))
      text.replace(at, std::string_view(field.marker).size(), field.gap);
  return text;
}

class LongBenchV2 : public FileBenchmark {
 public:
  std::string id() const override { return "longbench_v2"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest&) const override {
    return {"data.json", "longbench_v2.jsonl", "data.json.gz"};
  }
  Result<Wording> wording(const TaskRequest& request) const override {
    if (request.wording) return *request.wording;
    return variant(request, thinks(request)                                 ? "cot"
                            : request.parameters.value("no_context", false) ? "no_context"
                                                                            : "longbench_v2");
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    Record record;
    record.id = record_id(request.task, number);
    Slots slots;
    for (const Field& field : kFields)
      if (*field.name)
        slots[field.name] = strip_spaces(raw.at(field.name).get_ref<const std::string&>());
    write_prompt(record, wording, slots);
    record.references = {raw.at("answer").get<std::string>()};
    record.metadata = {{"official_id", field_text(raw, "_id")}};
    for (const char* kind : {"domain", "sub_domain", "difficulty", "length"})
      record.metadata[kind] = field_text(raw, kind);
    if (thinks(request)) {
      LOOM_TRY(const Wording second, variant(request, "cot_answer"));
      record.max_new_tokens = kThoughtTokens;
      FollowUp follow_up;
      follow_up.prompt = fill(second.prompt, slots);
      follow_up.max_new_tokens = kChoiceTokens;
      record.follow_up = std::move(follow_up);
    }
    records.push_back(std::move(record));
    return {};
  }

 private:
  static bool thinks(const TaskRequest& request) { return request.parameters.value("cot", false); }

  // The official prompt file beside the data, else our words.
  Result<Wording> variant(const TaskRequest& request, const std::string& name) const {
    const std::string file = name == "longbench_v2" ? "0shot.txt"
                             : name == "cot_answer" ? "0shot_cot_ans.txt"
                                                    : "0shot_" + name + ".txt";
    auto official = find_benchmark_file(request, id(), {file, "prompts/" + file});
    if (!official) {
      TaskRequest ours = request;
      ours.task = name;
      ours.wording.reset();
      return task_wording(ours, id());
    }
    LOOM_TRY(const std::string text, read_file(*official));
    return Wording{"", with_gaps(text), "", {}, "official " + file};
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_longbench_v2() {
  return std::make_unique<LongBenchV2>();
}

}  // namespace loom
