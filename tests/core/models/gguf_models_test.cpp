// What a GGUF file says too much, too little or wrongly is named as the file spells it.
#include <QtTest>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

namespace {

fs::path goldens() {
  return testing::source_folder() / "tests" / "golden" / "gguf";
}

// The first `from` in the file's bytes replaced by as many others.
std::string changed(const std::string& file, const std::string& from, const std::string& into) {
  std::string bytes = file;
  const size_t place = bytes.find(from);
  if (place == std::string::npos || from.size() != into.size()) return "";
  return bytes.replace(place, from.size(), into);
}

std::string failure(const std::string& bytes) {
  testing::TemporaryFolder place;
  const fs::path file = place.path() / "m.gguf";
  if (bytes.empty() || !write_file(file, bytes)) return "the file was not changed";
  InProcessServer server;
  auto loaded = server.load({file.string(), "cpu", 0}, {});
  return loaded ? "it loads" : describe(loaded.error());
}

}  // namespace

class GgufModelsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void renamedTensorsAreNamed_data();
  void renamedTensorsAreNamed();
  void fieldsThatNobodyReadsAreNamed();
  void absurdSizesAreRefused_data();
  void absurdSizesAreRefused();
};

void GgufModelsTest::renamedTensorsAreNamed_data() {
  QTest::addColumn<QString>("model");
  QTest::addColumn<QString>("tensor");
  for (auto [model, tensor] : {std::pair{"mamba", "blk.1.ssm_a"},
                               {"mamba", "blk.0.ssm_conv1d.bias"},
                               {"mamba2", "blk.1.ssm_norm.weight"},
                               {"mamba2", "blk.0.ssm_dt.bias"},
                               {"rwkv6", "blk.1.time_mix_w2.weight"},
                               {"rwkv6", "blk.0.time_mix_first.weight"},
                               {"rwkv7", "blk.0.time_mix_lerp_fused.weight"},
                               {"rwkv7", "blk.1.time_mix_v0.weight"},
                               {"rwkv7", "token_embd_norm.bias"}})
    QTest::addRow("%s %s", model, tensor) << model << tensor;
}

// Under another name a tensor is missing; its new name is one that nobody takes.
void GgufModelsTest::renamedTensorsAreNamed() {
  QFETCH(QString, model);
  QFETCH(QString, tensor);
  const std::string file = *read_file(goldens() / (model.toStdString() + ".gguf"));
  const std::string name = tensor.toStdString();
  std::string other = name;
  other.back() = '_';
  const std::string message = failure(changed(file, name, other));
  QVERIFY2(message.find("tensor " + name + " is missing") != std::string::npos, message.c_str());
}

void GgufModelsTest::fieldsThatNobodyReadsAreNamed() {
  for (const std::string model : {"mamba", "mamba2", "rwkv6", "rwkv7"}) {
    const std::string file = *read_file(goldens() / (model + ".gguf"));
    const std::string message =
        failure(changed(file, model + ".context_length", model + ".context_lengty"));
    QVERIFY2(message.find("context_lengty is not known") != std::string::npos, message.c_str());
  }
}

void GgufModelsTest::absurdSizesAreRefused_data() {
  QTest::addColumn<QString>("model");
  QTest::addColumn<QString>("field");
  for (auto [model, field] : {std::pair{"mamba", "ssm.state_size"},
                              {"mamba", "ssm.inner_size"},
                              {"mamba", "ssm.time_step_rank"},
                              {"mamba2", "ssm.group_count"},
                              {"mamba2", "ssm.time_step_rank"},
                              {"rwkv6", "wkv.head_size"},
                              {"rwkv6", "time_mix_extra_dim"},
                              {"rwkv7", "attention.decay_lora_rank"}})
    QTest::addRow("%s %s", model, field) << model << field;
}

// The four bytes behind a key and its type are the number.
void GgufModelsTest::absurdSizesAreRefused() {
  QFETCH(QString, model);
  QFETCH(QString, field);
  const std::string file = *read_file(goldens() / (model.toStdString() + ".gguf"));
  const std::string key = (model + "." + field).toStdString();
  const size_t place = file.find(key);
  QVERIFY(place != std::string::npos);
  for (uint32_t value : {0u, 1u, 3u, 1u << 20, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
    std::string bytes = file;
    for (size_t i = 0; i < 4; ++i)
      bytes[place + key.size() + 4 + i] = static_cast<char>(value >> (8 * i));
    if (bytes == file) continue;
    const std::string message = failure(bytes);
    QVERIFY2(message != "it loads" && !message.empty(), key.c_str());
  }
}

QTEST_APPLESS_MAIN(GgufModelsTest)
#include "gguf_models_test.moc"
