// Packed weights and adapters that are not what they say: an error that names the thing.
#include <ATen/core/Tensor.h>

#include <QTest>
#include <cstring>
#include <functional>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

fs::path goldens() {
  return testing::source_folder() / "tests" / "golden" / "architectures";
}

std::string problem_of(const fs::path& model) {
  InProcessServer server;
  auto loaded = server.load({model.string(), "cpu", 0}, {});
  return loaded ? "" : describe(loaded.error());
}

// Changes one field of a copy's JSON file, "a/b" for a field within a field.
void change(const fs::path& file, const std::string& field, const json& value) {
  json root = *read_json(file);
  root[json::json_pointer("/" + field)] = value;
  QVERIFY(write_file(file, root.dump()));
}

// The header of a safetensors file, changed without moving the tensors.
void change_header(const fs::path& file, const std::string& from, const std::string& to) {
  QCOMPARE(from.size(), to.size());
  std::string bytes = *read_file(file);
  const size_t at = bytes.find(from);
  QVERIFY(at != std::string::npos);
  QVERIFY(write_file(file, bytes.replace(at, from.size(), to)));
}

// One more tensor of 16-bit numbers behind those of a safetensors file.
void add_tensor(const fs::path& file, const std::string& name, size_t numbers, char fill) {
  const std::string bytes = *read_file(file);
  uint64_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof length);
  json header = json::parse(bytes.substr(sizeof length, length));
  std::string data = bytes.substr(sizeof length + length);
  header[name] = {{"dtype", "F16"},
                  {"shape", {numbers}},
                  {"data_offsets", {data.size(), data.size() + 2 * numbers}}};
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');
  length = text.size();
  std::string head(sizeof length, '\0');
  std::memcpy(head.data(), &length, sizeof length);
  QVERIFY(write_file(file, head + text + data + std::string(2 * numbers, fill)));
}

}  // namespace

class PackedWeightsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void settings_that_are_not_known_are_named_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("named");
    auto row = [](const char* model, const char* field, const char* value, const char* named) {
      QTest::newRow((std::string(model) + " " + field + " " + value).c_str())
          << model << field << QByteArray(value) << named;
    };
    row("llama_awq", "quant_method", "\"marlin\"", "marlin");
    row("llama_awq", "version", "\"gemv\"", "gemv");
    row("llama_awq", "bits", "8", "bits");
    row("llama_awq", "zero_point", "false", "zero_point");
    row("llama_awq", "group_size", "16", "scales");
    row("llama_gptq", "bits", "3", "scales");
    row("llama_gptq", "bits", "5", "5 bits");
    row("llama_gptq", "bits", "8", "scales");
    row("llama_gptq", "group_size", "64", "scales");
    row("llama_gptq", "checkpoint_format", "\"gptq_v9\"", "gptq_v9");
    row("llama_gptq", "new_field", "1", "new_field");
    row("llama_gptq", "format", "\"gptq_v9\"", "gptq_v9");  // the newer name of checkpoint_format
    row("llama_gptq", "method", "\"awq\"", "method");
    const std::string weights = "config_groups/group_0/weights/";
    auto compressed = [&](const char* model, const std::string& field, const char* value,
                          const char* named) { row(model, field.c_str(), value, named); };
    compressed("llama_compressed_4", "format", "\"marlin-24\"", "marlin-24");
    compressed("llama_compressed_4", weights + "num_bits", "8", "weight_packed");
    compressed("llama_compressed_4", weights + "num_bits", "16", "16 bits");
    compressed("llama_compressed_4", weights + "group_size", "16", "weight_scale");
    compressed("llama_compressed_4", weights + "group_size", "9223372036854775807", "group_size");
    compressed("llama_compressed_4", weights + "symmetric", "true", "weight_zero_point");
    compressed("llama_compressed_8", weights + "symmetric", "false", "zero points");
    compressed("llama_compressed_8", weights + "strategy", "\"token\"", "token");
    compressed("llama_compressed_8", weights + "unheard_of", "1", "unheard_of");
    compressed("llama_compressed_fp8", weights + "type", "\"int\"", "is not of I8");
    compressed("llama_compressed_fp8", "config_groups/group_0/input_activations",
               "{\"num_bits\": 8}", "input_activations");
    compressed("llama_compressed_fp8", "config_groups/group_1", "{}", "config_groups");
    compressed("llama_compressed_fp8", "kv_cache_scheme", "{\"num_bits\": 8}", "kv_cache_scheme");
    compressed("llama_compressed_fp8", "sparsity_config", "{\"format\": \"sparse-24-bitmask\"}",
               "sparsity_config");
    row("deepseek_v3_fp8", "weight_block_size", "[64, 64]", "weight_scale_inv");
    row("deepseek_v3_fp8", "weight_block_size", "[0, 32]", "weight_block_size");
    row("deepseek_v3_fp8", "activation_scheme", "\"static\"", "activation_scheme");
  }
  void settings_that_are_not_known_are_named() {
    QFETCH(QString, model);
    QFETCH(QString, field);
    QFETCH(QByteArray, value);
    QFETCH(QString, named);
    const fs::path copy = copied(model.toStdString());
    change(copy / "config.json", "quantization_config/" + field.toStdString(),
           json::parse(value.toStdString()));
    const std::string problem = problem_of(copy);
    QVERIFY2(problem.find(named.toStdString()) != std::string::npos, problem.c_str());
  }

  void groups_beyond_the_last_are_refused() {
    const fs::path copy = copied("llama_gptq_order");
    std::string bytes = *read_file(copy / "model.safetensors");
    // Whatever tensor the end of the file belongs to: every integer becomes a huge one.
    size_t header = 8 + *reinterpret_cast<const uint64_t*>(bytes.data());
    const json tensors = json::parse(bytes.substr(8, header - 8));
    const std::string name = "model.layers.0.self_attn.q_proj.g_idx";
    auto range = tensors[name]["data_offsets"].get<std::vector<size_t>>();
    std::fill(bytes.begin() + static_cast<long>(header + range[0]),
              bytes.begin() + static_cast<long>(header + range[1]), '\x7f');
    QVERIFY(write_file(copy / "model.safetensors", bytes));
    const std::string problem = problem_of(copy);
    QVERIFY2(problem.find("g_idx names a group that is not") != std::string::npos, problem.c_str());
  }

  // Zero points of the first format are stored less one: 0 wraps to the largest number, and back.
  void a_zero_point_of_nothing_wraps_data() {
    QTest::addColumn<QString>("model");
    for (const char* model : {"llama_gptq", "llama_gptq_3", "llama_gptq_8"})
      QTest::newRow(model) << QString::fromUtf8(model);
  }
  void a_zero_point_of_nothing_wraps() {
    QFETCH(QString, model);
    auto weight_with = [&](const char* format, char fill) {
      const fs::path copy = copied(model.toStdString());
      change(copy / "config.json", "quantization_config/checkpoint_format", format);
      std::string bytes = *read_file(copy / "model.safetensors");
      uint64_t length = 0;
      std::memcpy(&length, bytes.data(), sizeof length);
      const json tensors = json::parse(bytes.substr(8, length));
      const json& zeros = tensors["model.layers.0.self_attn.q_proj.qzeros"];
      const auto range = zeros["data_offsets"].get<std::vector<int64_t>>();
      const auto begin = bytes.begin() + 8 + static_cast<int64_t>(length);
      std::fill(begin + range[0], begin + range[1], fill);
      if (!write_file(copy / "model.safetensors", bytes)) return at::Tensor();
      auto opened = open_model(copy);
      if (!opened) return at::Tensor();
      auto weight = opened->weights.take_fp32("model.layers.0.self_attn.q_proj.weight", {64, 64});
      return weight ? weight->clone() : at::Tensor();
    };
    const at::Tensor wrapped = weight_with("gptq", '\xff'), nothing = weight_with("gptq_v2", '\0'),
                     one = weight_with("gptq", '\0');
    QVERIFY(wrapped.defined() && nothing.defined() && one.defined());
    QVERIFY(wrapped.equal(nothing));
    QVERIFY(!wrapped.equal(one));
  }

  // Published GPTQ models hold a bias for every matrix: zeros where the model has none.
  void biases_of_nothing_are_left_alone() {
    const std::string name = "model.layers.0.mlp.down_proj.bias";
    const fs::path zeros = copied("llama_gptq");
    add_tensor(zeros / "model.safetensors", name, 64, '\0');
    QCOMPARE(problem_of(zeros), std::string());
    const fs::path numbers = copied("llama_gptq");
    add_tensor(numbers / "model.safetensors", name, 64, '\x3c');
    const std::string problem = problem_of(numbers);
    QVERIFY2(problem.find(name) != std::string::npos, problem.c_str());
  }

  void a_missing_part_is_named() {
    const fs::path copy = copied("llama_awq");
    change_header(copy / "model.safetensors", "q_proj.qzeros", "q_proj.qzer0s");
    const std::string problem = problem_of(copy);
    QVERIFY2(problem.find("q_proj.qzeros is missing") != std::string::npos, problem.c_str());
  }

  void adapters_that_do_not_fit_are_refused_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("named");
    auto row = [](const char* field, const char* value, const char* named) {
      QTest::newRow((std::string(field) + " " + value).c_str())
          << field << QByteArray(value) << named;
    };
    row("base_model_name_or_path", "\"../qwen3\"", "does not fit");
    row("base_model_name_or_path", "\"org/nowhere\"", "org/nowhere");
    row("base_model_name_or_path", "null", "base_model_name_or_path");
    row("r", "8", "rank");
    row("peft_type", "\"IA3\"", "peft_type");
    row("use_dora", "true", "has no magnitudes");
    row("fan_in_fan_out", "true", "fan_in_fan_out");
    row("alpha_pattern", "{\"q_proj\": \"two\"}", "alpha_pattern");
    row("alpha_pattern", "{\"(\": 2}", "alpha_pattern");
    row("layer_replication", "[[0, 1]]", "layer_replication");
    row("unheard_of", "1", "unheard_of");
  }
  void adapters_that_do_not_fit_are_refused() {
    QFETCH(QString, field);
    QFETCH(QByteArray, value);
    QFETCH(QString, named);
    const fs::path copy = copied("lora_plain");
    for (const char* base : {"lora_base", "qwen3"})
      fs::copy(goldens() / base, folder_->path() / base);
    change(copy / "adapter_config.json", field.toStdString(), json::parse(value.toStdString()));
    const std::string problem = problem_of(copy);
    QVERIFY2(problem.find(named.toStdString()) != std::string::npos, problem.c_str());
  }

  void half_an_adapter_is_refused() {
    const fs::path copy = copied("lora_plain");
    fs::copy(goldens() / "lora_base", folder_->path() / "lora_base");
    change_header(copy / "adapter_model.safetensors", "q_proj.lora_A", "q_proj.lora_C");
    const std::string problem = problem_of(copy);
    QVERIFY2(!problem.empty() && problem.find("q_proj") != std::string::npos, problem.c_str());
  }

  void magnitudes_without_dora_are_refused() {
    const fs::path copy = copied("lora_dora");
    fs::copy(goldens() / "lora_base", folder_->path() / "lora_base");
    QCOMPARE(problem_of(copy), std::string());
    change(copy / "adapter_config.json", "use_dora", false);
    const std::string problem = problem_of(copy);
    QVERIFY2(problem.find("use_dora is off") != std::string::npos, problem.c_str());
  }

  // A head that shares the embedding would change with it, or not: as the adapter is used.
  void embeddings_that_the_head_shares_are_refused() {
    const fs::path copy = copied("lora_embedding");
    fs::copy(goldens() / "lora_base", folder_->path() / "lora_base");
    QCOMPARE(problem_of(copy), std::string());
    change(folder_->path() / "lora_base" / "config.json", "tie_word_embeddings", true);
    // A head that the base stores, and that differs from its embedding, is a head of its own.
    QCOMPARE(problem_of(copy), std::string());
    change_header(folder_->path() / "lora_base" / "model.safetensors", "lm_head.weight",
                  "lm_h3ad.weight");
    std::string problem = problem_of(copy);
    QVERIFY2(problem.find("head shares") != std::string::npos, problem.c_str());
    // The same of an embedding that was trained whole.
    const std::string header =
        "{\"base_model.model.model.embed_tokens.weight\":"
        "{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}";
    uint64_t length = header.size();
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    QVERIFY(write_file(copy / "adapter_model.safetensors", bytes + header + std::string(4, '\0')));
    problem = problem_of(copy);
    QVERIFY2(problem.find("head shares") != std::string::npos, problem.c_str());
  }

  void pickled_adapters_are_named() {
    const fs::path copy = copied("lora_plain");
    fs::copy(goldens() / "lora_base", folder_->path() / "lora_base");
    fs::rename(copy / "adapter_model.safetensors", copy / "adapter_model.bin");
    const std::string problem = problem_of(copy);
    QVERIFY2(problem.find("pickled") != std::string::npos &&
                 problem.find("adapter_model.bin") != std::string::npos,
             problem.c_str());
  }

  // What newer programs write beside is understood.
  void both_names_of_a_format_are_read() {
    const fs::path copy = copied("llama_gptq");
    change(copy / "config.json", "quantization_config/checkpoint_format", "gptq");
    change(copy / "config.json", "quantization_config/format", "gptq");
    change(copy / "config.json", "quantization_config/method", "gptq");
    change(copy / "config.json", "quantization_config/model_seqlen", 2048);
    QCOMPARE(problem_of(copy), std::string());
  }

 private:
  fs::path copied(const std::string& model) {
    folder_ = std::make_unique<testing::TemporaryFolder>();
    fs::copy(goldens() / model, folder_->path() / model);
    return folder_->path() / model;
  }
  std::unique_ptr<testing::TemporaryFolder> folder_;
};

QTEST_APPLESS_MAIN(PackedWeightsTest)
#include "packed_weights_test.moc"
