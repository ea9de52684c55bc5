// What begins and ends a text where the vocabulary's own file does not say: ids of the reference
// package (tests/golden/make_surrounding_tokens.py), and what classes add whose config is silent.
#include <QTest>
#include <nlohmann/json.hpp>

#include "core/base/text_file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

fs::path golden() { return testing::source_folder() / "tests/golden/tokenizers/sentence_piece"; }

std::vector<TokenId> ids_with(const json& config, const std::string& text) {
  testing::TemporaryFolder folder;
  fs::copy_file(golden() / "tokenizer.model", folder.path() / "tokenizer.model");
  if (!write_file(folder.path() / "tokenizer_config.json", config.dump())) return {};
  auto tokenizer = load_tokenizer(folder.path());
  if (!tokenizer) qWarning("%s", describe(tokenizer.error()).c_str());
  return tokenizer ? (*tokenizer)->encode_with_special(text) : std::vector<TokenId>{};
}

}  // namespace

class SurroundingTokensTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equal_the_reference() {
    const json rows = *read_json(golden() / "surrounding.json");
    QVERIFY(rows["rows"].size() >= 12);
    for (const json& row : rows["rows"]) {
      const json ids = ids_with(row["config"], rows["text"].get<std::string>());
      QVERIFY2(ids == row["ids"], (row.dump() + " got " + ids.dump()).c_str());
    }
  }

  void silent_configs_follow_the_class_data() {
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<bool>("begins");
    QTest::newRow("LlamaTokenizer") << QByteArray("LlamaTokenizer") << true;
    QTest::newRow("LlamaTokenizerFast") << QByteArray("LlamaTokenizerFast") << true;
    QTest::newRow("CodeLlamaTokenizer") << QByteArray("CodeLlamaTokenizer") << true;
    QTest::newRow("another") << QByteArray("PreTrainedTokenizer") << false;
  }
  void silent_configs_follow_the_class() {
    QFETCH(QByteArray, kind);
    QFETCH(bool, begins);
    const std::vector<TokenId> ids = ids_with({{"tokenizer_class", kind.toStdString()}}, "the model");
    QVERIFY(!ids.empty());
    QCOMPARE(ids.front() == 1, begins);  // <s>, though the config does not spell it
  }

  // Ranks of 151329 tokens are GLM-4's, whose class puts [gMASK]<sop> in front of every text.
  void glm4_begins_with_its_two_tokens() {
    testing::TemporaryFolder folder;
    std::string ranks;
    for (int i = 0; i < 151329; ++i) {
      // Distinct tokens of four base64 digits, three bytes each; bytes themselves come first.
      constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
      const int bytes = i < 256 ? i << 16 : (i + 65536);
      std::string token = {kDigits[bytes >> 18 & 63], kDigits[bytes >> 12 & 63], kDigits[bytes >> 6 & 63], kDigits[bytes & 63]};
      if (i < 256) token.replace(2, 2, "==");
      ranks += token + " " + std::to_string(i) + "\n";
    }
    const json config = {{"tokenizer_class", "ChatGLM4Tokenizer"},
                         {"added_tokens_decoder",
                          {{"151329", {{"content", "<|endoftext|>"}, {"special", true}}},
                           {"151331", {{"content", "[gMASK]"}, {"special", true}}},
                           {"151333", {{"content", "<sop>"}, {"special", true}}}}}};
    QVERIFY(write_file(folder.path() / "tokenizer.model", ranks).has_value());
    QVERIFY(write_file(folder.path() / "tokenizer_config.json", config.dump()).has_value());
    auto tokenizer = load_tokenizer(folder.path());
    QVERIFY2(tokenizer.has_value(), tokenizer ? "" : describe(tokenizer.error()).c_str());
    QCOMPARE(json((*tokenizer)->encode_with_special("a")), json({151331, 151333, 97}));
    QCOMPARE(json((*tokenizer)->encode("a")), json({97}));
  }
};

QTEST_APPLESS_MAIN(SurroundingTokensTest)
#include "surrounding_tokens_test.moc"
