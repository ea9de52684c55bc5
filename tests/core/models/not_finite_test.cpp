// A weight that is NaN or infinite: the message names its tensor, and no answer is given.
#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

namespace {

// A copy of the golden qwen2, whose tensor has `value` in its middle.
void write_broken(const fs::path& folder, const std::string& tensor, float value) {
  const fs::path golden = testing::source_folder() / "tests/golden/architectures/qwen2";
  for (const char* name : {"config.json", "generation_config.json"})
    if (fs::exists(golden / name)) fs::copy_file(golden / name, folder / name);
  std::string bytes = *read_file(golden / "model.safetensors");
  uint64_t header = 0;
  std::memcpy(&header, bytes.data(), sizeof header);
  const auto fields = nlohmann::json::parse(bytes.substr(8, header));
  const auto begin = fields[tensor]["data_offsets"][0].get<size_t>(), end = fields[tensor]["data_offsets"][1].get<size_t>();
  const size_t middle = (begin + end) / 2 / sizeof value * sizeof value;
  std::memcpy(bytes.data() + 8 + header + middle, &value, sizeof value);
  (void)write_file(folder / "model.safetensors", bytes);
}

std::string problem_of(const fs::path& folder) {
  InProcessServer server;
  auto loaded = server.load({folder.string(), "cpu", 0}, {});
  if (!loaded) return loaded.error().message;
  GenerationRequest request;
  request.ids = {5, 6, 7, 8};
  request.max_new_tokens = 3;
  std::string problem;
  GenerationObserver observer;
  observer.finished = [&](uint64_t, Result<GenerationResult> result) {
    problem = result ? "an answer" : result.error().message;
  };
  GenerationRequest requests[] = {request};
  if (auto status = server.generate(requests, observer, {}); !status) return status.error().message;
  if (server.logits(request.ids, true, {})) return "logits";
  return problem;
}

}  // namespace

class NotFiniteTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void is_named_data() {
    QTest::addColumn<QByteArray>("tensor");
    QTest::addColumn<float>("value");
    const float infinite = std::numeric_limits<float>::infinity();
    QTest::newRow("mapped, NaN") << QByteArray("model.layers.1.mlp.down_proj.weight") << std::nanf("");
    QTest::newRow("mapped, infinite") << QByteArray("model.layers.0.self_attn.o_proj.weight") << infinite;
    QTest::newRow("widened, NaN") << QByteArray("model.norm.weight") << std::nanf("");
    QTest::newRow("widened, infinite") << QByteArray("model.layers.0.self_attn.q_proj.bias") << -infinite;
  }
  void is_named() {
    QFETCH(QByteArray, tensor);
    QFETCH(float, value);
    testing::TemporaryFolder folder;
    write_broken(folder.path(), tensor.toStdString(), value);
    const std::string problem = problem_of(folder.path());
    QVERIFY2(problem.find(tensor.toStdString()) != std::string::npos, problem.c_str());
  }
  void a_whole_model_answers() {
    testing::TemporaryFolder folder;
    write_broken(folder.path(), "model.norm.weight", 1.0f);
    QCOMPARE(problem_of(folder.path()), std::string("logits"));
  }
};

QTEST_APPLESS_MAIN(NotFiniteTest)
#include "not_finite_test.moc"
