// The names in tokenizer.ggml.pre against ids of the reference package for the pipelines they stand
// for (tests/golden/make_gguf_pipelines.py). The GGUF files are written here, out of one
// vocabulary.
#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/base/text_file.h"
#include "core/tokenizer/pattern.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
using testing::bytes_of;

class GgufPipelinesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void equalReference_data();
  void equalReference();
  void firstTokenWhereTheFileSaysNothing();
  void otherNamesAreRefused();
  void lineEndsAreThoseOfOniguruma();
};

namespace {

constexpr uint32_t kUint32 = 4, kString = 8, kArray = 9;

const json& golden() {
  static const json read =
      *read_json(testing::source_folder() / "tests/golden/tokenizers/gguf_pipelines.json");
  return read;
}

std::string text(const std::string& bytes) {
  return bytes_of<uint64_t>(bytes.size()) + bytes;
}

std::string texts(const std::string& key, const json& list) {
  std::string out =
      text(key) + bytes_of(kArray) + bytes_of(kString) + bytes_of<uint64_t>(list.size());
  for (const auto& one : list) out += text(one.get<std::string>());
  return out;
}

Result<std::shared_ptr<const Tokenizer>> tokenizer_named(const std::string& pre) {
  testing::TemporaryFolder folder;
  const auto file = folder.path() / "vocabulary.gguf";
  std::string bytes =
      "GGUF" + bytes_of<uint32_t>(3) + bytes_of<uint64_t>(0) + bytes_of<uint64_t>(5);
  bytes += text("tokenizer.ggml.model") + bytes_of(kString) + text("gpt2");
  bytes += text("tokenizer.ggml.pre") + bytes_of(kString) + text(pre);
  bytes += texts("tokenizer.ggml.tokens", golden()["tokens"]);
  bytes += texts("tokenizer.ggml.merges", golden()["merges"]);
  bytes += text("tokenizer.ggml.bos_token_id") + bytes_of(kUint32) + bytes_of<uint32_t>(7);
  if (auto written = write_file(file, bytes); !written) return written.error();
  return load_tokenizer(file);
}

}  // namespace

void GgufPipelinesTest::equalReference_data() {
  QTest::addColumn<QString>("pre");
  QTest::addColumn<QString>("pipeline");
  for (const auto& [pipeline, row] : golden()["pipelines"].items())
    for (const auto& name : row["names"])
      QTest::newRow(name.get<std::string>().c_str())
          << QString::fromStdString(name.get<std::string>()) << QString::fromStdString(pipeline);
}

void GgufPipelinesTest::equalReference() {
  QFETCH(QString, pre);
  QFETCH(QString, pipeline);
  auto tokenizer = tokenizer_named(pre.toStdString());
  QVERIFY2(tokenizer.has_value(), tokenizer ? "" : describe(tokenizer.error()).c_str());
  const json& wanted = golden()["pipelines"][pipeline.toStdString()]["ids"];
  size_t differing = 0;
  std::string shortest, report;
  for (size_t i = 0; i < wanted.size(); ++i) {
    const auto sample = golden()["texts"][i].get<std::string>();
    const auto ids = (*tokenizer)->encode(sample);
    if (json(ids) == wanted[i]) continue;
    if (differing++ && sample.size() >= shortest.size()) continue;
    shortest = sample;
    report = json(sample).dump(-1, ' ', true) + "\n got " + json(ids).dump() + "\nwant " +
             wanted[i].dump();
  }
  QVERIFY2(differing == 0, (std::to_string(differing) + " differ, for example " + report).c_str());
  // Bytes come back, whatever the pieces were looked up as.
  const std::string plain = "Hello \u4e2d\u6587 1234, \u00e9 \U0001f642\n";
  QCOMPARE((*tokenizer)->decode((*tokenizer)->encode(plain), false), plain);
}

void GgufPipelinesTest::firstTokenWhereTheFileSaysNothing() {
  for (auto [pre, first] : {std::pair{"llama-bpe", true},
                            {"tekken", true},
                            {"qwen2", false},
                            {"gpt-4o", false},
                            {"deepseek-v3", false}}) {
    auto tokenizer = tokenizer_named(pre);
    QVERIFY(tokenizer.has_value());
    QCOMPARE((*tokenizer)->encode_with_special("a").front() == 7, first);
  }
}

void GgufPipelinesTest::otherNamesAreRefused() {
  for (const char* pre : {"kimi-k2", "superbpe", "a name of tomorrow", ""}) {
    auto tokenizer = tokenizer_named(pre);
    QVERIFY(!tokenizer.has_value());
    QCOMPARE(tokenizer.error().kind, ErrorKind::unsupported);
    QVERIFY(tokenizer.error().message.find(pre) != std::string::npos);
    QVERIFY(tokenizer.error().where.find("tokenizer.ggml.pre") != std::string::npos);
  }
}

// As the reference package's Split with these expressions cuts.
void GgufPipelinesTest::lineEndsAreThoseOfOniguruma() {
  auto matches = [](const char* expression, const std::string& sample) {
    QStringList found;
    (*Pattern::compile(expression))->each_match(sample, [&](size_t begin, size_t end) {
      found << QString::fromStdString(sample.substr(begin, end - begin));
    });
    return found;
  };
  QCOMPARE(matches("\\s+$", "a \n b  "), (QStringList{" ", "  "}));
  QCOMPARE(matches("\\s+$", "x  \n\n  "), QStringList{"  \n\n  "});
  QCOMPARE(matches("\\s+$", "a\r\na"), QStringList{"\r"});
  QCOMPARE(matches("^a+", "aa\naab\n"), (QStringList{"aa", "aa"}));
}

QTEST_APPLESS_MAIN(GgufPipelinesTest)
#include "gguf_pipelines_test.moc"
