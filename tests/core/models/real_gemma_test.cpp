// Gemma-3-270M with real weights against transformers in fp32 (tests/golden/make_gemma3.py, and
// fetch_models.sh for the file): ids, top tokens, and logits within 1e-4 of their range.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "core/base/text_file.h"
#include "core/models/in_process_server.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_folders.h"

using namespace loom;

class RealGemmaTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void idsEqualReference();
  void logitsEqualReference();

 private:
  std::optional<std::filesystem::path> model_ = testing::extra_model("gemma-3-270m.gguf");
  nlohmann::json golden_ = *read_json(testing::source_folder() / "tests/golden/gemma3_270m.json");
};

void RealGemmaTest::idsEqualReference() {
  if (!model_) QSKIP("skipped: Gemma-3-270M is not here (tests/golden/fetch_models.sh)");
  auto tokenizer = load_tokenizer(*model_);
  QVERIFY2(tokenizer, tokenizer ? "" : describe(tokenizer.error()).c_str());
  for (const auto& prompt : golden_["prompts"])
    QCOMPARE((*tokenizer)->encode_with_special(prompt["text"].get<std::string>()),
             prompt["ids"].get<std::vector<TokenId>>());
}

// The last prompt is longer than the local layers' window.
void RealGemmaTest::logitsEqualReference() {
  if (!model_) QSKIP("skipped: Gemma-3-270M is not here (tests/golden/fetch_models.sh)");
  InProcessServer server;
  auto loaded = server.load({model_->string(), "cpu", 0}, {});
  QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
  double worst = 0;
  size_t positions = 0, equal = 0;
  for (const auto& prompt : golden_["prompts"]) {
    auto ids = prompt["ids"].get<std::vector<TokenId>>();
    auto values = server.logits(ids, true, {});
    QVERIFY(values.has_value());
    const size_t width = values->size() / ids.size();
    for (size_t p = 0; p < ids.size(); ++p) {
      const float* row = values->data() + p * width;
      equal += std::max_element(row, row + width) - row == prompt["argmax"][p].get<long>();
    }
    positions += ids.size();
    for (const auto& [key, position] : prompt["positions"].items()) {
      const float* row = values->data() + std::stoul(key) * width;
      const double range = position["max"].get<double>() - position["min"].get<double>();
      for (const char* kind : {"top", "probe"})
        for (size_t i = 0; i < position[kind].size(); ++i) {
          const auto id = position[std::string(kind) + "_ids"][i].get<size_t>();
          const double want = position[kind][i].get<double>();
          worst = std::max(worst, std::abs(want - static_cast<double>(row[id])) / range);
        }
    }
  }
  qInfo() << "Gemma-3-270M: max difference" << worst << "of the range, top token equal on" << equal
          << "of" << positions;
  QVERIFY(worst <= 1e-4);
  QVERIFY(static_cast<double>(equal) >= 0.999 * static_cast<double>(positions));
}

QTEST_APPLESS_MAIN(RealGemmaTest)
#include "real_gemma_test.moc"
