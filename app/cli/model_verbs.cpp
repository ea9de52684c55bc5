// tokenize, render, logits and generate: doors for checking what the engine does.
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/cli/interrupt.h"
#include "app/cli/plan_flags.h"
#include "app/cli/session.h"
#include "app/cli/tokenize_lines.h"
#include "app/cli/verbs.h"
#include "core/base/bounded_json.h"
#include "core/base/text_file.h"
#include "core/catalog/local_models.h"
#include "core/servers/engine_client.h"
#include "core/tokenizer/chat_template.h"
#include "core/tokenizer/tokenizer.h"

namespace loom::cli {
namespace {

Result<std::string> read_input(const std::string& file) {
  if (file.empty() || file == "-")
    return std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  return read_file(file);
}

Result<std::string> model_path(const Invocation& invocation) {
  std::string given = invocation.text("model");
  if (given.empty()) return Error{ErrorKind::invalid_input, "a model is needed", "--model", ""};
  std::error_code ignored;
  if (std::filesystem::exists(given, ignored)) return given;
  LOOM_TRY(LocalModel model, resolve_model(given, model_folders(invocation)));
  return model.path.string();
}

Result<std::vector<TokenId>> ids_from(const nlohmann::json& json, const std::string& where) {
  const nlohmann::json& list = json.is_object() && json.contains("ids") ? json["ids"] : json;
  if (!list.is_array())
    return Error{ErrorKind::invalid_input, "is not a list of token ids", where, ""};
  std::vector<TokenId> ids;
  for (const auto& item : list) {
    if (!item.is_number_integer() || item.get<int64_t>() < 0 || item.get<int64_t>() > INT32_MAX)
      return Error{ErrorKind::invalid_input, "holds something that is not a token id", where, ""};
    ids.push_back(item.get<TokenId>());
  }
  if (ids.empty()) return Error{ErrorKind::invalid_input, "holds no token ids", where, ""};
  return ids;
}

Result<std::vector<TokenId>> prompt_ids(const Invocation& invocation, const std::string& path) {
  if (invocation.has("ids")) {
    LOOM_TRY(auto json, read_json(invocation.text("ids")));
    return ids_from(json, invocation.text("ids"));
  }
  if (!invocation.has("prompt_file"))
    return Error{ErrorKind::invalid_input, "a prompt is needed", "--ids or --prompt_file", ""};
  LOOM_TRY(std::string text, read_input(invocation.text("prompt_file")));
  LOOM_TRY(auto tokenizer, load_tokenizer(path));
  return tokenizer->encode_with_special(text);
}

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
    return Error{ErrorKind::invalid_input, "documents are encoded only", "--lines", ""};
  const std::string file = invocation.text("file", "-");
  const bool special = invocation.has("special");
  if (file == "-") {
    LOOM_CHECK(tokenize_lines(tokenizer, special, std::cin, "standard input", std::cout));
    return kFinished;
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{ErrorKind::not_found, "cannot be opened", file, ""};
  LOOM_CHECK(tokenize_lines(tokenizer, special, in, file, std::cout));
  return kFinished;
}

}  // namespace

Result<int> tokenize(const Invocation& invocation) {
  LOOM_TRY(std::string path, model_path(invocation));
  LOOM_TRY(auto tokenizer, load_tokenizer(path));
  if (invocation.has("lines")) return tokenize_documents(invocation, *tokenizer);
  LOOM_TRY(std::string input, read_input(invocation.text("file", "-")));
  if (invocation.has("decode")) {
    auto json = parse_bounded(input);
    LOOM_TRY(auto ids, ids_from(json, invocation.text("file", "standard input")));
    std::string text = tokenizer->decode(ids, false);
    if (invocation.has("json")) {
      print_json(invocation,
                 {{"tokenizer", tokenizer->name()}, {"count", ids.size()}, {"text", text}});
    } else {
      std::cout << text << std::flush;
    }
    return kFinished;
  }
  auto ids =
      invocation.has("special") ? tokenizer->encode_with_special(input) : tokenizer->encode(input);
  print_json(invocation, {{"tokenizer", tokenizer->name()}, {"count", ids.size()}, {"ids", ids}});
  return kFinished;
}

Result<int> render(const Invocation& invocation) {
  TemplateValues values = TemplateValues::object();
  if (invocation.has("context")) {
    LOOM_TRY(std::string text, read_input(invocation.text("context")));
    values = TemplateValues::parse(text, nullptr, false);
    if (!values.is_object())
      return Error{ErrorKind::invalid_input, "is not a JSON object", invocation.text("context"),
                   ""};
  }
  std::string now = invocation.text("now");
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
    if (!values.contains("bos_token")) values["bos_token"] = format->bos_token;
    if (!values.contains("eos_token")) values["eos_token"] = format->eos_token;
    LOOM_TRY(text, format->chat.render(values, now));
  }
  if (invocation.has("json")) {
    print_json(invocation, {{"text", text}});
  } else {
    std::cout << text << std::flush;
  }
  return kFinished;
}

Result<int> logits(const Invocation& invocation) {
  LOOM_TRY(std::string path, model_path(invocation));
  LOOM_TRY(auto ids, prompt_ids(invocation, path));
  if (!invocation.has("output"))
    return Error{ErrorKind::invalid_input, "a file is needed", "--output", ""};
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
  LOOM_TRY(std::string path, model_path(invocation));
  GenerationRequest request;
  LOOM_TRY(request.ids, prompt_ids(invocation, path));
  LOOM_TRY(auto limit, invocation.integer("max_new_tokens"));
  if (limit && (*limit < 1 || *limit > INT32_MAX))
    return Error{ErrorKind::invalid_input, "must be at least 1", "--max_new_tokens", ""};
  request.max_new_tokens = static_cast<int>(limit.value_or(64));
  LOOM_CHECK(read_decoding_flags(invocation, request.decoding));
  request.stop = invocation.texts("stop");
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
