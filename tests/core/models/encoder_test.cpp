// Encoders against transformers (tests/golden/make_encoders.py), as folders and as GGUF files of
// llama.cpp's converter (convert_gguf.py). Tolerance: 1e-4 of a layer's
// range; the embeddings of MiniLM, where it is at hand, at a cosine of at least 0.99999.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "core/servers/engine_client.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

namespace {

fs::path goldens() {
  return testing::source_folder() / "tests" / "golden" / "encoders";
}

std::vector<std::string> texts_of(const nlohmann::json& rows) {
  std::vector<std::string> texts;
  for (const auto& row : rows) texts.push_back(row["text"]);
  return texts;
}

Embeddings encode(ModelServer& server, const EncodeRequest& request) {
  auto made = server.encode(request, {});
  if (!made) qWarning() << describe(made.error()).c_str();
  return made ? *made : Embeddings{};
}

bool same(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

// Texts encoded together, in the other order and each alone.
bool same_bits(ModelServer& server, std::vector<std::string> texts) {
  const Embeddings together = encode(server, {texts, -1, true});
  std::reverse(texts.begin(), texts.end());
  const Embeddings reversed = encode(server, {texts, 3, true});
  for (size_t i = 0; i < texts.size(); ++i) {
    const TextEmbedding &one = together.texts.at(texts.size() - 1 - i), &other = reversed.texts.at(i);
    const Embeddings alone = encode(server, {{texts[i]}, -1, true});
    for (const TextEmbedding* made : {&other, &alone.texts.at(0)})
      if (!same(one.tokens, made->tokens) || !same(one.mean, made->mean)) return false;
  }
  return true;
}

}  // namespace

class EncoderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void hiddenStatesOfEveryLayer_data();
  void hiddenStatesOfEveryLayer();
  void meansHaveLengthOne();
  void throughAnEngineProcess();
  void miniLm();
  void wrongUsesAreNamed();
};

void EncoderTest::hiddenStatesOfEveryLayer_data() {
  QTest::addColumn<QString>("folder");
  QTest::newRow("bert") << "bert";
  QTest::newRow("roberta") << "roberta";
  QTest::newRow("bert.gguf") << "bert.gguf";
  QTest::newRow("roberta.gguf") << "roberta.gguf";
}

void EncoderTest::hiddenStatesOfEveryLayer() {
  QFETCH(QString, folder);
  fs::path model = goldens() / folder.toStdString();
  InProcessServer server;
  auto loaded = server.load({model.string()}, {});
  QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
  QCOMPARE(loaded->window_tokens, size_t{64});
  const fs::path expected = goldens() / fs::path(folder.toStdString()).stem();
  const auto rows = *read_json(expected / "expected.json");
  std::string bytes = *read_file(expected / "states.f32");
  std::vector<float> want(bytes.size() / sizeof(float));
  std::memcpy(want.data(), bytes.data(), bytes.size());
  std::vector<Embeddings> layers;
  for (int layer = 0; layer <= 3; ++layer)
    layers.push_back(encode(server, {texts_of(rows), layer, true}));
  size_t at = 0;
  double worst = 0;
  for (size_t text = 0; text < rows.size(); ++text)
    for (const Embeddings& layer : layers) {
      const TextEmbedding& made = layer.texts.at(text);
      QCOMPARE(made.ids, rows[text]["ids"].get<std::vector<TokenId>>());
      QCOMPARE(made.truncated, rows[text]["truncated"].get<bool>());
      QVERIFY(at + made.tokens.size() <= want.size());
      auto begin = want.begin() + static_cast<long>(at);
      auto [low, high] = std::minmax_element(begin, begin + static_cast<long>(made.tokens.size()));
      for (float value : made.tokens)
        worst = std::max(worst, double(std::abs(value - want[at++]) / (*high - *low)));
    }
  QCOMPARE(at, want.size());
  const bool bits = same_bits(server, texts_of(rows));
  // As conformance/architectures_test prints them, for the same page.
  qInfo("%-14s difference %.1e  top-1 -  greedy -  bits %s", qPrintable(folder), worst,
        bits ? "same" : "DIFFERENT");
  QVERIFY(worst <= 1e-4);
  QVERIFY(bits);
}

void EncoderTest::meansHaveLengthOne() {
  InProcessServer server;
  QVERIFY(server.load({(goldens() / "bert").string()}, {}));
  const auto texts = texts_of(*read_json(goldens() / "bert" / "expected.json"));
  for (const TextEmbedding& one : encode(server, {texts, -1, true}).texts) {
    double length = 0;
    for (float value : one.mean) length += double(value) * double(value);
    QVERIFY(std::abs(length - 1) < 1e-5);
  }
}

void EncoderTest::throughAnEngineProcess() {
  InProcessServer server;
  EngineClient engine(LOOM_ENGINE, "cpu");
  for (ModelServer* one : {static_cast<ModelServer*>(&server), static_cast<ModelServer*>(&engine)})
    QVERIFY(one->load({(goldens() / "bert").string()}, {}));
  std::vector<std::string> texts;
  for (int i = 0; i < 20; ++i) texts.push_back("ship " + std::to_string(i));
  Embeddings here = encode(server, {texts, 2, true}), there = encode(engine, {texts, 2, true});
  QCOMPARE(there.width, here.width);
  QCOMPARE(there.texts.size(), texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    QCOMPARE(there.texts[i].ids, here.texts[i].ids);
    QVERIFY(same(there.texts[i].mean, here.texts[i].mean));
    QVERIFY(same(there.texts[i].tokens, here.texts[i].tokens));
  }
}

void EncoderTest::miniLm() {
  auto folder = testing::extra_model("all-MiniLM-L6-v2");
  if (!folder)
    QSKIP(
        "skipped: build/dependencies/extra-models/all-MiniLM-L6-v2/model.safetensors is missing; "
        "tests/golden/fetch_models.sh gets it");
  InProcessServer server;
  QVERIFY(server.load({folder->string()}, {}));
  const auto rows = *read_json(goldens() / "minilm.json");
  Embeddings made = encode(server, {texts_of(rows)});
  QCOMPARE(made.texts.size(), rows.size());
  double worst = 1;
  for (size_t i = 0; i < rows.size(); ++i) {
    QCOMPARE(made.texts[i].ids, rows[i]["ids"].get<std::vector<TokenId>>());
    worst =
        std::min(worst, cosine(made.texts[i].mean, rows[i]["embedding"].get<std::vector<float>>()));
  }
  qInfo("MiniLM: smallest cosine 1 - %.1e", 1 - worst);
  QVERIFY(worst >= 0.99999);
}

void EncoderTest::wrongUsesAreNamed() {
  auto says = [](const auto& result, const std::string& part) {
    return !result && describe(result.error()).find(part) != std::string::npos;
  };
  InProcessServer server;
  QVERIFY(says(server.encode({{"a"}}, {}), "gives no embeddings"));
  QVERIFY(server.load({(goldens() / "bert").string()}, {}));
  QVERIFY(says(server.encode({{"a"}, 4}, {}), "no layer 4"));
  QVERIFY(says(server.encode({{"a"}, -5}, {}), "no layer -5"));
  GenerationRequest request;
  request.ids = {2, 3};
  QVERIFY(says(server.generate({&request, 1}, {}, {}), "is an encoder"));
  QVERIFY(says(server.logits(request.ids, false, {}), "is an encoder"));
  testing::TemporaryFolder place;
  fs::path model = place.path() / "m";
  fs::copy(goldens() / "bert", model);
  auto fails_with = [&](const char* field, const nlohmann::json& value, const std::string& part) {
    nlohmann::json changed = *read_json(goldens() / "bert" / "config.json");
    changed[field] = value;
    if (!write_file(model / "config.json", changed.dump())) return false;
    return says(InProcessServer().load({model.string()}, {}), part);
  };
  QVERIFY(fails_with("hidden_act", "relu", "hidden_act"));
  QVERIFY(fails_with("position_embedding_type", "relative_key", "position_embedding_type"));
  QVERIFY(fails_with("num_hidden_layers", 2, "encoder.layer.2."));
  QVERIFY(fails_with("num_hidden_layers", 4, "encoder.layer.3."));
  QVERIFY(fails_with("new_feature", 1, "new_feature"));
  QVERIFY(fails_with("num_attention_heads", 0, "attention heads"));
}

QTEST_APPLESS_MAIN(EncoderTest)
#include "encoder_test.moc"
