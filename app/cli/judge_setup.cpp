#include "app/cli/judge_setup.h"

#include <cmath>
#include <cstdlib>
#include <iostream>

#include "app/cli/interrupt.h"
#include "core/catalog/local_models.h"
#include "core/judge/chat_endpoint.h"
#include "core/judge/judging.h"
#include "core/judge/local_judge.h"

namespace loom::cli {
namespace {

constexpr int64_t kMostParallel = 64;

// A key on the command line would stand in the list of processes and in the shell's history.
Result<std::string> key_from_environment(const Invocation& invocation) {
  const std::string name = invocation.text("judge_key_env");
  if (name.empty()) return std::string();
  const char* value = std::getenv(name.c_str());
  if (value && *value) return std::string(value);
  return Error{ErrorKind::invalid_input, "the environment variable is not set", "--judge_key_env",
               "Put the key into it: export " + name + "=..."};
}

Result<std::unique_ptr<JudgeModel>> endpoint(const Invocation& invocation) {
  EndpointSettings settings;
  settings.base_url = invocation.text("judge_url");
  settings.model = invocation.text("judge_name");
  LOOM_TRY(const auto parallel, invocation.integer("judge_parallel"));
  if (parallel && (*parallel < 1 || *parallel > kMostParallel))
    return Error{ErrorKind::invalid_input, "goes from 1 to " + std::to_string(kMostParallel),
                 "--judge_parallel", "Leave it out for 4"};
  if (parallel) settings.parallel = static_cast<size_t>(*parallel);
  LOOM_TRY(settings.key, key_from_environment(invocation));
  LOOM_TRY(auto judge, ChatEndpoint::create(std::move(settings)));
  if (judge->sends_key_in_the_clear())
    std::cerr << "Warning: the key goes to " << invocation.text("judge_url")
              << " without encryption" << std::endl;
  return std::unique_ptr<JudgeModel>(std::move(judge));
}

Result<std::unique_ptr<JudgeModel>> local(const Invocation& invocation, const Session& session) {
  LOOM_TRY(const LocalModel model,
           resolve_answering_model(invocation.text("judge_model"), model_folders(invocation)));
  const std::string path = model.path.string();
  const std::string device = invocation.text("device", "cpu");
  LOOM_TRY(auto server, session.environment.make_server({"local", {}}, device));
  LOOM_TRY(auto judge, LocalJudge::load(std::move(server), path, device, interrupt_token()));
  return std::unique_ptr<JudgeModel>(std::move(judge));
}

Result<std::unique_ptr<JudgeModel>> judge_model(const Invocation& invocation,
                                                const Session& session) {
  const bool by_url = invocation.has("judge_url");
  if (by_url == invocation.has("judge_model"))
    return Error{ErrorKind::invalid_input, by_url ? "two judges are named" : "a judge is needed",
                 "--judge_model, --judge_url",
                 "Give --judge_model MODEL, or --judge_url URL and --judge_name MODEL"};
  return by_url ? endpoint(invocation) : local(invocation, session);
}

Result<std::optional<TokenPrices>> prices(const Invocation& invocation) {
  LOOM_TRY(const auto input, invocation.number("price_in"));
  LOOM_TRY(const auto output, invocation.number("price_out"));
  if (!input && !output) return std::optional<TokenPrices>();
  const TokenPrices prices{input.value_or(0), output.value_or(0)};
  if (std::isfinite(prices.input) && std::isfinite(prices.output) && prices.input >= 0 &&
      prices.output >= 0)
    return std::optional(prices);
  return Error{ErrorKind::invalid_input, "prices are numbers from 0 on", "--price_in, --price_out",
               "For example --price_in 0.5 --price_out 1.5"};
}

}  // namespace

Result<JudgeSetup> judge_setup(const Invocation& invocation, const Session& session) {
  JudgeSetup setup;
  LOOM_TRY(setup.prices, prices(invocation));
  LOOM_TRY(const auto limit, invocation.integer("limit"));
  if (limit && *limit < 1)
    return Error{ErrorKind::invalid_input, "must be at least 1", "--limit",
                 "Leave it out for every sample"};
  setup.limit = static_cast<size_t>(limit.value_or(0));
  LOOM_TRY(setup.model, judge_model(invocation, session));
  setup.cache = std::make_unique<VerdictCache>(verdict_file(*setup.model));
  return setup;
}

}  // namespace loom::cli
