// What the hub's tests share: a server of our own with a data set, and a fresh cache.
#pragma once

#include "core/base/hash.h"
#include "core/hub/fetch_files.h"
#include "core/hub/hub_cache.h"
#include "core/hub/list_repo.h"
#include "tests/support/hub_server.h"
#include "tests/support/test_folders.h"

namespace loom::testing {

inline const HubRepo kRepo{HubRepo::dataset, "org/data"};

inline std::string noise(size_t bytes, unsigned seed) {
  std::string text(bytes, '\0');
  for (char& c : text) c = static_cast<char>('a' + (seed = seed * 1664525u + 1013904223u) % 26);
  return text;
}

// A server with one small and one large file, a fresh cache, and patience for tests.
struct Bench {
  HubServer server;
  TemporaryFolder folder;
  HubSettings settings;
  std::string small = noise(5000, 1), large = noise(300000, 2);

  Bench() {
    server.add_file("datasets", "org/data", "a/small.jsonl", small, false);
    server.add_file("datasets", "org/data", "large.zip", large, true);
    settings.endpoint = server.url();
    settings.cache = folder.path() / "hub";
    settings.first_wait = std::chrono::milliseconds(5);
    settings.stall_time = std::chrono::seconds(2);
    settings.attempts = 3;
  }

  Result<std::vector<std::filesystem::path>> fetch(const std::string& only = "",
                                                   std::stop_token stop = {},
                                                   const WatchFetch& watch = {}) {
    LOOM_TRY(const HubListing listing, list_hub_repo(settings, kRepo, stop));
    std::vector<HubFile> files = listing.files;
    std::erase_if(files, [&](const HubFile& file) { return !only.empty() && file.path != only; });
    return fetch_hub_files(settings, kRepo, listing, files, watch, stop);
  }
  HubFile large_file() const { return {"large.zip", large.size(), sha256(large)}; }
  HubCache cache() const { return {settings.cache, kRepo}; }
};

inline std::string problem(const Result<std::vector<std::filesystem::path>>& result) {
  return result ? "" : describe(result.error());
}

}  // namespace loom::testing
