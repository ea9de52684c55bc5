// Log probabilities of continuations against transformers in fp32
// (tests/golden/make_likelihoods.py). Tolerance: 1e-4 of the perplexity they make. Sums are
// equal to the last bit whatever was cached or asked beside.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "core/servers/engine_client.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

namespace {

fs::path golden(const char* name) {
  return testing::source_folder() / "tests" / "golden" / name;
}

std::vector<LikelihoodRequest> requests_of(const nlohmann::json& rows) {
  std::vector<LikelihoodRequest> requests;
  for (const auto& row : rows)
    requests.push_back({requests.size(), row["prompt"].get<std::vector<TokenId>>(), 0,
                        row["continuation"].get<std::vector<TokenId>>()});
  return requests;
}

// By id; a request that failed is left out.
std::map<uint64_t, Likelihood> likelihoods(ModelServer& server,
                                           const std::vector<LikelihoodRequest>& requests) {
  std::map<uint64_t, Likelihood> found;
  auto status = server.likelihoods(requests,
                                   [&](uint64_t id, Result<Likelihood> result) {
                                     if (result)
                                       found[id] = *result;
                                     else
                                       qWarning() << describe(result.error()).c_str();
                                   },
                                   {});
  if (!status) qWarning() << describe(status.error()).c_str();
  return found;
}

bool same_bits(double a, double b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

void compare(const fs::path& model, const char* name) {
  InProcessServer server;
  auto loaded = server.load({model.string()}, {});
  QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
  const auto rows = (*read_json(golden("likelihoods.json")))[name]["rows"];
  QVERIFY(rows.size() > 3);
  const auto found = likelihoods(server, requests_of(rows));
  QCOMPARE(found.size(), rows.size());
  double worst = 0;
  for (const auto& [id, one] : found) {
    const double want = rows[id]["log_probability"];
    const auto tokens = static_cast<double>(rows[id]["continuation"].size());
    QCOMPARE(static_cast<double>(one.tokens), tokens);
    worst = std::max(worst, std::abs(std::expm1((want - one.log_probability) / tokens)));
  }
  qInfo("%s: largest relative difference of a perplexity %.1e", name, worst);
  QVERIFY(worst <= 1e-4);
}

}  // namespace

class LikelihoodTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tinyLlama();
  void smolLm2();
  void sameBitsWhateverTheCacheAndTheOrder();
  void throughAnEngineProcess();
  void wrongUsesAreNamed();
};

void LikelihoodTest::tinyLlama() {
  compare(golden("tiny_llama"), "tiny_llama");
}

void LikelihoodTest::smolLm2() {
  auto model = testing::default_model();
  if (!model) QSKIP("skipped: the default model is not here");
  compare(*model, "smollm2");
}

// One document of 700 tokens with two questions, three continuations each, one of them across a
// page's end.
void LikelihoodTest::sameBitsWhateverTheCacheAndTheOrder() {
  std::vector<TokenId> document, tail;
  for (int i = 0; i < 700; ++i) document.push_back(3 + i * 7 % 50);
  for (int i = 0; i < 340; ++i) tail.push_back(3 + i * 11 % 50);
  std::vector<LikelihoodRequest> requests;
  for (TokenId question : {5, 9})
    for (size_t tokens : {size_t{1}, size_t{4}, tail.size()}) {
      LikelihoodRequest request{
          requests.size(), document, 690, {tail.begin(), tail.begin() + static_cast<long>(tokens)}};
      request.prompt.push_back(question);
      requests.push_back(request);
    }
  InProcessServer together;
  QVERIFY(together.load({golden("tiny_llama").string()}, {}));
  const auto cold = likelihoods(together, requests);
  QCOMPARE(cold.size(), requests.size());
  QVERIFY(cold.at(0).log_probability < 0);
  const auto warm = likelihoods(together, requests);
  size_t reused = 0;
  for (const auto& [id, one] : warm) {
    QVERIFY(same_bits(one.log_probability, cold.at(id).log_probability));
    reused += one.tokens_reused;
  }
  QVERIFY(reused > 0);
  auto reversed = requests;
  std::reverse(reversed.begin(), reversed.end());
  InProcessServer other;
  QVERIFY(other.load({golden("tiny_llama").string()}, {}));
  // An answer to the same document before fills the cache in another way.
  GenerationRequest before;
  before.ids = requests[3].prompt;
  before.context_end = 690;
  before.max_new_tokens = 3;
  QVERIFY(other.generate({&before, 1}, {}, {}));
  for (const auto& [id, one] : likelihoods(other, reversed))
    QVERIFY(same_bits(one.log_probability, cold.at(id).log_probability));
  for (const LikelihoodRequest& request : requests) {
    InProcessServer alone;
    QVERIFY(alone.load({golden("tiny_llama").string()}, {}));
    const auto one = likelihoods(alone, {request});
    QVERIFY(same_bits(one.at(request.id).log_probability, cold.at(request.id).log_probability));
  }
}

void LikelihoodTest::throughAnEngineProcess() {
  const auto rows = (*read_json(golden("likelihoods.json")))["tiny_llama"]["rows"];
  auto requests = requests_of(rows);
  requests[0].id = 77;  // ids are the caller's
  LikelihoodRequest sibling = requests[1];
  sibling.id = 78;
  sibling.continuation = {3};
  requests.push_back(sibling);
  InProcessServer server;
  EngineClient engine(LOOM_ENGINE, "cpu");
  for (ModelServer* one : {static_cast<ModelServer*>(&server), static_cast<ModelServer*>(&engine)})
    QVERIFY(one->load({golden("tiny_llama").string()}, {}));
  const auto here = likelihoods(server, requests), there = likelihoods(engine, requests);
  QCOMPARE(here.size(), requests.size());
  QCOMPARE(there.size(), requests.size());
  for (const auto& [id, one] : there)
    QVERIFY(same_bits(one.log_probability, here.at(id).log_probability));
  std::stop_source stopped;
  stopped.request_stop();
  auto status = engine.likelihoods(
      requests, [](uint64_t, Result<Likelihood>) {}, stopped.get_token());
  QVERIFY(!status && status.error().kind == ErrorKind::cancelled);
  QCOMPARE(likelihoods(engine, requests).size(), requests.size());
}

void LikelihoodTest::wrongUsesAreNamed() {
  InProcessServer server;
  LikelihoodRequest request{0, {3, 4}, 0, {5}};
  auto says = [&](const std::string& part) {
    std::string said;
    auto status = server.likelihoods({&request, 1},
                                     [&](uint64_t, Result<Likelihood> result) {
                                       said = result ? "a number" : describe(result.error());
                                     },
                                     {});
    if (!status) said = describe(status.error());
    if (said.find(part) == std::string::npos) qWarning() << said.c_str();
    return said.find(part) != std::string::npos;
  };
  QVERIFY(says("no model is loaded"));
  QVERIFY(server.load({golden("encoders/bert").string()}, {}));
  QVERIFY(says("is an encoder"));
  QVERIFY(server.load({golden("tiny_llama").string()}, {}));
  QVERIFY(says("a number"));
  request.continuation = {};
  QVERIFY(says("continuation has no tokens"));
  request.continuation = {-1};
  QVERIFY(says("not in the vocabulary"));
  request.continuation = {1 << 30};
  QVERIFY(says("not in the vocabulary"));
  request.continuation.assign(size_t{1} << 20, 3);
  QVERIFY(says("the window"));
  request.prompt = {};
  QVERIFY(says("prompt has no tokens"));
  // A server that gives none refuses by name, whatever it can do else.
  struct Silent : ModelServer {
    Result<LoadedModel> load(const LoadRequest&, std::stop_token) override { return LoadedModel{}; }
    Status generate(std::span<const GenerationRequest>, const GenerationObserver&,
                    std::stop_token) override {
      return {};
    }
  } silent;
  auto refused = silent.likelihoods({&request, 1}, [](uint64_t, Result<Likelihood>) {}, {});
  QVERIFY(!refused && refused.error().kind == ErrorKind::unsupported &&
          refused.error().message.find("no log probabilities") != std::string::npos);
}

QTEST_APPLESS_MAIN(LikelihoodTest)
#include "likelihood_test.moc"
