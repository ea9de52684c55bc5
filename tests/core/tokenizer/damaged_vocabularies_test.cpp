// Vocabularies of every kind of file, damaged: an Error that names the file, or ids in bounded
// time.
#include <QTest>

#include "core/base/text_file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;

class DamagedVocabulariesTest : public QObject {
  Q_OBJECT

  testing::TemporaryFolder folder_;

 private Q_SLOTS:
  void outlive_damage_data() {
    QTest::addColumn<QByteArray>("source");  // of tests/golden/tokenizers
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("copies");
    auto row = [](const char* source, const char* name, int copies) {
      QTest::newRow(source) << QByteArray(source) << QByteArray(name) << copies;
    };
    row("sentence_piece/tokenizer.model", "tokenizer.model", 150);
    row("rwkv_small.txt", "rwkv_vocab_v20230424.txt", 150);
    row("rwkv_small.gguf", "model.gguf", 150);
    row("t5.json", "tokenizer.json", 60);
    row("bert_cased.json", "tokenizer.json", 60);
    row("gemma.json", "tokenizer.json", 60);
    row("qwen2.json", "tokenizer.json", 60);
    row("tiktoken", "tokenizer.model", 12);
  }
  void outlive_damage() {
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, name);
    QFETCH(int, copies);
    const auto tokenizers = testing::source_folder() / "tests/golden/tokenizers";
    const std::string good =
        source == "tiktoken" ? ranks() : *read_file(tokenizers / source.toStdString());
    const auto file = folder_.path() / name.toStdString();
    QVERIFY(write_file(file, good));
    const auto whole = load_tokenizer(file);
    QVERIFY2(whole, whole ? "" : describe(whole.error()).c_str());
    int refused = 0;
    for (const std::string& bad : testing::broken_copies(good, static_cast<size_t>(copies), 21)) {
      QVERIFY(write_file(file, bad));
      const auto tokenizer = load_tokenizer(file);
      if (!tokenizer) {
        ++refused;
        QVERIFY2(describe(tokenizer.error()).find(name.toStdString()) != std::string::npos,
                 describe(tokenizer.error()).c_str());
        continue;
      }
      const auto ids = (*tokenizer)->encode("Ab c \xe4\xbd\xa0\xf0\x9f\x8c\x8a 12\n\xff <s> ");
      (void)(*tokenizer)->decode(ids, false);
    }
    QVERIFY2(refused * 10 > copies, QByteArray::number(refused));
  }

 private:
  // A tiktoken file of as many tokens as GPT-2 has: the bytes, pairs and three of them.
  static std::string ranks() {
    QByteArray lines;
    for (int rank = 0; rank < 50257; ++rank) {
      QByteArray token(1, static_cast<char>(rank % 256));
      for (int left = rank / 256; left > 0; left /= 256) token += static_cast<char>(left % 256);
      lines += token.toBase64() + ' ' + QByteArray::number(rank) + '\n';
    }
    return lines.toStdString();
  }
};

QTEST_APPLESS_MAIN(DamagedVocabulariesTest)
#include "damaged_vocabularies_test.moc"
