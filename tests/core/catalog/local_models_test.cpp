#include "core/catalog/local_models.h"

#include <QtTest>

#include "tests/core/catalog/model_folders.h"

namespace fs = std::filesystem;
using loom::testing::kConfig;
using loom::testing::TemporaryFolder;
using loom::testing::write;
using loom::testing::write_model;
using loom::testing::zeros;

class LocalModelsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void defaultModel();
  void folderWithConfig();
  void unsupportedAndIncomplete();
  void recurrentModelsHaveNoWindow();
  void encodersGiveNoAnswers_data();
  void encodersGiveNoAnswers();
  void pickledWeightsAreRefused();
  void brokenFilesAreListedWithTheirProblem();
  void hubCacheIsReadInPlace();
  void namesResolve();
  void everyTokenizerThatIsReadCounts_data();
  void everyTokenizerThatIsReadCounts();
  void textPartOfGemma3();
};

void LocalModelsTest::defaultModel() {
  auto file = loom::testing::default_model();
  if (!file) QSKIP("skipped: the default model has not been fetched");
  auto model = loom::inspect_model(*file);
  QVERIFY(model.has_value());
  QCOMPARE(model->architecture.c_str(), "llama");
  QCOMPARE(model->layers, size_t{30});
  QCOMPARE(model->kv_heads, size_t{3});
  QCOMPARE(model->head_dim, size_t{64});
  QCOMPARE(model->hidden, size_t{576});
  QCOMPARE(model->window_tokens, size_t{8192});
  QCOMPARE(model->vocabulary, size_t{49152});
  QCOMPARE(model->parameters, uint64_t{134515008});
  QCOMPARE(model->weight_type.c_str(), "Q4_1");
  QVERIFY(model->has_chat_template);
  QVERIFY2(model->supported, model->problem.c_str());
}

void LocalModelsTest::folderWithConfig() {
  TemporaryFolder home;
  write_model(home.path() / "tiny");
  auto model = loom::inspect_model(home.path() / "tiny/");
  QVERIFY(model.has_value());
  QCOMPARE(model->name.c_str(), "tiny");
  QCOMPARE(model->parameters, uint64_t{6400});
  QCOMPARE(model->file_bytes, uint64_t{25600});
  QCOMPARE(model->head_dim, size_t{16});
  QCOMPARE(model->kv_heads, size_t{2});
  QCOMPARE(model->weight_type.c_str(), "F32");
  QVERIFY(model->has_chat_template);
  QVERIFY2(model->supported, model->problem.c_str());
}

void LocalModelsTest::unsupportedAndIncomplete() {
  TemporaryFolder home;
  nlohmann::json other = kConfig;
  other["model_type"] = "wholly_new";
  write_model(home.path() / "new", other);
  auto model = loom::inspect_model(home.path() / "new");
  QVERIFY(model.has_value() && !model->supported);
  QVERIFY(model->problem.find("wholly_new") != std::string::npos);

  write_model(home.path() / "bare");
  fs::remove(home.path() / "bare" / "model.safetensors");
  model = loom::inspect_model(home.path() / "bare");
  QVERIFY(model.has_value() && !model->supported && !model->problem.empty());

  for (const char* config : {"", "[]", "{}", "{\"model_type\": 3}", "{\"model_type\": \"llama\"",
                             "{\"model_type\": \"llama\", \"hidden_size\": -5}"}) {
    write(home.path() / "bad" / "config.json", config);
    auto bad = loom::inspect_model(home.path() / "bad");
    QVERIFY(!bad || !bad->supported);
  }
  QVERIFY(loom::inspect_model(home.path() / "nowhere").error().kind == loom::ErrorKind::not_found);
}

// As RWKV's folders are: a vocabulary of their own, a number of heads that means nothing.
void LocalModelsTest::recurrentModelsHaveNoWindow() {
  TemporaryFolder home;
  nlohmann::json config = kConfig;
  config["model_type"] = "rwkv6";
  write_model(home.path() / "finch", config);
  fs::remove(home.path() / "finch" / "tokenizer.json");
  write(home.path() / "finch" / "rwkv_vocab_v20230424.txt", "1 'a' 1\n");
  auto model = loom::inspect_model(home.path() / "finch");
  QVERIFY2(model.has_value() && model->supported, model ? model->problem.c_str() : "");
  QVERIFY(model->recurrent);
  QCOMPARE(model->window_tokens, size_t{0});
  QCOMPARE(loom::forecast_memory(*model, 1).weights, uint64_t{25600});
}

void LocalModelsTest::encodersGiveNoAnswers_data() {
  QTest::addColumn<bool>("answers");
  for (const char* type : {"bert", "roberta", "xlm-roberta"}) QTest::newRow(type) << false;
  for (const char* type : {"llama", "qwen3", "rwkv6"}) QTest::newRow(type) << true;
}

void LocalModelsTest::encodersGiveNoAnswers() {
  QFETCH(bool, answers);
  TemporaryFolder home;
  nlohmann::json config = kConfig;
  config["model_type"] = QTest::currentDataTag();
  write_model(home.path() / "small", config);
  auto model = loom::inspect_model(home.path() / "small");
  QVERIFY2(model.has_value() && model->supported, model ? model->problem.c_str() : "");
  QCOMPARE(model->answers, answers);
  QCOMPARE(model->can_answer(), answers);
  auto asked = loom::resolve_answering_model("small", {home.path()});
  QCOMPARE(asked.has_value(), answers);
  if (!answers) QVERIFY(loom::describe(asked.error()).find("encoder") != std::string::npos);
}

void LocalModelsTest::pickledWeightsAreRefused() {
  TemporaryFolder home;
  write(home.path() / "old" / "RWKV-x060-World.pth", "PK");
  for (const fs::path& path : {home.path() / "old", home.path() / "old" / "RWKV-x060-World.pth"}) {
    auto model = loom::inspect_model(path);
    QVERIFY(!model &&
            loom::describe(model.error()).find("Convert to safetensors") != std::string::npos);
  }
  write(home.path() / "old" / "config.json", kConfig.dump());
  auto model = loom::inspect_model(home.path() / "old");
  QVERIFY(model && model->problem.find("pickled weights") != std::string::npos);
}

void LocalModelsTest::brokenFilesAreListedWithTheirProblem() {
  TemporaryFolder home;
  write(home.path() / "broken.gguf", "GGUF\3");
  write(home.path() / "deep" / "deeper" / "mmproj-x.gguf", "no model");
  fs::create_directory_symlink(home.path(), home.path() / "deep" / "circle");
  auto found = loom::find_models({home.path(), home.path() / "deep"});
  QCOMPARE(found.size(), size_t{1});
  QVERIFY(!found[0].supported && !found[0].problem.empty());
}

void LocalModelsTest::hubCacheIsReadInPlace() {
  TemporaryFolder home;
  const fs::path entry = home.path() / "hub" / "models--some-org--tiny--model";
  write_model(entry / "snapshots" / "aaaa");
  write_model(entry / "snapshots" / "bbbb");
  write(entry / "refs" / "main", "aaaa\n");
  auto found = loom::find_models({home.path()});
  QCOMPARE(found.size(), size_t{1});
  QCOMPARE(found[0].name.c_str(), "some-org/tiny--model");
  QCOMPARE(found[0].path, entry / "snapshots" / "aaaa");

  write(entry / "refs" / "main", "../../../elsewhere");
  QCOMPARE(loom::find_models({home.path()}).size(), size_t{1});
  auto named = loom::resolve_model("hf:some-org/tiny--model", {home.path()});
  QVERIFY(named.has_value());
  QVERIFY(loom::resolve_model("hf:some-org/other", {home.path()}).error().kind ==
          loom::ErrorKind::not_found);
}

void LocalModelsTest::namesResolve() {
  TemporaryFolder home;
  write_model(home.path() / "a" / "Tiny");
  QVERIFY(loom::resolve_model("tiny", {home.path()}).has_value());
  QVERIFY(loom::resolve_model((home.path() / "a" / "Tiny").string(), {}).has_value());
  write_model(home.path() / "b" / "tiny");
  auto twice = loom::resolve_model("tiny", {home.path()});
  QVERIFY(!twice && twice.error().kind == loom::ErrorKind::conflict);
  QVERIFY(!loom::resolve_model("", {home.path()}));
}

void LocalModelsTest::everyTokenizerThatIsReadCounts_data() {
  QTest::addColumn<bool>("supported");
  for (const char* name : {"tokenizer.json", "tokenizer.model", "spiece.model",
                           "sentencepiece.bpe.model", "rwkv_vocab_v20230424.txt"})
    QTest::newRow(name) << true;
  QTest::newRow("vocab.txt") << false;
}

void LocalModelsTest::everyTokenizerThatIsReadCounts() {
  QFETCH(bool, supported);
  TemporaryFolder home;
  write_model(home.path() / "m");
  fs::remove(home.path() / "m" / "tokenizer.json");
  write(home.path() / "m" / QTest::currentDataTag(), "x");
  auto model = loom::inspect_model(home.path() / "m");
  QVERIFY(model.has_value());
  QCOMPARE(model->supported, supported);
  QCOMPARE(model->problem.empty(), supported);
  QCOMPARE(model->tokenizer, std::string(supported ? QTest::currentDataTag() : ""));
}

// As published: fields that the reference fills in are missing, and what sees pictures is beside
// it.
void LocalModelsTest::textPartOfGemma3() {
  TemporaryFolder home;
  write_model(home.path() / "m",
              {{"model_type", "gemma3"},
               {"text_config",
                {{"model_type", "gemma3_text"}, {"hidden_size", 64}, {"num_hidden_layers", 3}}},
               {"vision_config", {{"hidden_size", 1152}}}});
  write(home.path() / "m" / "model.safetensors",
        zeros({{"language_model.model.embed_tokens.weight", "BF16", {100, 64}},
               {"vision_tower.vision_model.encoder.layers.0.mlp.fc1.weight", "BF16", {64, 64}}}));
  auto model = loom::inspect_model(home.path() / "m");
  QVERIFY2(model.has_value() && model->supported, model ? model->problem.c_str() : "");
  QCOMPARE(model->layers, size_t{3});
  QCOMPARE(model->hidden, size_t{64});
  QCOMPARE(model->kv_heads, size_t{4});
  QCOMPARE(model->head_dim, size_t{256});
  QCOMPARE(model->window_tokens, size_t{131072});
  QCOMPARE(model->held_bytes(), uint64_t{2 * 100 * 64});
}

QTEST_APPLESS_MAIN(LocalModelsTest)
#include "local_models_test.moc"
