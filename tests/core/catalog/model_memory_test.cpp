// What a model's weights, keys and values and working memory take, forecast from its files.
#include <QtTest>

#include "core/catalog/local_models.h"
#include "tests/core/catalog/model_folders.h"

namespace fs = std::filesystem;
using loom::testing::kConfig;
using loom::testing::Stored;
using loom::testing::TemporaryFolder;
using loom::testing::write;
using loom::testing::write_model;
using loom::testing::zeros;

class ModelMemoryTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void weightsAreCountedAsTheyAreHeld_data();
  void weightsAreCountedAsTheyAreHeld();
  void adaptersAreCountedMerged();
  void forecastGrowsByPages();
  void encodersKeepNoKeysAndValues();
  void wideRowsNeedWorkingMemory();
  void forecastOfHugeShapesDoesNotWrap();
};

// Matrices stay as they are stored, vectors become fp32, packed integers fp16, fp8 blocks bf16;
// what reads fp8 without blocks reads fp32.
void ModelMemoryTest::weightsAreCountedAsTheyAreHeld_data() {
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

void ModelMemoryTest::weightsAreCountedAsTheyAreHeld() {
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
void ModelMemoryTest::adaptersAreCountedMerged() {
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

void ModelMemoryTest::encodersKeepNoKeysAndValues() {
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
void ModelMemoryTest::wideRowsNeedWorkingMemory() {
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

void ModelMemoryTest::forecastGrowsByPages() {
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

void ModelMemoryTest::forecastOfHugeShapesDoesNotWrap() {
  loom::LocalModel model;
  model.parameters = model.file_bytes = model.layers = model.kv_heads = model.head_dim =
      model.hidden = UINT64_MAX / 3;
  QVERIFY(loom::forecast_memory(model, SIZE_MAX).total() > uint64_t{1} << 60);
}

QTEST_APPLESS_MAIN(ModelMemoryTest)
#include "model_memory_test.moc"
