// tokenize, render, logits and generate: doors for checking what the engine does.
#include <algorithm>
#include <fstream>
#include <iostream>

#include "app/cli/interrupt.h"
#include "app/cli/model_inputs.h"
#include "app/cli/plan_flags.h"
#include "app/cli/session.h"
#include "app/cli/tokenize_lines.h"
#include "app/cli/verbs.h"
#include "core/base/bounded_json.h"
#include "core/base/regular_file.h"
#include "core/base/text_file.h"
#include "core/servers/engine_client.h"
#include "core/tokenizer/chat_template.h"
#include "core/tokenizer/tokenizer.h"

namespace loom::cli {
namespace {

// float32 [rows, columns] in numpy's format, version 1.0.
Status write_npy(const std::string& file, const std::vector<float>& values, size_t rows) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                       std::to_string(rows) + ", " + std::to_string(values.size() / rows) + "), }";
  header.append(64 - (10 + header.size() + 1) % 64, ' ');
  header.push_back('\n');
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes.push_back(static_cast<char>(header.size() & 255));
  bytes.push_back(static_cast<char>(header.size() >> 8));
  bytes += header;
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  return write_file(file, bytes);
}

Result<int> tokenize_documents(const Invocation& invocation, const Tokenizer& tokenizer) {
  if (invocation.has("decode"))
    return Error{ErrorKind::invalid_input, "documents are encoded only", "--lines",
                 "Leave --lines or --decode out"};
  const std::string file = invocation.text("file", "-");
  const bool special = invocation.has("special");
  if (file == "-") {
    LOOM_CHECK(tokenize_lines(tokenizer, special, std::cin, "standard input", std::cout));
    return kFinished;
  }
  LOOM_CHECK(check_regular_file(file));
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return Error{ErrorKind::io, "cannot be opened", file, "Give yourself the right to read it"};
  LOOM_CHECK(tokenize_lines(tokenizer, special, in, file, std::cout));
  return kFinished;
}

}  // namespace

Result<int> tokenize(const Invocation& invocation) {
  if (invocation.has("special") && invocation.has("decode"))
    return Error{ErrorKind::invalid_input, "is about encoding", "--special",
                 "Leave it out with --decode"};
  LOOM_TRY(std::string path, model_path(invocation));
  LOOM_TRY(auto tokenizer, load_tokenizer(path));
  if (invocation.has("lines")) return tokenize_documents(invocation, *tokenizer);
  LOOM_TRY(std::string input, read_input(invocation.text("file", "-")));
  if (invocation.has("decode")) {
    auto json = parse_bounded(input);
    LOOM_TRY(auto ids, ids_from(json, invocation.text("file", "standard input")));
    std::string text = tokenizer->decode(ids, false);
    const auto size = static_cast<int64_t>(tokenizer->vocabulary());
    const auto unknown =
        std::count_if(ids.begin(), ids.end(), [size](TokenId id) { return id < 0 || id >= size; });
    if (invocation.has("json")) {
      print_json(invocation, {{"tokenizer", tokenizer->name()},
                              {"count", ids.size()},
                              {"unknown", unknown},
                              {"text", text}});
    } else {
      std::cout << text << std::flush;
    }
    if (unknown > 0)
      std::cerr << unknown << (unknown == 1 ? " id is" : " ids are")
                << " not in this vocabulary and left out\n";
    return kFinished;
  }
  auto ids =
      invocation.has("special") ? tokenizer->encode_with_special(input) : tokenizer->encode(input);
  print_json(invocation, {{"tokenizer", tokenizer->name()}, {"count", ids.size()}, {"ids", ids}});
  return kFinished;
}

Result<int> render(const Invocation& invocation) {
  if (invocation.has("template") && invocation.has("model"))
    return Error{ErrorKind::invalid_input, "only one can be rendered", "--model or --template",
                 "Leave one of the two out"};
  LOOM_TRY(TemplateValues values, template_values(invocation));
  std::string now = invocation.text("now");
  LOOM_CHECK(check_time(now));
  std::string text;
  if (invocation.has("template")) {
    LOOM_TRY(std::string source, read_file(invocation.text("template"), 1 << 20));
    LOOM_TRY(ChatTemplate chat, ChatTemplate::parse(std::move(source)));
    LOOM_TRY(text, chat.render(values, now));
  } else {
    LOOM_TRY(std::string path, model_path(invocation));
    LOOM_TRY(auto format, load_chat_format(path));
    if (!format)
      return Error{ErrorKind::not_found, "the model has no chat template", path,
                   "Give --template FILE"};
    LOOM_TRY(text, render_chat(*format, std::move(values), now));
  }
  if (invocation.has("json")) {
    print_json(invocation, {{"text", text}});
  } else {
    std::cout << text << std::flush;
  }
  return kFinished;
}

Result<int> logits(const Invocation& invocation) {
  if (!invocation.has("output"))
    return Error{ErrorKind::invalid_input, "a file is needed", "--output",
                 "For example --output logits.npy"};
  if (!invocation.has("ids"))
    return Error{ErrorKind::invalid_input, "token ids are needed", "--ids",
                 "A file with JSON such as [1, 2, 3], or what tokenize printed"};
  LOOM_TRY(std::string path, model_path(invocation));
  LOOM_TRY(auto ids, prompt_ids(invocation, path));
  // The model may take minutes to load: what cannot be kept is not computed.
  LOOM_CHECK(check_output(invocation.text("output")));
  EngineClient engine(default_engine_path(), invocation.text("device", "cpu"));
  LOOM_TRY(LoadedModel loaded,
           engine.load({path, invocation.text("device", "cpu"), 0}, interrupt_token()));
  LOOM_TRY(auto values, engine.logits(ids, invocation.has("all"), interrupt_token()));
  size_t rows = invocation.has("all") ? ids.size() : 1;
  LOOM_CHECK(write_npy(invocation.text("output"), values, rows));
  print_json(invocation,
             {{"output", invocation.text("output")}, {"shape", {rows, loaded.vocabulary}}});
  return kFinished;
}

Result<int> generate(const Invocation& invocation) {
  GenerationRequest request;
  LOOM_TRY(auto limit, invocation.integer("max_new_tokens"));
  if (limit && (*limit < 1 || *limit > INT32_MAX))
    return Error{ErrorKind::invalid_input, "must be at least 1", "--max_new_tokens",
                 "Leave it out for 64"};
  request.max_new_tokens = static_cast<int>(limit.value_or(64));
  LOOM_CHECK(read_decoding_flags(invocation, request.decoding));
  request.stop = invocation.texts("stop");
  LOOM_TRY(std::string path, model_path(invocation));
  LOOM_TRY(request.ids, prompt_ids(invocation, path));
  std::string device = invocation.text("device", "cpu");
  EngineClient engine(default_engine_path(), device);
  LOOM_TRY(LoadedModel loaded, engine.load({path, device, 0}, interrupt_token()));
  Result<GenerationResult> answer = Error{ErrorKind::server, "the engine did not answer", path, ""};
  GenerationObserver observer;
  observer.finished = [&answer](uint64_t, Result<GenerationResult> result) {
    answer = std::move(result);
  };
  LOOM_CHECK(engine.generate({&request, 1}, observer, interrupt_token()));
  if (!answer) return answer.error();
  print_json(invocation, {{"ids", answer->ids},
                          {"text", answer->text},
                          {"finish_reason", to_string(answer->finish_reason)},
                          {"tokens_prefilled", answer->tokens_prefilled},
                          {"tokens_reused", answer->tokens_reused},
                          {"peak_memory", answer->peak_memory_bytes},
                          {"timings",
                           {{"prefill_new", answer->timings.prefill_new_s},
                            {"prefill_reused", answer->timings.prefill_reused_s},
                            {"decode", answer->timings.decode_s},
                            {"load", loaded.load_s}}}});
  return kFinished;
}

}  // namespace loom::cli
