// Model folders of every architecture, damaged: refused with the file's name, or answers.
#include <QTest>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

class DamagedModelsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void outlive_damage_data() {
    QTest::addColumn<QByteArray>("folder");
    for (const auto& entry :
         fs::directory_iterator(testing::source_folder() / "tests/golden/architectures"))
      if (fs::exists(entry.path() / "config.json"))
        QTest::newRow(entry.path().filename().c_str())
            << QByteArray::fromStdString(entry.path().string());
  }

  void outlive_damage() {
    QFETCH(QByteArray, folder);
    const fs::path good = folder.toStdString();
    const testing::TemporaryFolder place;
    const fs::path copy = place.path() / "model";
    fs::copy(good, copy);
    QVERIFY(answers(copy));
    int refused = 0;
    for (const auto& [name, copies] : {std::pair("config.json", 16), {"model.safetensors", 8}}) {
      const std::string whole = *read_file(good / name);
      for (const std::string& bad : testing::broken_copies(whole, size_t(copies), 81)) {
        QVERIFY(write_file(copy / name, bad));
        refused += !answers(copy);
      }
      QVERIFY(write_file(copy / name, whole));
    }
    QVERIFY(refused > 0);
  }

  // Block formats, key-value pairs and names of tensors, in one file.
  void gguf_files_outlive_damage_data() {
    QTest::addColumn<QByteArray>("file");
    for (const auto& entry : fs::directory_iterator(testing::source_folder() / "tests/golden/gguf"))
      if (entry.path().extension() == ".gguf")
        QTest::newRow(entry.path().filename().c_str())
            << QByteArray::fromStdString(entry.path().string());
  }

  void gguf_files_outlive_damage() {
    QFETCH(QByteArray, file);
    const testing::TemporaryFolder place;
    const fs::path copy = place.path() / "model.gguf";
    const std::string whole = *read_file(file.toStdString());
    for (const std::string& bad : testing::broken_copies(whole, 16, 82)) {
      QVERIFY(write_file(copy, bad));
      (void)answers(copy);
    }
  }

 private:
  static bool answers(const fs::path& folder) {
    InProcessServer server;
    const auto loaded = server.load({folder.string(), "cpu", 0}, {});
    if (!loaded) return false;
    GenerationRequest request;
    request.ids = {1, 2, 3, 4};
    request.max_new_tokens = 2;
    bool answered = false;
    GenerationObserver observer;
    observer.finished = [&](uint64_t, const Result<GenerationResult>& result) {
      answered = result.has_value();
    };
    const Status status = server.generate({{request}}, observer, {});
    return status && answered;
  }
};

QTEST_APPLESS_MAIN(DamagedModelsTest)
#include "damaged_models_test.moc"
