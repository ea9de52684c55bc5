#include "core/models/layer_placement.h"

#include <QTest>
#include <cmath>

#include "core/models/all_models.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
using Places = std::vector<size_t>;

class LayerPlacementTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void layers_go_where_memory_is_free() {
    QCOMPARE(*place_layers(4, 100, {1000}), (Places{0, 0, 0, 0}));
    QCOMPARE(*place_layers(4, 100, {100, 100}), (Places{0, 0, 1, 1}));
    QCOMPARE(*place_layers(8, 100, {50, 150}), (Places{0, 0, 1, 1, 1, 1, 1, 1}));
    QCOMPARE(*place_layers(3, 100, {0, 100, 100}), (Places{1, 1, 2}));
    QCOMPARE(*place_layers(1, 100, {100, 100, 100}), (Places{1}));
  }

  void too_large_is_refused_with_the_numbers() {
    auto places = place_layers(4, uint64_t{300} << 20, {uint64_t{100} << 20, uint64_t{150} << 20});
    QVERIFY(!places);
    QCOMPARE(places.error().kind, ErrorKind::out_of_memory);
    QCOMPARE(places.error().message, std::string("the weights need 300 MiB, free are 250 MiB"));
  }

  void a_split_model_answers_the_same_bits_data() {
    QTest::addColumn<QByteArray>("model");
    for (const char* model : {"gemma3", "mamba", "falcon_mamba", "mamba2_groups", "rwkv5", "rwkv6",
                              "rwkv7", "gla_convolution"})
      QTest::newRow(model) << QByteArray(model);
  }
  void a_split_model_answers_the_same_bits() {
    QFETCH(QByteArray, model);
    const auto folder = testing::source_folder() / "tests/golden/architectures" / model.toStdString();
    std::vector<TokenId> ids;
    for (int i = 0; i < 700; ++i) ids.push_back(3 + i * 7 % 150);
    std::vector<std::vector<float>> logits;
    std::vector<std::vector<TokenId>> answers;
    for (const char* device : {"cpu", "cpu+cpu", "cpu+cpu+cpu"}) {
      InProcessServer server;
      auto loaded = server.load({folder.string(), device, 0}, {});
      QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
      logits.push_back(*server.logits(ids, true, {}));
      GenerationRequest request;
      request.ids = ids;
      request.max_new_tokens = 8;
      request.ignore_eos = true;
      GenerationObserver observer;
      observer.finished = [&answers](uint64_t, Result<GenerationResult> result) {
        answers.push_back(result ? result->ids : std::vector<TokenId>{});
      };
      const std::vector<GenerationRequest> requests = {request};
      QVERIFY(server.generate(requests, observer, {}));
    }
    QVERIFY(logits[0] == logits[1] && logits[0] == logits[2]);
    QCOMPARE(answers.size(), size_t{3});
    QCOMPARE(answers[0].size(), size_t{8});
    QVERIFY(answers[0] == answers[1] && answers[0] == answers[2]);
  }

  // On CPUs a tensor on the wrong device goes unseen: at least each layer and each state has one.
  void layers_and_their_states_have_devices_data() {
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<size_t>("states");  // per layer
    QTest::newRow("mamba") << QByteArray("mamba") << size_t{2};
    QTest::newRow("mamba2") << QByteArray("mamba2") << size_t{2};
    QTest::newRow("rwkv6") << QByteArray("rwkv6") << size_t{3};
    QTest::newRow("rwkv7") << QByteArray("rwkv7") << size_t{3};
    QTest::newRow("gla") << QByteArray("gla_convolution") << size_t{4};
  }
  void layers_and_their_states_have_devices() {
    QFETCH(QByteArray, model);
    QFETCH(size_t, states);
    const auto folder = testing::source_folder() / "tests/golden/architectures" / model.toStdString();
    for (const auto& [name, split] : {std::pair{"cpu", false}, {"cpu+cpu", true}}) {
      auto opened = open_model(folder);
      QVERIFY(opened.has_value());
      const auto layers = static_cast<size_t>(opened->config.layers);
      auto device = open_device(name);
      QVERIFY(device.has_value());
      auto loaded = load_model(*opened, *device);
      QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
      const KvShape& kv = (*loaded)->shape().kv;
      QCOMPARE(kv.states.size(), layers * states);
      QCOMPARE(kv.devices.size(), split ? layers : 0);
      QCOMPARE(kv.state_devices.size(), split ? layers * states : 0);
    }
  }

  // What is refused before loading is what loading then takes: unpacked and merged weights count as
  // the numbers that they are held as, not as they are stored.
  void bytes_before_loading_are_those_behind_it_data() {
    QTest::addColumn<QByteArray>("model");
    for (const char* model : {"llama_awq", "llama_gptq", "deepseek_v3_fp8", "llama_compressed_4", "llama_compressed_fp8", "lora_plain", "lora_dora", "qwen3"}) QTest::newRow(model) << QByteArray(model);
  }
  void bytes_before_loading_are_those_behind_it() {
    QFETCH(QByteArray, model);
    const auto folder = testing::source_folder() / "tests/golden/architectures" / model.toStdString();
    auto opened = open_model(folder);
    QVERIFY2(opened, opened ? "" : describe(opened.error()).c_str());
    const auto before = static_cast<double>(opened->weights.bytes_on(*open_device("cpu")));
    InProcessServer server;
    auto loaded = server.load({folder.string(), "cpu", 0}, {});
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    const auto behind = static_cast<double>(loaded->weight_bytes);
    QVERIFY2(std::abs(before / behind - 1) < 0.05, qPrintable(QString("%1 before, %2 behind").arg(before).arg(behind)));
  }

  void encoders_are_not_split() {
    InProcessServer server;
    auto loaded = server.load({(testing::source_folder() / "tests/golden/encoders/bert").string(), "cpu+cpu", 0}, {});
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().message.find("are not split") != std::string::npos, loaded.error().message.c_str());
  }

  void devices_of_two_kinds_hold_no_model_together() {
    InProcessServer server;
    auto loaded = server.load({"model", "cpu+cuda:0", 0}, {});
    QVERIFY(!loaded);
  }
};

QTEST_APPLESS_MAIN(LayerPlacementTest)
#include "layer_placement_test.moc"
