// Every architecture and structural feature against the reference's logits and greedy answers, and
// against itself: the same bits whatever the cache holds and whichever rows are in the batch.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "core/base/text_file.h"
#include "core/model_files/adapter_folder.h"
#include "core/models/in_process_server.h"
#include "tests/gpu/check.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

namespace {

fs::path goldens() {
  return testing::source_folder() / "tests" / "golden" / "architectures";
}

struct Golden {
  nlohmann::json expected;
  std::vector<TokenId> ids;
  std::vector<float> logits;
  InProcessServer server;

  explicit Golden(const fs::path& folder) {
    expected = *read_json(folder / "expected.json");
    ids = expected["ids"].get<std::vector<TokenId>>();
    std::string bytes = *read_file(folder / "logits.f32");
    logits.resize(bytes.size() / sizeof(float));
    std::memcpy(logits.data(), bytes.data(), bytes.size());
  }
  std::vector<TokenId> prompt(size_t length) const {
    return {ids.begin(), ids.begin() + static_cast<long>(length)};
  }
};

struct Agreement {
  double difference = 0;  // largest, as a share of the logits' range
  size_t positions = 0, same_top = 0;
};

Agreement compare_logits(Golden& golden) {
  Agreement found;
  const float* want = golden.logits.data();
  for (const auto& prompt : golden.expected["prompts"]) {
    auto length = prompt["length"].get<size_t>();
    std::vector<float> values = *golden.server.logits(golden.prompt(length), true, {});
    size_t width = values.size() / length;
    for (const auto& position : prompt["positions"]) {
      const float* row = values.data() + position.get<size_t>() * width;
      auto [low, high] = std::minmax_element(want, want + width);
      for (size_t i = 0; i < width; ++i)
        found.difference = std::max(
            found.difference, static_cast<double>(std::abs(row[i] - want[i]) / (*high - *low)));
      want += width;
    }
    for (size_t p = 0; p < length; ++p, ++found.positions) {
      const float* row = values.data() + p * width;
      found.same_top += std::max_element(row, row + width) - row == prompt["argmax"][p].get<long>();
    }
  }
  return found;
}

std::vector<std::vector<TokenId>> answers(InProcessServer& server,
                                          std::vector<GenerationRequest> requests) {
  std::vector<std::vector<TokenId>> results(requests.size());
  GenerationObserver observer;
  observer.finished = [&](uint64_t id, Result<GenerationResult> result) {
    if (result) results[id] = result->ids;
  };
  auto status = server.generate(requests, observer, {});
  if (!status) qWarning() << describe(status.error()).c_str();
  return results;
}

std::vector<GenerationRequest> greedy_requests(const Golden& golden) {
  std::vector<GenerationRequest> requests;
  for (const auto& answer : golden.expected["answers"]) {
    GenerationRequest request;
    request.id = requests.size();
    request.ids = golden.prompt(answer["length"].get<size_t>());
    request.max_new_tokens = static_cast<int>(answer["answer"].size());
    request.ignore_eos = true;
    requests.push_back(request);
  }
  return requests;
}

}  // namespace

class ArchitecturesTest : public QObject {
  Q_OBJECT
  void compare(const QString& folder, const fs::path& model);

 private Q_SLOTS:
  void equalsTheReference_data();
  void equalsTheReference();
  void adaptersEqualTheReference_data();
  void adaptersEqualTheReference();
  void ggufEqualsTheReference_data();
  void ggufEqualsTheReference();
  void everyArchitectureHasAGolden();
  void unknownFieldsAndTensorsAreNamed_data() { equalsTheReference_data(); }
  void unknownFieldsAndTensorsAreNamed();
  void absurdSizesAreRefused_data() { equalsTheReference_data(); }
  void absurdSizesAreRefused();
};

void ArchitecturesTest::equalsTheReference_data() {
  QTest::addColumn<QString>("folder");
  for (const auto& entry : fs::directory_iterator(goldens())) {
    auto config = read_json(entry.path() / "config.json");
    if (!config || !find_architecture(config->value("model_type", "")) ||
        !fs::exists(entry.path() / "expected.json"))
      continue;
    QString name = QString::fromStdString(entry.path().filename().string());
    QTest::newRow(qPrintable(name)) << name;
  }
}

void ArchitecturesTest::equalsTheReference() {
  QFETCH(QString, folder);
  compare(folder, goldens() / folder.toStdString());
}

void ArchitecturesTest::adaptersEqualTheReference_data() {
  QTest::addColumn<QString>("folder");
  for (const auto& entry : fs::directory_iterator(goldens()))
    if (is_adapter(entry.path()))
      QTest::newRow(entry.path().filename().c_str())
          << QString::fromStdString(entry.path().filename().string());
}

void ArchitecturesTest::adaptersEqualTheReference() {
  QFETCH(QString, folder);
  compare(folder, goldens() / folder.toStdString());
}

void ArchitecturesTest::ggufEqualsTheReference_data() {
  QTest::addColumn<QString>("folder");
  for (const auto& entry : fs::directory_iterator(goldens().parent_path() / "gguf")) {
    if (entry.path().extension() != ".gguf") continue;
    QString name = QString::fromStdString(entry.path().stem().string());
    QTest::newRow(qPrintable(name)) << name;
  }
}

void ArchitecturesTest::ggufEqualsTheReference() {
  QFETCH(QString, folder);
  compare(folder, goldens().parent_path() / "gguf" / (folder.toStdString() + ".gguf"));
}

// The model in `model` against what the reference made of its weights: in the folder beside it of
// its name, else in that of the architectures.
void ArchitecturesTest::compare(const QString& folder, const fs::path& model) {
  const fs::path beside = fs::path(model).replace_extension();
  Golden golden(fs::exists(beside / "expected.json") ? beside : goldens() / folder.toStdString());
  auto loaded = golden.server.load({model.string(), "cpu", 0}, {});
  QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
  Agreement logits = compare_logits(golden);
  auto requests = greedy_requests(golden);
  auto found = answers(golden.server, requests);
  size_t equal = 0;
  for (size_t i = 0; i < found.size(); ++i)
    equal += found[i] == golden.expected["answers"][i]["answer"].get<std::vector<TokenId>>();
  // Documents and questions on both sides of a chunk's and a page's end.
  const bool bits = gpu::compare_bits(golden.server, {60, 600}, {5, 700}).same();
  qInfo().noquote() << QStringLiteral("%1 difference %2  top-1 %3/%4  greedy %5/%6  bits %7")
                           .arg(folder, -14)
                           .arg(logits.difference, 0, 'e', 1)
                           .arg(logits.same_top)
                           .arg(logits.positions)
                           .arg(equal)
                           .arg(found.size())
                           .arg(bits ? QStringLiteral("same") : QStringLiteral("DIFFERENT"));
  QVERIFY(logits.difference <= 1e-4);
  QVERIFY(static_cast<double>(logits.same_top) >= 0.999 * static_cast<double>(logits.positions));
  QCOMPARE(equal, found.size());
  QVERIFY(bits);
}

void ArchitecturesTest::everyArchitectureHasAGolden() {
  std::set<std::string> covered;
  for (const fs::path& place : {goldens(), goldens().parent_path() / "encoders"})
    for (const auto& entry : fs::directory_iterator(place))
      if (auto config = read_json(entry.path() / "config.json"))
        if (auto known = find_architecture(config->value("model_type", "")))
          covered.insert(known->id);
  for (const ArchitectureEntry& entry : all_models()) {
    QVERIFY2(covered.contains(entry.id), entry.id);
    auto description = read_json(testing::source_folder() / "models-registry" / "models" /
                                 (std::string(entry.id) + ".json"));
    QVERIFY2(description.has_value(), entry.id);
    auto types = (*description)["model_types"].get<std::set<std::string>>();
    QVERIFY2(types == std::set<std::string>(entry.types.begin(), entry.types.end()), entry.id);
    QVERIFY2(description->value("recurrent", false) == (entry.load != nullptr), entry.id);
    QVERIFY2(description->value("answers", true) == (entry.kind != ModelKind::encoder), entry.id);
  }
}

void ArchitecturesTest::unknownFieldsAndTensorsAreNamed() {
  QFETCH(QString, folder);
  testing::TemporaryFolder place;
  fs::path model = place.path() / "m";
  fs::copy(goldens() / folder.toStdString(), model);
  const nlohmann::json config = *read_json(model / "config.json");
  auto fails_with = [&](const nlohmann::json& changed, const std::string& part) {
    if (!write_file(model / "config.json", changed.dump())) return false;
    InProcessServer server;
    auto loaded = server.load({model.string(), "cpu", 0}, {});
    return !loaded && describe(loaded.error()).find(part) != std::string::npos;
  };
  // Of a model with several parts, its text part's.
  auto part = [](nlohmann::json& whole) -> nlohmann::json& {
    return whole.contains("text_config") ? whole["text_config"] : whole;
  };
  auto with = [&](const char* field, const nlohmann::json& value) {
    nlohmann::json changed = config;
    part(changed)[field] = value;
    return changed;
  };
  nlohmann::json given = config;
  const char* count = part(given).contains("num_layers") ? "num_layers" : "num_hidden_layers";
  const char* vocabulary =
      part(given).contains("padded_vocab_size") ? "padded_vocab_size" : "vocab_size";
  auto layers = part(given)[count].get<int>();
  nlohmann::json longer = with(count, layers + 1);
  if (part(longer).contains("layer_types")) part(longer)["layer_types"].push_back("full_attention");
  QVERIFY(fails_with(longer, "." + std::to_string(layers) + "."));
  nlohmann::json shorter = with(count, layers - 1);
  if (auto& types = part(shorter)["layer_types"]; types.is_array()) types.erase(types.size() - 1);
  QVERIFY(fails_with(shorter, "." + std::to_string(layers - 1) + "."));
  QVERIFY(fails_with(with(vocabulary, 161), "embed"));
  QVERIFY(fails_with(with("residual_multiplier", 0.5), "residual_multiplier"));
  QVERIFY(fails_with(with("quantization_config", {{"bits", 4}}), "quantization_config"));
  QVERIFY(fails_with(with("hidden_size", "wide"), "hidden_size"));
}

// Every number of a recurrent model's description in turn. Some say nothing about the weights;
// those that do are refused, and none ends the program.
void ArchitecturesTest::absurdSizesAreRefused() {
  QFETCH(QString, folder);
  testing::TemporaryFolder place;
  fs::path model = place.path() / "m";
  fs::copy(goldens() / folder.toStdString(), model);
  const nlohmann::json config = *read_json(model / "config.json");
  if (!find_architecture(config["model_type"])->load) return;
  const std::set<std::string> sizes = {"hidden_size",  "vocab_size",       "num_hidden_layers",
                                       "state_size",   "conv_kernel",      "num_heads",
                                       "num_kv_heads", "n_groups",         "head_dim",
                                       "head_size",    "intermediate_size"};
  for (const auto& [field, given] : config.items()) {
    if (!given.is_number()) continue;
    for (const nlohmann::json& value :
         {nlohmann::json(0), nlohmann::json(-1), nlohmann::json(1e300),
          nlohmann::json(int64_t{1} << 40), nlohmann::json(INT64_MIN)}) {
      nlohmann::json changed = config;
      changed[field] = value;
      QVERIFY(write_file(model / "config.json", changed.dump()));
      InProcessServer server;
      auto loaded = server.load({model.string(), "cpu", 0}, {});
      QVERIFY2(!loaded || !sizes.contains(field), field.c_str());
      if (!loaded) QVERIFY(!loaded.error().message.empty());
    }
  }
}

QTEST_APPLESS_MAIN(ArchitecturesTest)
#include "architectures_test.moc"
