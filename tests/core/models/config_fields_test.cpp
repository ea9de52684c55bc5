// Fields of a configuration that stand beside others, disagree with them or are left out.
#include <QTest>

#include "core/base/text_file.h"
#include "tests/core/models/published_configs.h"
#include "tests/support/test_folders.h"

using namespace loom;
using namespace loom::published;

class ConfigFieldsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // The reference's Gemma3TextConfig fills in what is not there; every sixth layer sees everything.
  void the_text_part_is_read() {
    const Read read = read_config(text_part(json::parse(kGemma3Parts)));
    QVERIFY2(read.status.has_value(), read.status ? "" : describe(read.status.error()).c_str());
    const ModelConfig& config = read.config;
    QCOMPARE(config.layers, int64_t{34});
    QCOMPARE(config.hidden, int64_t{2560});
    QCOMPARE(config.heads, int64_t{8});
    QCOMPARE(config.kv_heads, int64_t{4});
    QCOMPARE(config.head_dim, int64_t{256});
    QCOMPARE(config.vocabulary, int64_t{262208});
    QCOMPARE(config.window_tokens, int64_t{131072});
    QCOMPARE(config.attention_scale, 1.0 / 16);
    QCOMPARE(config.ropes[0].linear_factor, 8.0);
    QCOMPARE(config.ropes[0].theta, 1e6);
    QCOMPARE(config.ropes[1].linear_factor, 1.0);
    QCOMPARE(config.ropes[1].theta, 1e4);
    for (size_t i = 0; i < 34; ++i)
      QCOMPARE(config.plan[i].window, int64_t{i % 6 == 5 ? 0 : 1024});
    QVERIFY(config.tied_head);
  }

  // rope_parameters took the place of rope_scaling; the original length beside counts more than inside.
  void rotary_objects_that_disagree_are_refused() {
    json object = json::parse(kQwen3Yarn);
    object["rope_scaling"] = object["rope_parameters"];
    QVERIFY(read_config(object).status.has_value());
    object["rope_scaling"]["factor"] = 2.0;
    const Read read = read_config(object);
    QVERIFY(!read.status.has_value());
    for (const char* name : {"rope_parameters", "rope_scaling"})
      QVERIFY2(read.status.error().message.find(name) != std::string::npos, read.status.error().message.c_str());
    json gemma = json::parse(kGemma3);
    gemma["rope_parameters"] = {{"rope_type", "linear"}, {"factor", 8.0}};
    const Read flat = read_config(gemma);
    QVERIFY(!flat.status.has_value());
    QVERIFY2(flat.status.error().message.find("full_attention") != std::string::npos, flat.status.error().message.c_str());
  }
  void the_original_length_beside_counts() {
    json object = json::parse(kQwen3Yarn);
    QCOMPARE(read_config(object).config.ropes[0].yarn->original_window, 32768.0);
    object["original_max_position_embeddings"] = 8192;
    QCOMPARE(read_config(object).config.ropes[0].yarn->original_window, 8192.0);
  }

  // Published both as true and as false; the reference does not read it.
  void how_other_programs_share_an_embedding_is_all_one() {
    json object = json::parse(kCohere2);
    for (const bool shared : {true, false}) {
      object["use_parallel_embedding"] = shared;
      QVERIFY(read_config(object).status.has_value());
    }
  }

  // Numbers of the reference's configuration classes (transformers 5.24).
  void what_is_left_out_is_as_the_class_has_it() {
    auto without = [](const char* text, std::initializer_list<const char*> fields) {
      json object = json::parse(text);
      for (const char* field : fields) object.erase(field);
      const Read read = read_config(text_part(object));
      if (!read.status) qWarning("%s", describe(read.status.error()).c_str());
      return read.config;
    };
    ModelConfig config = without(kMistralNemo, {"sliding_window", "num_key_value_heads"});
    QCOMPARE(config.plan[0].window, int64_t{4096});
    QCOMPARE(config.kv_heads, int64_t{8});
    QCOMPARE(without(kMistralNemo, {}).plan[0].window, int64_t{0});  // null says none
    json qwen = json::parse(kQwen25);
    qwen["use_sliding_window"] = true;
    qwen["num_hidden_layers"] = 30;
    config = without(qwen.dump().c_str(), {"sliding_window", "max_window_layers"});
    QCOMPARE(config.plan[27].window, int64_t{0});
    QCOMPARE(config.plan[28].window, int64_t{4096});
    config = without(kGemma2, {"head_dim", "query_pre_attn_scalar", "attn_logit_softcapping", "final_logit_softcapping"});
    QCOMPARE(config.head_dim, int64_t{256});
    QCOMPARE(config.attention_scale, 1.0 / 16);
    QCOMPARE(config.attention_soft_cap, 50.0);
    QCOMPARE(config.final_soft_cap, 30.0);
    QCOMPARE(without(kGemma3, {}).attention_soft_cap, 0.0);
    config = without(kGlm4, {"head_dim", "num_key_value_heads", "rms_norm_eps"});
    QCOMPARE(config.head_dim, int64_t{128});
    QCOMPARE(config.kv_heads, int64_t{2});
    QCOMPARE(config.norm_epsilon, 1.5625e-07);
    config = without(kPhi3, {"original_max_position_embeddings"});
    QCOMPARE(config.ropes[0].longrope->original_window, int64_t{4096});
    config = without(kDeepSeekV3, {"n_shared_experts", "topk_group"});
    QCOMPARE(config.experts.shared_feed_forward, int64_t{2048});
    QCOMPARE(config.experts.groups_used, int64_t{4});
  }

  // In the reference's mixtures of experts the window is in every layer.
  void windows_of_experts_are_everywhere() {
    json object = json::parse(kQwen3Moe);
    object["use_sliding_window"] = true;
    object["sliding_window"] = 4096;
    const Read read = read_config(object);
    QVERIFY(read.status.has_value());
    for (const LayerPlan& layer : read.config.plan) QCOMPARE(layer.window, int64_t{4096});
  }

  // Published RWKV models are often one such file and nothing else.
  void a_pickled_model_without_a_config_is_told() {
    testing::TemporaryFolder folder;
    QVERIFY(write_file(folder.path() / "RWKV-x060-World.pth", "x").has_value());
    auto opened = open_model(folder.path());
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.find("pickled") != std::string::npos, opened.error().message.c_str());
    QVERIFY(opened.error().remedy.find("safetensors") != std::string::npos);
  }

  // Older programs wrote every default: how answers are chosen is for a plan to say, and what
  // would be another kind of model is refused.
  void defaults_written_out_are_read() {
    testing::TemporaryFolder folder;
    const auto golden = testing::source_folder() / "tests" / "golden" / "architectures";
    std::filesystem::copy(golden / "llama_linear", folder.path() / "m");
    const json given = *read_json(folder.path() / "m" / "config.json");
    auto problem_with = [&](const json& more) {
      json object = given;
      object.update(more);
      if (!write_file(folder.path() / "m" / "config.json", object.dump())) return std::string("not written");
      auto opened = open_model(folder.path() / "m");
      return opened ? std::string() : opened.error().message;
    };
    QCOMPARE(problem_with({{"is_encoder_decoder", false}, {"add_cross_attention", false}, {"pruned_heads", json::object()},
                           {"temperature", 1.0}, {"top_k", 50}, {"num_beams", 1}, {"do_sample", false}}),
             std::string());
    for (const json& more : {json{{"is_encoder_decoder", true}}, json{{"add_cross_attention", true}},
                             json{{"pruned_heads", {{"0", {1}}}}}}) {
      const std::string problem = problem_with(more);
      QVERIFY2(problem.find(more.begin().key()) != std::string::npos, problem.c_str());
    }
  }

  // transformers ties only what is equal, or what is stored once.
  void a_stored_head_that_differs_is_not_tied() {
    testing::TemporaryFolder folder;
    const auto golden = testing::source_folder() / "tests" / "golden" / "architectures";
    std::filesystem::copy(golden / "llama_linear", folder.path() / "two");
    json object = *read_json(folder.path() / "two" / "config.json");
    object["tie_word_embeddings"] = true;
    QVERIFY(write_file(folder.path() / "two" / "config.json", object.dump()).has_value());
    auto opened = open_model(folder.path() / "two");
    QVERIFY(opened.has_value());
    QVERIFY(!opened->config.tied_head);
    QCOMPARE(opened->config.notes.size(), size_t{1});
    QVERIFY(load_model(*opened, {}).has_value());
  }
  void a_tied_head_may_be_stored_in_the_embeddings_place() {
    testing::TemporaryFolder folder;
    const auto golden = testing::source_folder() / "tests" / "golden" / "architectures";
    std::filesystem::copy(golden / "qwen2", folder.path() / "one");
    std::string bytes = *read_file(folder.path() / "one" / "model.safetensors");
    const std::string stored = "\"model.embed_tokens.weight\"", head = "\"lm_head.weight\"";
    const size_t at = bytes.find(stored);
    QVERIFY(at != std::string::npos);
    bytes.replace(at, stored.size(), head + std::string(stored.size() - head.size(), ' '));
    QVERIFY(write_file(folder.path() / "one" / "model.safetensors", bytes).has_value());
    auto opened = open_model(folder.path() / "one");
    QVERIFY(opened.has_value());
    QVERIFY(opened->config.tied_head);
    auto loaded = load_model(*opened, {});
    QVERIFY2(loaded.has_value(), loaded ? "" : describe(loaded.error()).c_str());
  }

  void dual_chunks_are_off_up_to_the_trained_length() {
    const Read read = read_config(json::parse(kQwen25));
    QCOMPARE(read.config.window_tokens, int64_t{262144});
    QCOMPARE(read.config.notes.size(), size_t{1});
    QVERIFY(read.config.notes[0].find("dual chunk") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(ConfigFieldsTest)
#include "config_fields_test.moc"
