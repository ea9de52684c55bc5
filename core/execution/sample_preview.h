// The first samples of a task as one model would get them, before any run: the command line's
// `benchmarks sample` and the Benchmarks page.
#pragma once

#include "core/catalog/catalog.h"
#include "core/catalog/local_models.h"
#include "core/evaluation/sample.h"

namespace loom {

struct PreviewRequest {
  const Catalog* catalog = nullptr;
  std::string benchmark, task;         // no task: the first
  size_t length_tokens = 0;            // 0: the benchmark's default lengths
  size_t samples = 1;                  // for each length
  std::filesystem::path model;         // where its tokenizer and chat template are
  std::string chat_template = "auto";  // as in a plan
  std::filesystem::path data_folder;
};

struct SamplePreview {
  std::string id;
  size_t length_tokens = 0;
  Prompt prompt;  // with the chat wrapper, ids and what was cut
  std::vector<std::string> references;
  TruncationRule truncation = TruncationRule::middle;  // where the prompt was cut
};

Result<std::vector<SamplePreview>> preview_samples(const PreviewRequest& request,
                                                   std::stop_token stop);

}  // namespace loom
