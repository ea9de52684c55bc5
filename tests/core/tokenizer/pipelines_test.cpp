// Every kind of pipeline against ids of the reference package (tests/golden/make_tokenizer_pipelines.py).
#include <QElapsedTimer>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/base/text_file.h"
#include "core/text/utf8.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_folders.h"

class PipelinesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void equalReference_data();
  void equalReference();
  void longTextsTakeLinearTime_data();
  void longTextsTakeLinearTime();
  void streamsEqualWholes_data();
  void streamsEqualWholes();
  void unknownKindsAreNamed();
};

namespace {

std::filesystem::path folder() { return loom::testing::source_folder() / "tests/golden/tokenizers"; }

const nlohmann::json& golden() {
  static const nlohmann::json read = *loom::read_json(folder() / "ids.json");
  return read;
}

void name_rows() {
  QTest::addColumn<QString>("name");
  for (const auto& [name, row] : golden()["tokenizers"].items())
    QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

std::shared_ptr<const loom::Tokenizer> load(const QString& name) {
  auto tokenizer = loom::load_tokenizer(folder() / (name.toStdString() + ".json"));
  if (tokenizer) return *tokenizer;
  qWarning("%s", loom::describe(tokenizer.error()).c_str());
  return nullptr;
}

}  // namespace

void PipelinesTest::equalReference_data() { name_rows(); }
void PipelinesTest::equalReference() {
  QFETCH(QString, name);
  auto tokenizer = load(name);
  QVERIFY(tokenizer != nullptr);
  const auto& rows = golden()["tokenizers"][name.toStdString()];
  size_t differing = 0;
  std::string shortest, report;
  for (size_t i = 0; i < golden()["texts"].size(); ++i) {
    auto text = golden()["texts"][i].get<std::string>();
    auto ids = tokenizer->encode(text);
    if (nlohmann::json(ids) == rows["ids"][i]) {
      if (i < rows["decoded"].size())
        QCOMPARE(loom::repair_utf8(tokenizer->decode(ids, false)), rows["decoded"][i].get<std::string>());
      continue;
    }
    if (differing++ && text.size() >= shortest.size()) continue;
    shortest = text;
    report = nlohmann::json(text).dump(-1, ' ', true) + "\n got " + nlohmann::json(ids).dump() + "\nwant " + rows["ids"][i].dump();
  }
  QVERIFY2(differing == 0, (std::to_string(differing) + " differ, for example " + report).c_str());
  QCOMPARE(nlohmann::json(tokenizer->encode_with_special("Hello world")), rows["special"]);
}

void PipelinesTest::longTextsTakeLinearTime_data() { name_rows(); }
void PipelinesTest::longTextsTakeLinearTime() {
  QFETCH(QString, name);
  auto tokenizer = load(name);
  QVERIFY(tokenizer != nullptr);
  std::string letters, mixed;
  for (uint32_t i = 0; i < 1 << 20; ++i) letters += static_cast<char>('a' + i * 2654435761u % 26);
  for (uint32_t i = 0; i < 200000; ++i) loom::append_utf8(mixed, 0x300 + i * 2654435761u % 0x5000);
  for (const std::string& text : {letters, std::string(1 << 20, 'a'), std::string(1 << 20, ' '), std::string(100000, '\n'), mixed}) {
    QElapsedTimer clock;
    clock.start();
    (void)tokenizer->encode(text);
    QVERIFY2(clock.elapsed() < 5000, std::to_string(clock.elapsed()).c_str());
  }
}

void PipelinesTest::streamsEqualWholes_data() { name_rows(); }
void PipelinesTest::streamsEqualWholes() {
  QFETCH(QString, name);
  auto tokenizer = load(name);
  QVERIFY(tokenizer != nullptr);
  auto ids = tokenizer->encode("Hello world, na\u00efve \U00012000\U00012001 \u4e2d\u6587\u6587\u6587\u6587\u6587\u6587\u6587\u6587 and so on, and so on.");
  loom::StreamDecoder decoder(*tokenizer);
  std::string out;
  for (auto id : ids) {
    std::string piece = decoder.push(id);
    QVERIFY(loom::is_utf8(piece));
    out += piece;
  }
  out += decoder.finish();
  QVERIFY2(out == tokenizer->decode(ids, true), out.c_str());
}

void PipelinesTest::unknownKindsAreNamed() {
  loom::testing::TemporaryFolder temporary;
  auto file = temporary.path() / "tokenizer.json";
  auto root = *loom::read_json(folder() / "gpt2.json");
  for (const char* part : {"normalizer", "pre_tokenizer", "decoder", "post_processor", "model"}) {
    auto changed = root;
    changed[part] = {{"type", "Mystery"}};
    QVERIFY(loom::write_file(file, changed.dump()).has_value());
    auto tokenizer = loom::load_tokenizer(file);
    QVERIFY(!tokenizer.has_value());
    QCOMPARE(tokenizer.error().kind, loom::ErrorKind::unsupported);
    QVERIFY(tokenizer.error().message.find("Mystery") != std::string::npos);
  }
}

QTEST_APPLESS_MAIN(PipelinesTest)
#include "pipelines_test.moc"
