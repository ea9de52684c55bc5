// What is told of a model without loading it: the numbers of its own config.json, what follows from
// them, and the states that the loaded model keeps.
#include "core/models/describe_model.h"

#include <QTest>
#include <set>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

fs::path goldens() {
  return testing::source_folder() / "tests" / "golden";
}

json settings_of(const char* golden) {
  auto described = describe_model(goldens() / "architectures" / golden, false);
  if (!described) qWarning("%s", describe(described.error()).c_str());
  return described ? (*described)["settings"] : json::object();
}

json config_of(const char* golden) {
  return *read_json(goldens() / "architectures" / golden / "config.json");
}

}  // namespace

class DescribeModelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_golden_is_described() {
    size_t models = 0;
    for (const char* place : {"architectures", "gguf", "encoders"})
      for (const auto& entry : fs::directory_iterator(goldens() / place)) {
        const bool file = entry.path().extension() == ".gguf";
        if (!file && !fs::exists(entry.path() / "config.json")) continue;
        const auto described = describe_model(entry.path(), false);
        QVERIFY2(described, described ? "" : describe(described.error()).c_str());
        const json& settings = (*described)["settings"];
        QVERIFY(settings["layers"].get<int64_t>() > 0);
        QCOMPARE(settings["container"].get<std::string>(),
                 std::string(file ? "gguf" : "safetensors"));
        QVERIFY((*described)["weights_hash"].is_null());
        ++models;
      }
    QVERIFY(models > 60);
  }

  void sizes_are_those_of_the_file_data() {
    QTest::addColumn<int>("rotations");
    for (const char* golden : {"llama_llama3", "qwen2", "qwen3_moe", "mistral", "gemma2", "phi3"})
      QTest::newRow(golden) << 1;
  }
  void sizes_are_those_of_the_file() {
    QFETCH(int, rotations);
    const json config = config_of(QTest::currentDataTag()),
               settings = settings_of(QTest::currentDataTag());
    for (auto [ours, theirs] : {std::pair{"layers", "num_hidden_layers"},
                                {"hidden", "hidden_size"},
                                {"heads", "num_attention_heads"},
                                {"kv_heads", "num_key_value_heads"},
                                {"feed_forward", "intermediate_size"},
                                {"vocabulary", "vocab_size"},
                                {"window_tokens", "max_position_embeddings"}})
      QVERIFY2(settings[ours] == config[theirs], ours);
    QCOMPARE(settings["norm_epsilon"].get<double>(), config["rms_norm_eps"].get<double>());
    QCOMPARE(settings["rotations"].size(), static_cast<size_t>(rotations));
    QCOMPARE(settings["by_layer"]["window"].size(), config["num_hidden_layers"].get<size_t>());
  }

  void scalings_have_their_own_numbers_data() {
    QTest::addColumn<QString>("type");
    QTest::newRow("llama_llama3") << QStringLiteral("llama3");
    QTest::newRow("llama_linear") << QStringLiteral("linear");
    QTest::newRow("llama_dynamic") << QStringLiteral("dynamic");
    QTest::newRow("llama_yarn") << QStringLiteral("yarn");
    QTest::newRow("llama_longrope") << QStringLiteral("longrope");
  }
  void scalings_have_their_own_numbers() {
    QFETCH(QString, type);
    const json config = config_of(QTest::currentDataTag());
    const json stored = config.contains("rope_parameters") && !config["rope_parameters"].is_null()
                            ? config["rope_parameters"]
                            : config["rope_scaling"];
    const json scaling = settings_of(QTest::currentDataTag())["rotations"][0]["scaling"];
    QCOMPARE(QString::fromStdString(scaling["type"].get<std::string>()), type);
    if (type == QStringLiteral("longrope")) {
      QVERIFY(scaling["short_divisors"] == stored["short_factor"]);
      QVERIFY(scaling["long_divisors"] == stored["long_factor"]);
    } else {
      QCOMPARE(scaling["factor"].get<double>(), stored["factor"].get<double>());
    }
  }

  void features_are_told() {
    const json gemma2 = settings_of("gemma2"), config2 = config_of("gemma2");
    QVERIFY(gemma2["attention_soft_cap"] == config2["attn_logit_softcapping"]);
    QVERIFY(gemma2["final_soft_cap"] == config2["final_logit_softcapping"]);
    QVERIFY(gemma2["norms_behind_blocks"] == true && gemma2["activation"] == "gelu_tanh");
    const json gemma3 = settings_of("gemma3"), config3 = config_of("gemma3");
    QCOMPARE(gemma3["rotations"].size(), size_t{2});
    std::set<json> windows(gemma3["by_layer"]["window"].begin(),
                           gemma3["by_layer"]["window"].end());
    QVERIFY(windows == (std::set<json>{json(), config3["sliding_window"]}));
    const json moe = settings_of("qwen3_moe"), config_moe = config_of("qwen3_moe");
    QVERIFY(moe["experts"]["count"] == config_moe["num_local_experts"]);
    QVERIFY(moe["experts"]["per_token"] == config_moe["num_experts_per_tok"]);
    const json latent = settings_of("deepseek_v2"), config_latent = config_of("deepseek_v2");
    QVERIFY(latent["latent_attention"]["rank"] == config_latent["kv_lora_rank"]);
    QVERIFY(latent["latent_attention"]["rotary"] == config_latent["qk_rope_head_dim"]);
    QVERIFY(settings_of("qwen2")["latent_attention"].is_null());
    const json mamba = settings_of("mamba");
    QVERIFY(mamba["recurrent"]["state"] == config_of("mamba")["state_size"]);
    QVERIFY(mamba["window_tokens"].is_null() && mamba["by_layer"].is_null());
  }

  // Of every model that is loaded: what it then keeps of a sequence beside keys and values.
  void states_are_those_of_the_loaded_model() {
    size_t with_states = 0;
    for (const char* place : {"architectures", "gguf"})
      for (const auto& entry : fs::directory_iterator(goldens() / place)) {
        const auto opened = open_model(entry.path());
        if (!opened) continue;
        InProcessServer server;
        if (!server.load({entry.path().string()}, {}) || !server.model()) continue;
        const auto& states = server.model()->shape().kv.states;
        QVERIFY2(recurrent_states(opened->config) == states, entry.path().filename().c_str());
        with_states += !states.empty();
      }
    QVERIFY(with_states >= 10);
  }

  void notes_and_hash() {
    testing::TemporaryFolder home;
    const fs::path model = home.path() / "m";
    fs::copy(goldens() / "architectures" / "qwen2", model);
    json config = config_of("qwen2");
    config["dual_chunk_attention_config"] = {{"original_max_position_embeddings", 64}};
    QVERIFY(write_file(model / "config.json", config.dump()));
    auto described = describe_model(model, true);
    QVERIFY2(described, described ? "" : describe(described.error()).c_str());
    QCOMPARE((*described)["notes"].size(), size_t{1});
    QVERIFY((*described)["notes"][0].get<std::string>().find("64 tokens") != std::string::npos);
    InProcessServer server;
    auto loaded = server.load({model.string()}, {});
    QVERIFY(loaded);
    QCOMPARE((*described)["weights_hash"].get<std::string>(), loaded->weights_hash);
    config["auto_map"] = {{"AutoModelForCausalLM", "modeling_own.OwnForCausalLM"}};
    QVERIFY(write_file(model / "config.json", config.dump()));
    described = describe_model(model, false);
    QVERIFY(described && (*described)["notes"].size() == 2);
    QVERIFY((*described)["notes"].dump().find("auto_map names Python code") != std::string::npos);
    config["residual_multiplier"] = 2;
    QVERIFY(write_file(model / "config.json", config.dump()));
    described = describe_model(model, false);
    QVERIFY(!described &&
            described.error().message.find("residual_multiplier") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(DescribeModelTest)
#include "describe_model_test.moc"
