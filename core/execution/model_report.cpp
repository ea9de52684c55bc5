#include "core/execution/model_report.h"

#include <algorithm>
#include <set>

#include "core/base/error_json.h"
#include "core/servers/engine_client.h"
#include "core/tokenizer/chat_template.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {
namespace {

using nlohmann::json;

void read_description(ModelReport& report, bool with_hash, std::stop_token stop) {
  EngineClient engine(default_engine_path(), "cpu");
  const auto described = engine.describe(report.model.path.string(), with_hash, stop);
  if (!described) {
    report.problems.push_back(described.error());
    return;
  }
  report.settings = described->value("settings", json());
  report.state_bytes = described->value("state_bytes", uint64_t{0});
  for (const json& note : described->value("notes", json::array()))
    if (note.is_string()) report.notes.push_back(note.get<std::string>());
  if (const json hash = described->value("weights_hash", json()); hash.is_string())
    report.weights_hash = hash.get<std::string>();
}

void read_text(ModelReport& report) {
  if (auto tokenizer = load_tokenizer(report.model.path)) {
    report.tokenizer_kind = (*tokenizer)->name();
    report.tokenizer_vocabulary = (*tokenizer)->vocabulary();
  } else {
    report.problems.push_back(tokenizer.error());
  }
  auto format = load_chat_format(report.model.path);
  if (!format)
    report.problems.push_back(format.error());
  else if (*format)
    report.chat_template = (*format)->chat.source();
}

json weights_json(const LocalModel& model) {
  json types = json::array();
  for (const StoredType& type : model.weights.types)
    types.push_back({{"type", type.name},
                     {"tensors", type.tensors},
                     {"parameters", type.parameters},
                     {"file_bytes", type.file_bytes},
                     {"held_bytes", type.held_bytes}});
  return {{"types", types},
          {"embedding", model.weights.embedding},
          {"head", model.weights.head},
          {"layers", model.weights.layers},
          {"other", model.weights.other},
          {"held", model.held_bytes()}};
}

json memory_json(const ModelReport& report, size_t tokens) {
  const MemoryForecast forecast = forecast_memory(report.model, tokens);
  json parts = json::object();
  for (const MemoryPart& part : memory_parts(report, tokens))
    parts[title_of(part.kind).id] = part.bytes;
  return {{"tokens", tokens},
          {"parts", parts},  // one prompt at a time
          // many prompts of that length, some decoded together
          {"program", forecast.program},
          {"weights", forecast.weights},
          {"kv_cache", forecast.kv_cache},
          {"workspace", forecast.workspace},
          {"total", forecast.total()}};
}

json text_or_null(const std::string& text) {
  return text.empty() ? json() : json(text);
}

}  // namespace

ModelReport report_model(const LocalModel& model, const ReportWishes& wishes,
                         std::stop_token stop) {
  ModelReport report;
  report.model = model;
  read_description(report, wishes.hash, stop);
  if (wishes.text) read_text(report);
  return report;
}

std::vector<size_t> layer_windows(const ModelReport& report) {
  std::set<size_t> windows;
  if (!report.settings.is_object()) return {};
  const json layers = report.settings.value("by_layer", json());
  if (!layers.is_object()) return {};
  for (const json& window : layers.value("window", json::array()))
    windows.insert(window.is_number_unsigned() || window.is_number_integer()
                       ? static_cast<size_t>(std::max<int64_t>(window.get<int64_t>(), 0))
                       : 0);
  return {windows.begin(), windows.end()};
}

PartTitle title_of(MemoryPart::Kind kind) {
  switch (kind) {
    case MemoryPart::embedding:
      return {"embedding", "embedding"};
    case MemoryPart::head:
      return {"head", "head"};
    case MemoryPart::layers:
      return {"layers", "layers"};
    case MemoryPart::other:
      return {"other", "other weights"};
    case MemoryPart::kv_cache:
      return {"kv_cache", "keys and values"};
    case MemoryPart::state:
      return {"state", "recurrent state"};
    case MemoryPart::working:
      return {"workspace", "working memory"};
    case MemoryPart::program:
      return {"program", "program"};
  }
  return {"", ""};
}

std::vector<MemoryPart> memory_parts(const ModelReport& report, size_t tokens) {
  const LocalModel& model = report.model;
  const uint64_t unknown = model.held_bytes() - model.weights.held();  // of a model without headers
  std::vector<MemoryPart> parts = {{MemoryPart::embedding, model.weights.embedding},
                                   {MemoryPart::head, model.weights.head},
                                   {MemoryPart::layers, model.weights.layers},
                                   {MemoryPart::other, model.weights.other + unknown},
                                   {MemoryPart::kv_cache, kv_bytes(model, tokens)},
                                   {MemoryPart::state, report.state_bytes},
                                   {MemoryPart::working, working_bytes(model, tokens)},
                                   {MemoryPart::program, forecast_memory(model, tokens).program}};
  std::erase_if(parts, [](const MemoryPart& part) { return part.bytes == 0; });
  return parts;
}

json to_json(const ModelReport& report, const std::vector<size_t>& lengths) {
  const LocalModel& model = report.model;
  json problems = json::array(), memory = json::array();
  for (const Error& problem : report.problems) problems.push_back(error_json(problem));
  for (size_t tokens : lengths) memory.push_back(memory_json(report, tokens));
  return {{"settings", report.settings},
          {"notes", report.notes},
          {"weights_hash", text_or_null(report.weights_hash)},
          {"weights", weights_json(model)},
          {"adapter_base", text_or_null(model.adapter_base.string())},
          {"tokenizer",
           {{"source", text_or_null(model.tokenizer)},
            {"kind", text_or_null(report.tokenizer_kind)},
            {"vocabulary",
             report.tokenizer_kind.empty() ? json() : json(report.tokenizer_vocabulary)}}},
          {"chat_template",
           {{"source", text_or_null(model.chat_template)},
            {"text", text_or_null(report.chat_template)}}},
          {"layer_windows", layer_windows(report)},
          {"kv_bytes_per_1k_tokens", kv_bytes(model, 1024)},
          {"state_bytes", report.state_bytes},
          {"memory", memory},
          {"problems", problems}};
}

}  // namespace loom
