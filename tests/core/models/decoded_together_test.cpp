// Which answers are decoded together, where a document takes more memory than those that wait may
// hold.
#include <QtTest>

#include "core/base/cache_budget.h"
#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

constexpr size_t kDocument = 10 * kPageTokens;

std::unique_ptr<InProcessServer> server_with_a_long_window(const std::filesystem::path& folder) {
  const auto model = folder / "model";
  std::filesystem::copy(testing::source_folder() / "tests/golden/tiny_llama", model,
                        std::filesystem::copy_options::recursive);
  auto config = *read_json(model / "config.json");
  config["max_position_embeddings"] = 4 * kDocument;
  if (!write_file(model / "config.json", config.dump())) return nullptr;
  InProcessServer sizes;
  if (!sizes.load({model.string(), "cpu", 0}, {})) return nullptr;
  GeneratorLimits limits;  // half of it for answers that wait: nine pages
  limits.memory_bytes = 2 * 9 * sequence_bytes(*sizes.model(), 1);
  auto server = std::make_unique<InProcessServer>(limits);
  if (!server->load({model.string(), "cpu", 0}, {})) return nullptr;
  return server;
}

// How many have begun when the first is finished.
size_t begun_before_the_first_ends(InProcessServer& server, bool one_document) {
  std::vector<GenerationRequest> requests;
  for (uint64_t i = 0; i < 5; ++i) {
    GenerationRequest request;
    request.id = i;
    for (uint64_t t = 0; t < kDocument; ++t)
      request.ids.push_back(static_cast<TokenId>(3 + (t * 7 + (one_document ? 0 : i)) % 40));
    request.context_end = kDocument;
    request.ids.push_back(static_cast<TokenId>(10 + i));
    request.max_new_tokens = 3;
    request.ignore_eos = true;
    requests.push_back(request);
  }
  server.generator()->prefixes().clear();
  size_t begun = 0, seen = 0;
  GenerationObserver observer;
  observer.started = [&](uint64_t) { ++begun; };
  observer.finished = [&](uint64_t, Result<GenerationResult> result) {
    if (result && seen == 0) seen = begun;
  };
  return server.generate(requests, observer, {}) ? seen : 0;
}

}  // namespace

class DecodedTogetherTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void questionsOnOneDocumentAreAnsweredTogether() {
    testing::TemporaryFolder folder;
    auto server = server_with_a_long_window(folder.path());
    QVERIFY(server);
    QCOMPARE(begun_before_the_first_ends(*server, true), size_t{5});
    QCOMPARE(begun_before_the_first_ends(*server, false), size_t{1});
  }
};

QTEST_GUILESS_MAIN(DecodedTogetherTest)
#include "decoded_together_test.moc"
