#include "app/cli/custom_verbs.h"
#include "app/cli/gate.h"
#include "app/cli/plan_flags.h"
#include "app/cli/score_metric.h"
#include "app/cli/verbs.h"

namespace loom::cli {
namespace {

std::vector<Option> with_plan(std::vector<Option> more) {
  std::vector<Option> options = plan_options();
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

// Also of `estimate`, so that a line of `run` can be asked first what it would cost.
std::vector<Option> run_options() {
  return with_plan({{"output_dir", "DIR", "where files are written"},
                    {"dry", nullptr, "only say what it would cost"},
                    gate_option()});
}

std::vector<Option> with_custom(std::vector<Option> options) {
  for (const Option& option : custom_options()) options.push_back(option);
  return options;
}

std::vector<Option> with_metric(std::vector<Option> options) {
  for (const Option& option : score_metric_options()) options.push_back(option);
  return options;
}

const Option kOutput{"output_dir", "DIR", "where files are written"};
const Option kModel{"model", "MODEL", "model folder, tokenizer.json or GGUF file"};
const Option kIds{"ids", "FILE", "JSON list of token ids"};
const Option kOffline{"offline", nullptr, "ask nothing of the network"};
const Option kDevice{"device", "DEVICE", "cpu or cuda:0"};

}  // namespace

const std::vector<Option>& common_options() {
  static const std::vector<Option> options = {
      {"json", nullptr, "one JSON object on standard output"},
      {"pretty", nullptr, "JSON over several lines"},
      {"store", "FILE", "history to use instead of the user's own"},
      {"data_folder", "DIR", "official benchmark files, one folder per benchmark"},
      {"models_folder", "DIR", "more folders to look for models in", true},
      {"memory_limit", "SIZE", "what an engine may take of the main memory, for example 2G"},
      {"help", nullptr, "this text"}};
  return options;
}

const std::vector<Command>& all_commands() {
  static const std::vector<Command> commands = {
      {"run", "[PLAN]", "evaluate a plan file, or what the flags say", run_options(), run_plan},
      {"resume",
       "[RUN]",
       "go on with a run; without a number the latest unfinished one",
       {{"failed", nullptr, "ask the samples that failed again, also of a finished run"},
        kOutput,
        gate_option()},
       resume_run},
      {"score", "[RUN | FILE]", "score predictions made elsewhere, or a run again",
       with_metric(
           {{"benchmark", "ID", "whose rules apply, where the files do not say it"},
            {"task", "ID", "likewise"},
            {"predictions", "PATH", "file or folder of predictions, of any shape that is known"},
            {"rules", "SET", "how answers are scored: official, loomscope-0.8, as-published"},
            {"strip_thinking", nullptr, "score only what follows </think> in an answer"},
            {"references", "FILE", "JSONL with references by id"},
            {"samples", nullptr, "also print every sample"},
            {"limit", "N", "perplexity: at most so many samples of each task and length"},
            {"device", "DEVICE", "perplexity: cpu or cuda:0"}}),
       score_predictions},
      {"judge",
       "RUN | --pairwise RUN_A RUN_B",
       "let a model grade a run's answers, or compare two runs'",
       {{"judge_model", "MODEL", "a local model as judge"},
        {"judge_url", "URL", "an OpenAI-compatible server as judge, up to its version: .../v1"},
        {"judge_name", "MODEL", "the judge's name on that server"},
        {"judge_key_env", "NAME", "environment variable that holds the server's key"},
        {"judge_parallel", "N", "questions asked of that server at once; 4"},
        {"rubric", "RUBRIC",
         "task (the tasks' own), correct, grade (1-10), grade5 (0-5) or quality"},
        {"pairwise", nullptr, "which of two runs' answers is better, asked in both orders"},
        {"limit", "N", "at most so many samples of each task and length"},
        {"price_in", "X", "price of a million prompt tokens, for the cost"},
        {"price_out", "X", "price of a million answer tokens"},
        {"samples", nullptr, "with --json also every verdict"},
        kDevice},
       judge_runs},
      {"ls",
       "",
       "list the runs",
       {{"search", "TEXT", "only runs with this text"},
        {"tag", "TEXT", "only runs with this tag"},
        {"state", "STATE", "only finished, waiting or failed runs, or one state by its name"},
        {"limit", "N", "at most so many; 50"}},
       list_runs},
      {"show",
       "RUN",
       "one run in numbers",
       {{"mean", "RULE", "mean of benchmarks, capabilities or tasks, or weighted by samples"},
        gate_option()},
       show_run},
      {"compare",
       "RUN RUN ...",
       "paired differences of runs on the samples they share",
       {},
       compare_runs},
      {"export",
       "RUN",
       "write a run as files",
       {kOutput,
        {"format", "FORMAT",
         "report, loomrun, lm-eval, helmet, loom-scope, csv, jsonl, latex, markdown"},
        {"chart", "CHART", "radar, latency, length, heatmap"},
        {"as", "FORMAT", "svg, pdf, png; tex (pgfplots)"},
        {"width", "MM", "84 is a column, 174 a page"},
        {"import", nullptr, "read a .loomrun file instead"}},
       export_run},
      {"estimate", "[PLAN]", "what a plan will cost", run_options(), estimate_plan},
      {"validate",
       "FILE ...",
       "check plans, benchmark configurations, prompts, registry files or a registry folder",
       {},
       validate_files},
      {"models",
       "ls|add|inspect|remove",
       "models on this machine; add brings hf:ORG/NAME[@REVISION] from the hub",
       {{"file", "TEXT", "which GGUF file of the repository: a part of its name"},
        {"length", "TOKENS",
         "inspect: memory for prompts of this length, instead of three lengths"},
        {"no_hash", nullptr, "inspect: leave out the weights' hash, which reads whole files once"},
        kOffline},
       models},
      {"benchmarks", "ls|inspect|fetch|sample|add|remove|metrics",
       "benchmarks, their data and their rendered prompts; add takes your own",
       with_custom({{"optional", nullptr, "also fetch official files that are made here otherwise"},
                    kOffline,
                    {"task", "ID", "task to sample"},
                    kModel,
                    {"n", "K", "how many"},
                    {"length", "TOKENS", "prompt length"},
                    {"template", "TEXT",
                     "add: prompt with {question} and the like, or @FILE; sample: chat template, "
                     "auto|none|FILE"}}),
       benchmarks},
      {"tokenize",
       "",
       "text to token ids and back",
       {kModel,
        {"file", "FILE", "- is standard input"},
        {"special", nullptr, "add what the tokenizer adds"},
        {"lines", nullptr, "a document a line: JSON string, {\"text\"} or {\"base64\"}"},
        {"decode", nullptr, "from a JSON list of ids to text"}},
       tokenize},
      {"render",
       "",
       "render a chat template",
       {kModel,
        {"template", "FILE", "a template instead of the model's"},
        {"context", "FILE", "JSON with messages, tools and other values"},
        {"now", "TIME", "fixes the clock, ISO 8601"}},
       render},
      {"logits",
       "",
       "logits of token ids as a .npy file",
       {kModel,
        kIds,
        {"output", "FILE", "float32, numpy format"},
        {"all", nullptr, "every position"},
        kDevice},
       logits},
      {"generate",
       "",
       "answer one prompt",
       {kModel,
        kIds,
        {"prompt_file", "FILE", "text, sent as it is"},
        {"max_new_tokens", "N", "64 unless told"},
        {"temperature", "X", "0 is greedy"},
        {"top_k", "N", "sample among the N likeliest tokens; 0 is all"},
        {"top_p", "X", "sample among tokens that hold this probability; 1 is all"},
        {"min_p", "X", "leave out tokens below this share of the likeliest"},
        {"repetition_penalty", "X", "above 1 lowers what prompt and answer hold already"},
        {"seed", "N", "the same seed and prompt give the same answer"},
        {"stop", "TEXT", "ends the answer", true},
        kDevice},
       generate},
      {"doctor", "", "what this machine has and what is missing", {}, doctor}};
  return commands;
}

}  // namespace loom::cli
