#include "core/catalog/local_models.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/base/text_file.h"
#include "tests/support/test_folders.h"

namespace fs = std::filesystem;
using loom::testing::TemporaryFolder;

namespace {

const nlohmann::json kConfig = {{"model_type", "llama"},          {"hidden_size", 64},
                                {"num_hidden_layers", 3},         {"num_attention_heads", 4},
                                {"num_key_value_heads", 2},       {"vocab_size", 100},
                                {"max_position_embeddings", 2048}};

struct Stored {
  const char *name, *type;
  std::vector<size_t> shape;
};

// A safetensors file of zeros.
std::string zeros(const std::vector<Stored>& tensors) {
  nlohmann::json header = nlohmann::json::object();
  size_t at = 0;
  for (const Stored& tensor : tensors) {
    const std::string type = tensor.type;
    size_t bytes = type == "F32" || type == "I32" ? 4 : type == "F8_E4M3" ? 1 : 2;
    for (size_t size : tensor.shape) bytes *= size;
    header[tensor.name] = {
        {"dtype", type}, {"shape", tensor.shape}, {"data_offsets", {at, at + bytes}}};
    at += bytes;
  }
  std::string text = header.dump();
  std::string length(8, '\0');
  for (size_t i = 0; i < 8; ++i) length[i] = static_cast<char>(text.size() >> (8 * i) & 0xFF);
  return length + text + std::string(at, '\0');
}

// One F32 matrix of 100 x 64.
std::string one_matrix() {
  return zeros({{"model.embed_tokens.weight", "F32", {100, 64}}});
}

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  QVERIFY(loom::write_file(file, text).has_value());
}

void write_model(const fs::path& folder, const nlohmann::json& config = kConfig) {
  write(folder / "config.json", config.dump());
  write(folder / "model.safetensors", one_matrix());
  write(folder / "tokenizer.json", "{}");
  write(folder / "tokenizer_config.json", R"({"chat_template": "{{ messages }}"})");
}

}  // namespace

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
  void weightsAreCountedAsTheyAreHeld_data();
  void weightsAreCountedAsTheyAreHeld();
  void adaptersAreCountedMerged();
  void textPartOfGemma3();
  void forecastGrowsByPages();
  void encodersKeepNoKeysAndValues();
  void wideRowsNeedWorkingMemory();
  void forecastOfHugeShapesDoesNotWrap();
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

// Matrices stay as they are stored, vectors become fp32, packed integers fp16, fp8 blocks bf16;
// what reads fp8 without blocks reads fp32.
void LocalModelsTest::weightsAreCountedAsTheyAreHeld_data() {
  using Types = std::vector<Stored>;
  QTest::addColumn<QByteArray>("changes");
  QTest::addColumn<Types>("tensors");
  QTest::addColumn<QString>("type");
  QTest::addColumn<quint64>("parameters");
  QTest::addColumn<quint64>("embedding");
  QTest::addColumn<quint64>("head");
  QTest::addColumn<quint64>("layers");
  QTest::addColumn<quint64>("other");
  const Types plain = {{"model.embed_tokens.weight", "BF16", {100, 64}},
                       {"lm_head.weight", "BF16", {100, 64}},
                       {"model.norm.weight", "BF16", {64}},
                       {"model.layers.0.self_attn.q_proj.weight", "BF16", {64, 64}},
                       {"model.layers.0.self_attn.rotary_emb.inv_freq", "F32", {8}},
                       {"model.layers.3.self_attn.q_proj.weight", "BF16", {64, 64}}};
  const quint64 table = 100 * 64, square = 64 * 64;
  QTest::newRow("bf16") << QByteArrayLiteral("{}") << plain << QStringLiteral("BF16")
                        << 2 * table + 2 * square + 64 + 8 << 2 * table << 2 * table << 2 * square
                        << quint64{4 * 64};
  QTest::newRow("tied") << QByteArrayLiteral(R"({"tie_word_embeddings": true})") << plain
                        << QStringLiteral("BF16") << 2 * table + 2 * square + 64 + 8 << 2 * table
                        << quint64{0} << 2 * square << quint64{4 * 64};
  for (const char* method : {"awq", "gptq"}) {
    // [inputs, outputs / 8] or [inputs / 8, outputs] words of eight 4-bit integers
    const std::vector<size_t> words =
        method[0] == 'a' ? std::vector<size_t>{64, 32} : std::vector<size_t>{8, 256};
    QTest::newRow(method)
        << QByteArray(R"({"quantization_config": {"bits": 4, "quant_method": ")") + method +
               R"("}})"
        << Types{{"model.embed_tokens.weight", "F16", {100, 64}},
                 {"model.layers.1.mlp.up_proj.qweight", "I32", words},
                 {"model.layers.1.mlp.up_proj.qzeros", "I32", {1, 32}},
                 {"model.layers.1.mlp.up_proj.scales", "F16", {1, 256}}}
        << (method[0] == 'a' ? QStringLiteral("AWQ 4-bit") : QStringLiteral("GPTQ 4-bit"))
        << table + 64 * 256 << 2 * table << quint64{0} << quint64{2 * 64 * 256} << quint64{0};
  }
  const Types blocks = {{"model.layers.1.mlp.up_proj.weight", "F8_E4M3", {256, 64}},
                        {"model.layers.1.mlp.up_proj.weight_scale_inv", "F32", {2, 1}}};
  QTest::newRow("fp8") << QByteArrayLiteral(R"({"quantization_config": {"quant_method": "fp8"}})")
                       << blocks << QStringLiteral("F8_E4M3 blocks") << quint64{256 * 64}
                       << quint64{0} << quint64{0} << quint64{2 * 256 * 64} << quint64{0};
  QTest::newRow("encoder") << QByteArrayLiteral(R"({"model_type": "bert"})")
                           << Types{{"embeddings.word_embeddings.weight", "F16", {100, 64}},
                                    {"encoder.layer.0.output.dense.weight", "F16", {64, 64}},
                                    {"pooler.dense.weight", "F16", {64, 64}}}
                           << QStringLiteral("F16") << table + 2 * square << 4 * table << quint64{0}
                           << 4 * square << quint64{0};
}

void LocalModelsTest::weightsAreCountedAsTheyAreHeld() {
  QFETCH(QByteArray, changes);
  QFETCH(std::vector<Stored>, tensors);
  QFETCH(QString, type);
  QFETCH(quint64, parameters);
  QFETCH(quint64, embedding);
  QFETCH(quint64, head);
  QFETCH(quint64, layers);
  QFETCH(quint64, other);
  TemporaryFolder home;
  nlohmann::json config = kConfig;
  config.update(nlohmann::json::parse(changes.toStdString()));
  write_model(home.path() / "m", config);
  write(home.path() / "m" / "model.safetensors", zeros(tensors));
  auto model = loom::inspect_model(home.path() / "m");
  QVERIFY2(model.has_value() && model->supported, model ? model->problem.c_str() : "");
  QCOMPARE(QString::fromStdString(model->weight_type), type);
  QCOMPARE(quint64{model->parameters}, parameters);
  QCOMPARE(quint64{model->weights.embedding}, embedding);
  QCOMPARE(quint64{model->weights.head}, head);
  QCOMPARE(quint64{model->weights.layers}, layers);
  QCOMPARE(quint64{model->weights.other}, other);
  QCOMPARE(quint64{loom::forecast_memory(*model, 1).weights}, embedding + head + layers + other);
  uint64_t held = 0, stored = 0, count = 0;
  for (const loom::StoredType& one : model->weights.types) {
    held += one.held_bytes;
    stored += one.file_bytes;
    count += one.tensors;
  }
  QCOMPARE(held, model->held_bytes());
  QCOMPARE(stored, model->file_bytes);
  QCOMPARE(count, uint64_t{tensors.size()});
}

// What an adapter changes is fp32; its own matrices are gone once they are merged.
void LocalModelsTest::adaptersAreCountedMerged() {
  TemporaryFolder home;
  write_model(home.path() / "base");
  write(home.path() / "base" / "model.safetensors",
        zeros({{"model.embed_tokens.weight", "F16", {100, 64}},
               {"model.layers.0.self_attn.q_proj.weight", "F16", {64, 64}},
               {"model.layers.0.self_attn.k_proj.weight", "F16", {32, 64}}}));
  const fs::path adapter = home.path() / "adapter";
  write(adapter / "adapter_config.json", R"({"base_model_name_or_path": "base"})");
  const std::string name = "base_model.model.model.layers.0.self_attn.q_proj.lora_";
  write(adapter / "adapter_model.safetensors",
        zeros({{(name + "A.weight").c_str(), "F32", {4, 64}},
               {(name + "B.weight").c_str(), "F32", {64, 4}}}));
  auto model = loom::inspect_model(adapter);
  QVERIFY2(model.has_value() && model->supported, model ? model->problem.c_str() : "");
  QCOMPARE(model->weight_type.c_str(), "F16 + LoRA");
  QCOMPARE(model->adapter_base, home.path() / "base");
  QCOMPARE(model->parameters, uint64_t{100 * 64 + 64 * 64 + 32 * 64});
  QCOMPARE(model->weights.layers, uint64_t{4 * 64 * 64 + 2 * 32 * 64});
  QCOMPARE(model->tokenizer.c_str(), "tokenizer.json");
  fs::remove(home.path() / "base" / "tokenizer.json");
  write(adapter / "tokenizer.json", "{}");
  model = loom::inspect_model(adapter);
  QVERIFY2(model.has_value() && model->supported, model ? model->problem.c_str() : "");
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

void LocalModelsTest::encodersKeepNoKeysAndValues() {
  loom::LocalModel model;
  model.answers = false;
  model.layers = 3;
  model.heads = model.kv_heads = 4;
  model.head_dim = 16;
  model.hidden = 64;
  QCOMPARE(loom::forecast_memory(model, 512).kv_cache, uint64_t{0});
  // Of every head three matrices of 512 x 512 scores at least.
  QVERIFY(loom::working_bytes(model, 512) > uint64_t{3 * 4 * 512 * 512 * 4});
}

// A chunk's rows, however long the text before it: attention reads the cache in place.
void LocalModelsTest::wideRowsNeedWorkingMemory() {
  loom::LocalModel model;
  model.layers = 32;
  model.heads = 32;
  model.kv_heads = 8;
  model.head_dim = 128;
  model.hidden = 4096;
  model.feed_forward = 14336;
  const uint64_t chunk = loom::working_bytes(model, 512);
  QCOMPARE(loom::working_bytes(model, 131072), chunk);
  QVERIFY(loom::working_bytes(model, 1) <= chunk);
  model.feed_forward = 8 * 4096;  // 4 rows of hidden size and 3 of 8 times as much, not 18
  QCOMPARE(loom::working_bytes(model, 512) - chunk, uint64_t{10} * 4096 * 4 * 512);
  model.feed_forward = 14336;
  model.latent_width = 576;  // 2 rows of hidden size and 4 of 32 heads, not 18
  QCOMPARE(loom::working_bytes(model, 512) - chunk,
           (2ull * 4096 + 4ull * 32 * 576 - 18ull * 4096) * 4 * 512);
}

void LocalModelsTest::forecastGrowsByPages() {
  loom::LocalModel model;
  model.parameters = 1000;
  model.file_bytes = 2300;
  model.layers = 30;
  model.kv_heads = 3;
  model.head_dim = 64;
  model.hidden = 576;
  const uint64_t page = 2ull * 30 * 3 * 64 * 4 * 512;
  constexpr uint64_t kLeast = 256ull << 20;  // nothing smaller is worth saving
  QCOMPARE(loom::forecast_memory(model, 1).kv_cache, kLeast);
  // One sequence beyond that is taken as it is, by whole pages.
  QCOMPARE(loom::forecast_memory(model, 100 * 512).kv_cache, 100 * page);
  QCOMPARE(loom::forecast_memory(model, 100 * 512 + 1).kv_cache, 101 * page);
  // Sequences below it are decoded together until their part is full.
  QCOMPARE(loom::forecast_memory(model, 8 * 512).kv_cache, (kLeast / (8 * page) + 1) * 8 * page);
  QCOMPARE(loom::forecast_memory(model, 1).weights, uint64_t{2300});
  QVERIFY(loom::forecast_memory(model, 1).workspace > 0);
}

void LocalModelsTest::forecastOfHugeShapesDoesNotWrap() {
  loom::LocalModel model;
  model.parameters = model.file_bytes = model.layers = model.kv_heads = model.head_dim =
      model.hidden = UINT64_MAX / 3;
  QVERIFY(loom::forecast_memory(model, SIZE_MAX).total() > uint64_t{1} << 60);
}

QTEST_APPLESS_MAIN(LocalModelsTest)
#include "local_models_test.moc"
