// Weight files that are cut off, damaged or lie about their sizes: an Error that names the file,
// never a crash or an allocation of what the file claims.
#include <sys/stat.h>

#include <QTest>
#include <nlohmann/json.hpp>

#include "core/base/text_file.h"
#include "core/catalog/local_models.h"
#include "core/model_files/adapter_folder.h"
#include "core/model_files/gguf_file.h"
#include "core/model_files/safetensors_file.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::bytes_of;

namespace {

std::string gguf_text(const std::string& text) { return bytes_of<uint64_t>(text.size()) + text; }
std::string gguf_entry(const std::string& key, uint32_t type, const std::string& value) {
  return gguf_text(key) + bytes_of(type) + value;
}
constexpr uint32_t kUint32 = 4, kString = 8, kArray = 9;

std::string gguf(uint64_t tensors, uint64_t entries, const std::string& rest) {
  return "GGUF" + bytes_of<uint32_t>(3) + bytes_of(tensors) + bytes_of(entries) + rest;
}

// One F32 tensor of 4 x 8 and three entries.
std::string good_gguf() {
  std::string tokens = bytes_of(kString) + bytes_of<uint64_t>(2) + gguf_text("a") + gguf_text("b");
  std::string head = gguf(1, 3,
                          gguf_entry("general.architecture", kString, gguf_text("llama")) +
                              gguf_entry("llama.block_count", kUint32, bytes_of<uint32_t>(2)) +
                              gguf_entry("tokenizer.ggml.tokens", kArray, tokens));
  head += gguf_text("token_embd.weight") + bytes_of<uint32_t>(2) + bytes_of<uint64_t>(4) +
          bytes_of<uint64_t>(8) + bytes_of<uint32_t>(0) + bytes_of<uint64_t>(0);
  head.resize((head.size() + 31) / 32 * 32, '\0');
  return head + std::string(128, '\1');
}

std::string tensor_entry(uint32_t dimensions, uint64_t size, uint32_t type, uint64_t offset) {
  std::string entry = gguf_text("t") + bytes_of(dimensions);
  for (uint32_t i = 0; i < std::min(dimensions, 8u); ++i) entry += bytes_of(size);
  return entry + bytes_of(type) + bytes_of(offset) + std::string(256, '\0');
}

std::string safetensors(const std::string& header, size_t data = 16) {
  return bytes_of<uint64_t>(header.size()) + header + std::string(data, '\1');
}

}  // namespace

class BadWeightsTest : public QObject {
  Q_OBJECT

  testing::TemporaryFolder folder_;

  std::filesystem::path stored(const char* name, const std::string& bytes) {
    auto file = folder_.path() / name;
    (void)write_file(file, bytes);
    return file;
  }
  template <typename Value>
  void check_error(const Result<Value>& opened, const std::string& name) {
    QVERIFY(!opened);
    QVERIFY2(opened.error().where.find(name) != std::string::npos, describe(opened.error()).c_str());
    QVERIFY(!opened.error().message.empty());
  }

 private Q_SLOTS:
  void the_good_ones_open() {
    auto file = GgufFile::open(stored("good.gguf", good_gguf()));
    QVERIFY2(file, file ? "" : describe(file.error()).c_str());
    QCOMPARE(file->tensors().size(), size_t{1});
    QVERIFY(SafetensorsFile::open(
        stored("good.safetensors", safetensors(R"({"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}})"))));
  }

  // Without a writer it would block for ever.
  void a_pipe_is_refused() {
    for (const char* name : {"pipe.gguf", "pipe.safetensors"}) {
      const auto file = folder_.path() / name;
      QCOMPARE(::mkfifo(file.c_str(), 0600), 0);
      check_error(GgufFile::open(file), name);
      check_error(SafetensorsFile::open(file), name);
      QVERIFY(!inspect_model(file));
    }
  }

  void lying_gguf_is_refused_data() {
    QTest::addColumn<QByteArray>("bytes");
    auto row = [](const char* name, const std::string& bytes) { QTest::newRow(name) << QByteArray::fromStdString(bytes); };
    const uint64_t huge = UINT64_MAX;
    row("empty", "");
    row("magic", "GGML" + good_gguf().substr(4));
    row("version", "GGUF" + bytes_of<uint32_t>(99) + good_gguf().substr(8));
    row("big endian", std::string("GGUF\0\0\0\3", 8) + good_gguf().substr(8));
    row("tensor count", gguf(huge, 0, std::string(64, '\0')));
    row("tensor count of a billion", gguf(1'000'000'000, 0, std::string(64, '\0')));
    row("entry count", gguf(0, huge, std::string(64, '\0')));
    row("key length", gguf(0, 1, bytes_of(huge) + "key"));
    row("text length", gguf(0, 1, gguf_text("k") + bytes_of(kString) + bytes_of(huge - 3)));
    row("value type", gguf(0, 1, gguf_entry("k", 77, std::string(64, '\0'))));
    row("array count", gguf(0, 1, gguf_entry("k", kArray, bytes_of(kUint32) + bytes_of(huge / 4 + 1))));
    row("text array count", gguf(0, 1, gguf_entry("k", kArray, bytes_of(kString) + bytes_of(huge))));
    std::string nested;
    for (int i = 0; i < 20'000; ++i) nested += bytes_of(kArray) + bytes_of<uint64_t>(1);
    row("arrays in arrays", gguf(0, 1, gguf_entry("k", kArray, nested)));
    row("twice the same key", gguf(0, 2, gguf_entry("k", kUint32, bytes_of(1u)) + gguf_entry("k", kUint32, bytes_of(2u))));
    row("dimensions", gguf(1, 0, tensor_entry(0xFFFFFFFF, 1, 0, 0)));
    row("size overflows", gguf(1, 0, tensor_entry(4, 1ull << 33, 0, 0)));
    row("tensor type", gguf(1, 0, tensor_entry(1, 32, 9999, 0)));
    row("offset", gguf(1, 0, tensor_entry(1, 32, 0, huge - 31)));
    row("beyond the end", gguf(1, 0, tensor_entry(1, 1 << 20, 0, 0)));
    row("alignment", gguf(0, 1, gguf_entry("general.alignment", kUint32, bytes_of(0u))));
  }
  void lying_gguf_is_refused() {
    QFETCH(QByteArray, bytes);
    check_error(GgufFile::open(stored("lying.gguf", bytes.toStdString())), "lying.gguf");
    (void)inspect_model(folder_.path() / "lying.gguf");
  }

  void damaged_gguf_never_crashes() {
    int refused = 0;
    for (const std::string& bad : testing::broken_copies(good_gguf(), 1500, 1)) {
      auto opened = GgufFile::open(stored("bad.gguf", bad));
      refused += !opened;
      if (!opened) QVERIFY(opened.error().where.find("bad.gguf") != std::string::npos);
      (void)inspect_model(folder_.path() / "bad.gguf");
    }
    QVERIFY(refused > 500);
  }

  void lying_safetensors_are_refused_data() {
    QTest::addColumn<QByteArray>("bytes");
    auto row = [](const char* name, const std::string& bytes) { QTest::newRow(name) << QByteArray::fromStdString(bytes); };
    row("empty", "");
    row("short", "1234");
    row("header length", bytes_of<uint64_t>(UINT64_MAX) + "{}");
    row("header length of a billion", bytes_of<uint64_t>(1'000'000'000) + "{}");
    row("not JSON", safetensors("{\"a\":"));
    row("list", safetensors("[]"));
    row("deep", safetensors(std::string(500'000, '[')));
    row("bytes", safetensors("{\"\xff\xfe\": 1}"));
    row("entry", safetensors(R"({"a": 7})"));
    row("type", safetensors(R"({"a":{"dtype":"F7","shape":[4],"data_offsets":[0,16]}})"));
    row("shape", safetensors(R"({"a":{"dtype":"F32","shape":"4","data_offsets":[0,16]}})"));
    row("negative", safetensors(R"({"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}})"));
    row("overflow", safetensors(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,16]}})"));
    row("size", safetensors(R"({"a":{"dtype":"F32","shape":[5],"data_offsets":[0,16]}})"));
    row("backwards", safetensors(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}})"));
    row("beyond the end", safetensors(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[16,32]}})"));
    row("offset overflows", safetensors(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[18446744073709551600,18446744073709551615]}})"));
    row("one offset", safetensors(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0]}})"));
  }
  void lying_safetensors_are_refused() {
    QFETCH(QByteArray, bytes);
    check_error(SafetensorsFile::open(stored("lying.safetensors", bytes.toStdString())), "lying.safetensors");
  }

  void damaged_safetensors_never_crash() {
    std::string good = safetensors(R"({"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"BF16","shape":[8],"data_offsets":[16,32]}})", 32);
    for (const std::string& bad : testing::broken_copies(good, 1500, 2))
      (void)SafetensorsFile::open(stored("bad.safetensors", bad));
  }

  // One file of several without their index, or another program's names: the message names the file.
  void a_folder_of_other_names_is_told() {
    testing::TemporaryFolder folder;
    (void)write_file(folder.path() / "model-00001-of-00002.safetensors",
                     safetensors(R"({"t":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})"));
    auto opened = open_model_folder(folder.path());
    QVERIFY(!opened);
    const std::string problem = describe(opened.error());
    QVERIFY2(problem.find("model-00001-of-00002.safetensors") != std::string::npos &&
                 problem.find("model.safetensors.index.json") != std::string::npos,
             problem.c_str());
  }

  // What training leaves beside a model is no model.
  void pickled_folders_are_told() {
    testing::TemporaryFolder folder;
    (void)write_file(folder.path() / "training_args.bin", "x");
    QVERIFY(!only_pickled(folder.path()));
    (void)write_file(folder.path() / "RWKV-x060.pth", "x");
    const auto pickled = only_pickled(folder.path());
    QVERIFY(pickled.has_value());
    const std::string problem = describe(*pickled);
    QVERIFY2(problem.find("RWKV-x060.pth") != std::string::npos && problem.find("safetensors") != std::string::npos,
             problem.c_str());
    (void)write_file(folder.path() / "model.safetensors", "x");
    QVERIFY(!only_pickled(folder.path()));
  }

  void a_folder_that_points_in_circles() {
    for (const char* index : {R"({"weight_map": {"a": "model.safetensors.index.json"}})", R"({"weight_map": {"a": "../../../etc/passwd"}})",
                              R"({"weight_map": {"a": 7}})", R"({"weight_map": []})", "[]", "{", R"({"weight_map": {"a": "missing.safetensors"}})"}) {
      stored("model.safetensors.index.json", index);
      QVERIFY2(!open_model_folder(folder_.path()), index);
    }
    std::error_code ignored;
    auto around = folder_.path() / "around";
    std::filesystem::create_directory_symlink(around, around, ignored);
    QVERIFY(!open_model_folder(around));
    QVERIFY(!inspect_model(around) || !inspect_model(around)->supported);
  }

  void damaged_adapters_never_crash() {
    testing::TemporaryFolder folder;
    (void)write_file(folder.path() / "adapter_model.safetensors", safetensors(R"({"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}})"));
    const std::string good = R"({"peft_type":"LORA","base_model_name_or_path":"../base","r":8,"lora_alpha":16,"use_rslora":false,"target_modules":["q_proj","v_proj"],"rank_pattern":{"q_proj":4},"alpha_pattern":{},"bias":"none"})";
    for (const std::string& bad : testing::broken_copies(good, 400, 4)) {
      (void)write_file(folder.path() / "adapter_config.json", bad);
      (void)adapter_base(folder.path());
      (void)text_folder(folder.path());
      (void)inspect_model(folder.path());
    }
  }

  void damaged_configurations_are_not_supported_models() {
    auto model = folder_.path() / "model";
    std::filesystem::create_directories(model);
    (void)write_file(model / "model.safetensors", safetensors(R"({"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}})"));
    std::string good = R"({"model_type":"llama","hidden_size":64,"num_hidden_layers":3,"num_attention_heads":4,"num_key_value_heads":2,"vocab_size":100,"max_position_embeddings":2048})";
    for (const std::string& bad : testing::broken_copies(good, 600, 3)) {
      (void)write_file(model / "config.json", bad);
      (void)inspect_model(model);
    }
    for (const char* bad : {"", "[]", "null", R"({"model_type": 7})", R"({"model_type":"llama","num_attention_heads":0,"hidden_size":64})",
                            R"({"model_type":"llama","hidden_size":-1})", R"({"model_type":"llama","hidden_size":1e308,"num_hidden_layers":99999999999999999999})"}) {
      (void)write_file(model / "config.json", bad);
      auto inspected = inspect_model(model);
      QVERIFY2(!inspected || !inspected->supported, bad);
    }
  }
};

QTEST_APPLESS_MAIN(BadWeightsTest)
#include "bad_weights_test.moc"
