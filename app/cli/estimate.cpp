#include "app/cli/estimate.h"

#include <cmath>
#include <iostream>

#include "app/cli/interrupt.h"
#include "app/cli/plan_flags.h"
#include "app/cli/verbs.h"
#include "core/execution/run_estimate.h"

namespace loom::cli {
namespace {

nlohmann::json json_of(const ScoringPasses& scoring, bool measured) {
  return {{"references", scoring.references},
          {"reference_tokens", scoring.reference_tokens},
          {"texts", scoring.texts},
          {"text_tokens", scoring.text_tokens},
          {"seconds", measured ? nlohmann::json(scoring.seconds) : nlohmann::json()}};
}

void print_scoring(const RunEstimate& estimate) {
  const ScoringPasses& scoring = estimate.scoring;
  if (scoring.references > 0)
    std::cout << "the tested model also reads " << scoring.references << " references of "
              << scoring.reference_tokens << " tokens behind the prompts\n";
  if (scoring.texts > 0)
    std::cout << "an encoder reads " << scoring.texts << " texts of " << scoring.text_tokens
              << " tokens and takes " << (estimate.encoder_bytes >> 20) << " MiB of the memory\n";
  if (scoring.any() && estimate.seconds)
    std::cout << "that is about " << std::lround(scoring.seconds) << " s of the time\n";
}

nlohmann::json json_of(const RunEstimate& estimate) {
  nlohmann::json jobs = nlohmann::json::array();
  for (const JobEstimate& one : estimate.per_job)
    jobs.push_back(
        {{"benchmark", one.job.benchmark_id},
         {"task", one.job.task},
         {"length",
          one.job.length_tokens > 0 ? nlohmann::json(one.job.length_tokens) : nlohmann::json()},
         {"samples", one.samples},
         {"tokens", one.tokens},
         {"shared_tokens", one.shared_tokens},
         {"truncated", one.truncated},
         {"remembered", one.remembered},
         {"scoring", json_of(one.scoring, estimate.seconds.has_value())},
         {"seconds", estimate.seconds ? nlohmann::json(one.seconds) : nlohmann::json()}});
  return {{"samples", estimate.samples},
          {"tokens", estimate.tokens},
          {"shared_share", estimate.shared_share},
          {"remembered", estimate.remembered},
          {"scoring", json_of(estimate.scoring, estimate.seconds.has_value())},
          {"seconds", estimate.seconds ? nlohmann::json(*estimate.seconds) : nlohmann::json()},
          {"seconds_at_most",
           estimate.seconds_at_most ? nlohmann::json(*estimate.seconds_at_most) : nlohmann::json()},
          {"memory", estimate.memory_bytes},
          {"encoder_memory", estimate.encoder_bytes},
          {"memory_free", estimate.memory_free_bytes},
          {"fits", estimate.fits},
          {"warnings", estimate.warnings},
          {"per_job", jobs}};
}

}  // namespace

Result<int> print_estimate(const EvaluationPlan& plan, const Session& session,
                           const Invocation& invocation) {
  std::cerr << "Building prompts and, the first time, measuring this machine" << std::endl;
  LOOM_TRY(RunEstimate estimate, estimate_run(plan, session.environment, true, interrupt_token()));
  if (invocation.has("json")) {
    print_json(invocation, json_of(estimate));
    return kFinished;
  }
  std::cout << estimate.per_job.size() << " jobs, " << estimate.samples << " samples, "
            << estimate.tokens << " prompt tokens, "
            << static_cast<int>(estimate.shared_share * 100 + 0.5) << " % of them shared\n";
  if (estimate.seconds)
    std::cout << "about " << std::lround(*estimate.seconds) << " s, at most "
              << std::lround(*estimate.seconds_at_most) << " s\n";
  if (estimate.remembered > 0)
    std::cout << estimate.remembered << " answers are those of earlier runs\n";
  print_scoring(estimate);
  std::cout << (estimate.memory_bytes >> 20) << " MiB needed, "
            << (estimate.memory_free_bytes >> 20)
            << " MiB free: " << (estimate.fits ? "fits" : "does not fit") << std::endl;
  for (const std::string& warning : estimate.warnings) std::cout << warning << std::endl;
  return kFinished;
}

Result<int> estimate_plan(const Invocation& invocation) {
  LOOM_TRY(auto session, open_to_estimate(invocation));
  auto plan = plan_from(invocation, session->catalog);
  if (!plan) return refuse(invocation, plan.error());
  if (Status ready = check_run(*plan, session->environment); !ready)
    return refuse(invocation, ready.error());
  return print_estimate(*plan, *session, invocation);
}

}  // namespace loom::cli
