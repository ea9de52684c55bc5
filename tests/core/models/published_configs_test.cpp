// All published configurations open. A value that would change the arithmetic is still refused by
// the field's name.
#include "tests/core/models/published_configs.h"

#include <QTest>

#include "core/base/text_file.h"
#include "tests/support/test_folders.h"

using namespace loom;
using namespace loom::published;

class PublishedConfigsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void open_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("Llama-3.1-8B") << QByteArray(kLlama3);
    QTest::newRow("Qwen2.5-7B-1M") << QByteArray(kQwen25);
    QTest::newRow("Qwen3-30B-A3B") << QByteArray(kQwen3Moe);
    QTest::newRow("Mistral-Nemo") << QByteArray(kMistralNemo);
    QTest::newRow("glm-4-9b-chat") << QByteArray(kChatGlm);
    QTest::newRow("GLM-4-9B-0414") << QByteArray(kGlm4);
    QTest::newRow("Phi-3-mini-128k") << QByteArray(kPhi3);
    QTest::newRow("Phi-4-mini") << QByteArray(kPhi4Mini);
    QTest::newRow("Command-R7B") << QByteArray(kCohere2);
    QTest::newRow("Nemotron-4-4B") << QByteArray(kNemotron);
    QTest::newRow("DeepSeek-V2-Lite") << QByteArray(kDeepSeekV2);
    QTest::newRow("DeepSeek-V3") << QByteArray(kDeepSeekV3);
    QTest::newRow("gemma-2-9b-it") << QByteArray(kGemma2);
    QTest::newRow("gemma-3-1b-it") << QByteArray(kGemma3);
    QTest::newRow("mamba-130m") << QByteArray(kMamba);
    QTest::newRow("rwkv-5-world") << QByteArray(kRwkv5);
    QTest::newRow("gla-1.3B") << QByteArray(kGla);
    QTest::newRow("Llama-3.1-Nemotron-Nano-4B") << QByteArray(kNemotronNano);
    QTest::newRow("Llama-2-7b") << QByteArray(kLlama2);
    QTest::newRow("Yarn-Mistral-7b") << QByteArray(kYarnMistral);
    QTest::newRow("xlm-roberta-base") << QByteArray(kXlmRoberta);
    QTest::newRow("Qwen3-4B with YaRN, newer form") << QByteArray(kQwen3Yarn);
  }
  void open() {
    QFETCH(QByteArray, text);
    const Read read = read_config(json::parse(text.toStdString()));
    QVERIFY2(read.status.has_value(), read.status ? "" : describe(read.status.error()).c_str());
  }

  void other_values_are_refused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("full_attn_mod") << QByteArray(kPhi4Mini) << QByteArray("full_attn_mod") << QByteArray("2");
    QTest::newRow("interpolate_factor") << QByteArray(kPhi4Mini) << QByteArray("interpolate_factor") << QByteArray("4");
    QTest::newRow("lm_head_bias") << QByteArray(kPhi4Mini) << QByteArray("lm_head_bias") << QByteArray("true");
    QTest::newRow("mlp_bias") << QByteArray(kPhi4Mini) << QByteArray("mlp_bias") << QByteArray("true");
    QTest::newRow("sliding_window_size") << QByteArray(kGemma2) << QByteArray("sliding_window_size") << QByteArray("2048");
    QTest::newRow("kv_channels") << QByteArray(kNemotron) << QByteArray("kv_channels") << QByteArray("96");
    QTest::newRow("rope_percent") << QByteArray(kNemotron) << QByteArray("rope_percent") << QByteArray("0.25");
    QTest::newRow("dual chunks of no length")
        << QByteArray(kQwen25) << QByteArray("dual_chunk_attention_config") << QByteArray("{}");
  }
  void other_values_are_refused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    json object = json::parse(text.toStdString());
    object[field.toStdString()] = json::parse(value.toStdString());
    const Read read = read_config(object);
    QVERIFY(!read.status.has_value());
    QVERIFY2(read.status.error().message.find(field.toStdString()) != std::string::npos, read.status.error().message.c_str());
  }

  // bf16 has 8 binary digits: one plus a small weight would lose most of them.
  void what_stays_fp32_on_a_device() {
    for (const char* text : {kGemma2, kGemma3, kNemotron}) QVERIFY(read_config(json::parse(text)).config.wide_norms);
    for (const char* text : {kDeepSeekV2, kDeepSeekV3})
      QVERIFY(read_config(json::parse(text)).config.experts.wide_router);
    QVERIFY(!read_config(json::parse(kQwen3Moe)).config.experts.wide_router);
    QVERIFY(!read_config(json::parse(kLlama3)).config.wide_norms);
  }

  void other_kinds_of_folders_are_named_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("multimodal") << QByteArray(R"({"model_type":"llava","text_config":{},"vision_config":{}})") << QByteArray("text_config");
    QTest::newRow("vision alone") << QByteArray(R"({"model_type":"gemma3","vision_config":{}})") << QByteArray("vision_config");
    QTest::newRow("own code") << QByteArray(R"({"model_type":"xmodel","auto_map":{"AutoModel":"modeling_x.X"}})")
                              << QByteArray("modeling_x.X");
  }
  void other_kinds_of_folders_are_named() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, word);
    testing::TemporaryFolder folder;
    QVERIFY(write_file(folder.path() / "config.json", text.toStdString()).has_value());
    auto opened = open_model(folder.path());
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.find(word.toStdString()) != std::string::npos, opened.error().message.c_str());
  }
};

QTEST_APPLESS_MAIN(PublishedConfigsTest)
#include "published_configs_test.moc"
