// Tokens that tokenizer_config.json names beside tokenizer.json: ids and texts of the reference
// package (tests/golden/make_configured_tokens.py).
#include <QTest>
#include <nlohmann/json.hpp>

#include "core/base/text_file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

namespace {

std::shared_ptr<const Tokenizer> tokenizer_with(const json& own, const json& config) {
  testing::TemporaryFolder folder;
  if (!write_file(folder.path() / "tokenizer.json", own.dump())) return nullptr;
  if (!write_file(folder.path() / "tokenizer_config.json", config.dump())) return nullptr;
  auto tokenizer = load_tokenizer(folder.path());
  if (!tokenizer) qWarning("%s", describe(tokenizer.error()).c_str());
  return tokenizer ? *tokenizer : nullptr;
}

}  // namespace

class ConfiguredTokensTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    golden_ =
        *read_json(testing::source_folder() / "tests/golden/tokenizers/configured_tokens.json");
  }

  void equal_the_reference() {
    QVERIFY(golden_["rows"].size() >= 30);
    for (const json& row : golden_["rows"]) {
      const auto tokenizer =
          tokenizer_with(golden_["tokenizers"][row["kind"].get<std::string>()], row["config"]);
      QVERIFY(tokenizer);
      for (size_t i = 0; i < golden_["texts"].size(); ++i) {
        const auto text = golden_["texts"][i].get<std::string>();
        const json ids = tokenizer->encode(text);
        QVERIFY2(ids == row["ids"][i], (row.dump() + " got " + ids.dump()).c_str());
        if (!row.contains("decoded")) continue;
        const std::string decoded = tokenizer->decode(tokenizer->encode(text), true);
        QVERIFY2(decoded == row["decoded"][i], (row.dump() + " got " + decoded).c_str());
      }
    }
  }

  // Answers are remembered by the vocabulary that asked for them.
  void the_fingerprint_knows_them() {
    const json& own = golden_["tokenizers"]["plain"];
    const auto without = tokenizer_with(own, json::object());
    const auto named = tokenizer_with(own, {{"pad_token", "<s>"}});
    const auto added = tokenizer_with(own, {{"pad_token", "<pad>"}});
    QVERIFY(without && named && added);
    QCOMPARE(named->fingerprint(), without->fingerprint());
    QVERIFY(added->fingerprint() != without->fingerprint());
  }

  void what_is_no_token_is_passed_over() {
    const json odd = {{"pad_token", 7},
                      {"extra_special_tokens", {1, json::array(), nullptr, json::object()}},
                      {"added_tokens_decoder", {{"x", "<x>"}, {"-4", {{"content", "<y>"}}}}}};
    const auto tokenizer = tokenizer_with(golden_["tokenizers"]["plain"], odd);
    QVERIFY(tokenizer);
    QCOMPARE(tokenizer->encode("<x>").size(), size_t{3});
  }

 private:
  json golden_;
};

QTEST_GUILESS_MAIN(ConfiguredTokensTest)
#include "configured_tokens_test.moc"
