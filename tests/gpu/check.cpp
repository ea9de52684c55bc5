#include "tests/gpu/check.h"

#include <algorithm>
#include <cstdio>

#include "core/base/random.h"

namespace loom::gpu {

void Report::row(const std::string& check, const std::string& what, bool fine, const std::string& figures) {
  std::printf("%-4s %-12s %-28s %s\n", fine ? "ok" : "FAIL", check.c_str(), what.c_str(), figures.c_str());
  std::fflush(stdout);
  failed += !fine;
}

std::unique_ptr<InProcessServer> open_server(const std::filesystem::path& model, const std::string& device) {
  auto server = std::make_unique<InProcessServer>();
  if (auto loaded = server->load({model.string(), device, 0}, {}); !loaded) {
    std::printf("FAIL %s: %s\n", model.filename().c_str(), describe(loaded.error()).c_str());
    return nullptr;
  }
  return server;
}

std::vector<std::filesystem::path> golden_folders(const Settings& settings) {
  std::vector<std::filesystem::path> folders;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(settings.goldens, ignored))
    if (std::filesystem::exists(entry.path() / "config.json")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<TokenId> random_ids(size_t count, size_t vocabulary, uint64_t seed) {
  Random random(seed, "gpu checks");
  std::vector<TokenId> ids(count);
  for (TokenId& id : ids) id = static_cast<TokenId>(random.below(vocabulary));
  return ids;
}

std::vector<Result<GenerationResult>> answers(ModelServer& server, std::vector<GenerationRequest> requests,
                                              std::vector<std::string>* notices) {
  std::vector<Result<GenerationResult>> results(requests.size(), Error{ErrorKind::internal, "no answer", "", ""});
  for (size_t i = 0; i < requests.size(); ++i) {
    requests[i].id = i;
    requests[i].ignore_eos = true;
  }
  GenerationObserver observer;
  observer.finished = [&](uint64_t id, Result<GenerationResult> result) { results[id] = std::move(result); };
  observer.notice = [&](const std::string& text) {
    if (notices) notices->push_back(text);
  };
  if (auto status = server.generate(requests, observer, {}); !status) std::puts(describe(status.error()).c_str());
  return results;
}

}  // namespace loom::gpu
