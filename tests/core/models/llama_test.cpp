// Against transformers in fp32 (tests/golden/make_smollm2.py, make_tiny_llama.py). Tolerance: 1e-4 of
// the logits' range, top token equal.
#include <QtTest>
#include <cmath>
#include <cstring>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "tests/gpu/check.h"
#include "tests/support/test_folders.h"

using namespace loom;

class LlamaTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void tinyModelWithEveryFeature();
  void penaltiesAndEndsAreThoseOfTheReference();
  void smollm2Logits();
  void smollm2Answers();
  void sameBitsWhateverTheCacheAndTheBatch();
  void brokenFoldersAreNamed();
};

namespace {

std::filesystem::path golden(const char* name) { return testing::source_folder() / "tests" / "golden" / name; }

std::unique_ptr<InProcessServer> server_for(const std::filesystem::path& model) {
  auto server = std::make_unique<InProcessServer>();
  auto loaded = server->load({model.string(), "cpu", 0}, {});
  if (!loaded) qWarning() << describe(loaded.error()).c_str();
  return loaded ? std::move(server) : nullptr;
}

std::vector<GenerationResult> answers(ModelServer& server, const std::vector<GenerationRequest>& requests) {
  std::vector<GenerationResult> results(requests.size());
  GenerationObserver observer;
  observer.finished = [&](uint64_t id, Result<GenerationResult> result) {
    if (result) results[id] = *result;
  };
  auto status = server.generate(requests, observer, {});
  if (!status) qWarning() << describe(status.error()).c_str();
  return results;
}

}  // namespace

void LlamaTest::tinyModelWithEveryFeature() {
  auto server = server_for(golden("tiny_llama"));
  QVERIFY(server);
  auto expected = read_json(golden("tiny_llama/expected.json"));
  auto ids = (*expected)["ids"].get<std::vector<TokenId>>();
  auto values = server->logits(ids, true, {});
  QVERIFY(values.has_value());
  std::string npy = *read_file(golden("tiny_llama/logits.npy"));
  size_t width = values->size() / ids.size();
  auto positions = (*expected)["positions"].get<std::vector<size_t>>();
  const char* data = npy.data() + npy.size() - positions.size() * width * sizeof(float);
  double worst = 0, range = 0;
  for (size_t p = 0; p < positions.size(); ++p)
    for (size_t i = 0; i < width; ++i) {
      float want;
      std::memcpy(&want, data + (p * width + i) * sizeof want, sizeof want);
      worst = std::max<double>(worst, std::abs(want - (*values)[positions[p] * width + i]));
      range = std::max<double>(range, 2 * std::abs(want));
    }
  qInfo() << "tiny llama: max difference" << worst << "of range" << range;
  QVERIFY(worst <= 1e-4 * range);
  auto best = (*expected)["argmax"].get<std::vector<long>>();
  for (size_t p = 0; p < ids.size(); ++p) {
    auto row = values->begin() + static_cast<long>(p * width);
    QCOMPARE(std::max_element(row, row + static_cast<long>(width)) - row, best[p]);
  }
}

// Expected: transformers' generate() on the same model with repetition_penalty, eos_token_id and
// min_new_tokens.
void LlamaTest::penaltiesAndEndsAreThoseOfTheReference() {
  using Ids = std::vector<TokenId>;
  auto server = server_for(golden("tiny_llama"));
  QVERIFY(server);
  auto prompt = (*read_json(golden("tiny_llama/expected.json")))["ids"].get<Ids>();
  prompt.resize(40);
  struct Case {
    double penalty;
    Ids ends;
    int least;
    Ids answer;
  };
  const std::vector<Case> cases = {
      {0, {}, 0, {59, 23, 48, 16, 16, 16, 79, 79, 79, 80, 48, 16, 114, 38, 16, 79}},
      {2, {}, 0, {59, 23, 48, 16, 79, 115, 13, 49, 146, 64, 10, 84, 25, 148, 18, 105}},
      {1.3, {}, 0, {59, 23, 48, 16, 79, 115, 48, 10, 48, 16, 64, 84, 25, 148, 84, 25}},
      {0, {48}, 0, {59, 23}},
      {0, {48}, 4, {59, 23, 59, 59, 23, 16, 79, 79, 79, 80}}};
  std::vector<GenerationRequest> requests;
  for (const Case& one : cases) {
    GenerationRequest request;
    request.id = requests.size();
    request.ids = prompt;
    request.max_new_tokens = 16;
    request.decoding.repetition_penalty = one.penalty;
    request.end_tokens = one.ends;
    request.min_new_tokens = one.least;
    requests.push_back(std::move(request));
  }
  const auto results = answers(*server, requests);
  // The model's configuration names two end tokens.
  GenerationRequest several = requests[3];
  several.id = 0;
  several.ends_for_several = true;
  QCOMPARE(answers(*server, {several})[0].ids, cases[3].answer);
  for (size_t i = 0; i < cases.size(); ++i) {
    QCOMPARE(results[i].ids, cases[i].answer);
    const bool ended = !cases[i].ends.empty();
    QCOMPARE(results[i].finish_reason,
             ended ? FinishReason::end_of_text : FinishReason::token_limit);
  }
}

void LlamaTest::smollm2Logits() {
  auto model = testing::default_model();
  if (!model) QSKIP("skipped: the default model is not here");
  auto server = server_for(*model);
  QVERIFY(server);
  auto expected = read_json(golden("smollm2.json"));
  double worst = 0;
  for (const auto& prompt : (*expected)["prompts"]) {
    auto ids = prompt["ids"].get<std::vector<TokenId>>();
    auto values = server->logits(ids, true, {});
    QVERIFY(values.has_value());
    size_t width = values->size() / ids.size(), equal = 0;
    for (size_t p = 0; p < ids.size(); ++p) {
      const float* row = values->data() + p * width;
      equal += std::max_element(row, row + width) - row == prompt["argmax"][p].get<long>();
    }
    QVERIFY(static_cast<double>(equal) >= 0.999 * static_cast<double>(ids.size()));
    for (const auto& [key, position] : prompt["positions"].items()) {
      const float* row = values->data() + std::stoul(key) * width;
      double range = position["max"].get<double>() - position["min"].get<double>();
      for (const char* kind : {"top", "probe"})
        for (size_t i = 0; i < position[kind].size(); ++i) {
          double want = position[kind][i].get<double>();
          auto id = position[std::string(kind) + "_ids"][i].get<size_t>();
          worst = std::max(worst, std::abs(want - static_cast<double>(row[id])) / range);
        }
    }
  }
  qInfo() << "SmolLM2: max difference" << worst << "of the range";
  QVERIFY(worst <= 1e-4);
}

void LlamaTest::smollm2Answers() {
  auto model = testing::default_model();
  if (!model) QSKIP("skipped: the default model is not here");
  auto server = server_for(*model);
  QVERIFY(server);
  auto expected = read_json(golden("smollm2.json"));
  std::vector<GenerationRequest> requests;
  for (const auto& row : (*expected)["answers"]) {
    GenerationRequest request;
    request.id = requests.size();
    request.ids = row["ids"].get<std::vector<TokenId>>();
    request.max_new_tokens = 24;
    requests.push_back(request);
  }
  auto results = answers(*server, requests);
  size_t equal = 0;
  for (size_t i = 0; i < results.size(); ++i)
    equal += results[i].ids == (*expected)["answers"][i]["answer"].get<std::vector<TokenId>>();
  qInfo() << equal << "of" << results.size() << "greedy answers equal the reference";
  QCOMPARE(equal, results.size());
}

void LlamaTest::sameBitsWhateverTheCacheAndTheBatch() {
  auto model = testing::default_model();
  if (!model) QSKIP("skipped: the default model is not here");
  auto expected = read_json(golden("smollm2.json"));
  auto document = (*expected)["prompts"][3]["ids"].get<std::vector<TokenId>>();
  std::vector<GenerationRequest> requests;
  for (int i = 0; i < 5; ++i) {
    GenerationRequest request;
    request.id = static_cast<uint64_t>(i);
    request.ids = document;
    request.context_end = document.size();
    for (int k = 0; k <= 3 * i; ++k) request.ids.push_back(1000 + 37 * i + k);
    request.max_new_tokens = 12;
    request.ignore_eos = true;
    request.decoding.temperature = i % 2 ? 0.8 : 0;
    request.decoding.seed = 5;
    requests.push_back(request);
  }
  auto server = server_for(*model);
  QVERIFY(server);
  QVERIFY(gpu::compare_bits(*server, {530}, {5, 40}).same());
  std::vector<std::vector<TokenId>> alone;
  for (const auto& request : requests) {
    server->generator()->prefixes().clear();
    GenerationRequest single = request;
    single.id = 0;
    alone.push_back(answers(*server, {single})[0].ids);
  }
  auto together = answers(*server, requests);
  QVERIFY(together[1].tokens_reused > 0);
  std::vector<GenerationRequest> reversed(requests.rbegin(), requests.rend());
  auto warm = answers(*server, reversed);
  for (size_t i = 0; i < requests.size(); ++i) {
    QCOMPARE(together[i].ids, alone[i]);
    QCOMPARE(warm[i].ids, alone[i]);
  }
}

void LlamaTest::brokenFoldersAreNamed() {
  testing::TemporaryFolder folder;
  std::filesystem::copy(golden("tiny_llama"), folder.path() / "m", std::filesystem::copy_options::recursive);
  InProcessServer server;
  auto fails_with = [&](const char* part) {
    auto loaded = server.load({(folder.path() / "m").string(), "cpu", 0}, {});
    return !loaded && describe(loaded.error()).find(part) != std::string::npos;
  };
  auto config = *read_json(folder.path() / "m/config.json");
  auto put = [&](const nlohmann::json& changed) { QVERIFY(write_file(folder.path() / "m/config.json", changed.dump()).has_value()); };
  auto changed = config;
  changed["num_hidden_layers"] = 1;
  put(changed);
  QVERIFY(fails_with("model.layers.1."));
  changed["num_hidden_layers"] = 3;
  put(changed);
  QVERIFY(fails_with("model.layers.2."));
  changed = config;
  changed["hidden_size"] = 40;
  put(changed);
  QVERIFY(fails_with("shape"));
  changed = config;
  changed["model_type"] = "unheard-of";
  put(changed);
  QVERIFY(fails_with("unheard-of"));
  changed = config;
  changed["rope_parameters"]["rope_type"] = "spiral";
  put(changed);
  QVERIFY(fails_with("spiral"));
  QVERIFY(!server.load({(folder.path() / "nothing").string(), "cpu", 0}, {}).has_value());
}

QTEST_APPLESS_MAIN(LlamaTest)
#include "llama_test.moc"
