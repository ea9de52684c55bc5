#include "app/cli/inspect_model.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "app/cli/interrupt.h"
#include "core/execution/model_report.h"

namespace loom::cli {
namespace {

using nlohmann::json;

std::string bytes_text(uint64_t bytes) {
  const char* units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 1024 && unit + 1 < std::size(units); ++unit) value /= 1024;
  std::ostringstream out;
  out << std::fixed << std::setprecision(unit == 0 || value >= 100 ? 0 : 1) << value << " "
      << units[unit];
  return out.str();
}

void line(const std::string& name, const std::string& value) {
  std::cout << std::left << std::setw(33) << name << " " << value << "\n";
}

// Equal neighbours once: "4096 x 5, none, 4096 x 5".
std::string in_short(const json& list) {
  std::string text;
  for (size_t i = 0, end; i < list.size(); i = end) {
    for (end = i + 1; end < list.size() && list[end] == list[i];) ++end;
    text += (text.empty() ? "" : ", ") + (list[i].is_null() ? std::string("none") : list[i].dump());
    if (end - i > 1) text += " x " + std::to_string(end - i);
  }
  return text.empty() ? "none" : text;
}

std::string value_text(const json& value) {
  if (value.is_null()) return "none";
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_string()) return value.get<std::string>();
  return value.is_array() ? in_short(value) : value.dump();
}

// Objects and lists of objects as names with dots and numbers.
void settings_lines(const std::string& prefix, const json& settings) {
  for (const auto& [name, value] : settings.items()) {
    const std::string path = prefix.empty() ? name : prefix + "." + name;
    const bool objects = value.is_array() && !value.empty() && value.front().is_object();
    if (value.is_object() || objects)
      settings_lines(path, value);
    else
      line("  " + path, value_text(value));
  }
}

void weights_lines(const LocalModel& model) {
  for (const StoredType& type : model.weights.types)
    line("  " + type.name, std::to_string(type.tensors) + " tensors, " +
                               std::to_string(type.parameters) + " parameters, " +
                               bytes_text(type.file_bytes) + " stored, " +
                               bytes_text(type.held_bytes) + " in memory");
}

void memory_lines(const ModelReport& report, size_t tokens) {
  std::cout << "Memory for one prompt of " << tokens << " tokens\n";
  uint64_t all = 0;
  for (const MemoryPart& part : memory_parts(report, tokens)) {
    line(std::string("  ") + title_of(part.kind).words, bytes_text(part.bytes));
    all += part.bytes;
  }
  line("  together", bytes_text(all));
  line("  many such prompts", bytes_text(forecast_memory(report.model, tokens).total()));
}

std::string windows_text(const ModelReport& report) {
  std::string text;
  for (size_t window : layer_windows(report))
    text += (text.empty() ? "" : ", ") +
            (window == 0 ? "everything" : std::to_string(window) + " tokens");
  return text.empty() ? "none" : text;
}

// A template is another's text: what would move the terminal's cursor is not printed.
std::string printable(const std::string& text, size_t width) {
  size_t end = std::min(width, text.size());
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  std::string shown = text.substr(0, end);
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return end < text.size() ? shown + " ..." : shown;
}

void template_lines(const ModelReport& report) {
  if (report.chat_template.empty())
    return line("Chat template", "none: prompts go out as they are");
  line("Chat template", "from " + report.model.chat_template);
  constexpr size_t kLines = 6, kWidth = 100;
  std::istringstream text(report.chat_template);
  std::string one;
  for (size_t shown = 0; shown < kLines && std::getline(text, one); ++shown)
    std::cout << "  | " << printable(one, kWidth) << "\n";
  if (std::getline(text, one)) std::cout << "  | ...\n";
}

void print_report(const ModelReport& report, const std::vector<size_t>& lengths) {
  const LocalModel& model = report.model;
  line("Model", model.name);
  line("Path", model.path.string());
  if (!model.adapter_base.empty()) line("Adapter of", model.adapter_base.string());
  line("Architecture", model.architecture);
  if (!model.problem.empty()) line("Cannot run", model.problem);
  for (const Error& problem : report.problems) line("Not read", describe(problem));
  for (const std::string& note : report.notes) line("Note", note);
  line("Weights hash", report.weights_hash.empty() ? "unknown" : report.weights_hash);
  line("Weights", model.weight_type + ", " + std::to_string(model.parameters) + " parameters");
  weights_lines(model);
  line("Context window", model.recurrent ? "none: a state of fixed size"
                                         : std::to_string(model.window_tokens) + " tokens");
  if (!model.recurrent) line("Layers see", windows_text(report));
  line("Tokenizer", report.tokenizer_kind.empty()
                        ? "none can be read"
                        : report.tokenizer_kind + " from " + model.tokenizer + ", " +
                              std::to_string(report.tokenizer_vocabulary) + " tokens");
  template_lines(report);
  line("Keys and values per 1,024 tokens", bytes_text(kv_bytes(model, 1024)));
  for (size_t tokens : lengths) memory_lines(report, tokens);
  if (!report.settings.is_object()) return;
  std::cout << "Settings as they are computed with\n";
  settings_lines("", report.settings);
}

}  // namespace

Result<int> inspect_model_in_full(const Invocation& invocation, const LocalModel& model,
                                  json listed) {
  std::vector<size_t> lengths = {4096, 32768, 131072};
  LOOM_TRY(auto length, invocation.integer("length"));
  if (length && *length < 1)
    return Error{ErrorKind::invalid_input, "must be at least 1", "--length",
                 "Leave it out for three usual lengths"};
  if (length) lengths = {static_cast<size_t>(*length)};
  const ModelReport report =
      report_model(model, {!invocation.has("no_hash"), true}, interrupt_token());
  for (const Error& problem : report.problems)
    if (problem.kind == ErrorKind::cancelled) return problem;
  if (invocation.has("json")) {
    listed.update(to_json(report, lengths));
    print_json(invocation, listed);
  } else {
    print_report(report, lengths);
    std::cout << std::flush;
  }
  return kFinished;
}

}  // namespace loom::cli
