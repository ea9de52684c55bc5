// Vocabularies of every kind of file, damaged: an Error that names the file, or ids in bounded
// time.
#include <QTest>

#include "core/base/text_file.h"
#include "core/tokenizer/chat_template.h"
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

  void settings_beside_them_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("good");
    QTest::newRow("tokenizer") << QByteArray("tokenizer_config.json") << QByteArray(R"({
      "tokenizer_class": "LlamaTokenizer", "add_bos_token": true, "add_eos_token": false,
      "bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": false, "special": true},
      "added_tokens_decoder": {"0": {"content": "<unk>", "special": true, "rstrip": false},
        "7": {"content": "<|im_end|>", "normalized": false, "single_word": false}},
      "extra_special_tokens": {"image": "<image>"}, "additional_special_tokens": ["<x>"],
      "chat_template": [{"name": "default", "template": "{{ messages[0].content }}"}]})");
    QTest::newRow("generation") << QByteArray("generation_config.json")
                                << QByteArray(R"({"bos_token_id": 1, "eos_token_id": [2, 7]})");
    QTest::newRow("special")
        << QByteArray("special_tokens_map.json")
        << QByteArray(
               R"({"bos_token": "<s>", "eos_token": {"content": "</s>"}, "pad_token": "<pad>"})");
    QTest::newRow("template") << QByteArray("chat_template.json")
                              << QByteArray(R"({"chat_template": "{{ bos_token }}x"})");
  }
  void settings_beside_them() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, good);
    const testing::TemporaryFolder folder;
    const auto tokenizers = testing::source_folder() / "tests/golden/tokenizers";
    for (const char* vocabulary : {"llama2.json", "sentence_piece/tokenizer.model"}) {
      const std::string file =
          std::string(vocabulary).ends_with(".json") ? "tokenizer.json" : "tokenizer.model";
      std::filesystem::copy_file(tokenizers / vocabulary, folder.path() / file);
      for (const std::string& bad : testing::broken_copies(good.toStdString(), 100, 22)) {
        QVERIFY(write_file(folder.path() / name.toStdString(), bad));
        if (const auto tokenizer = load_tokenizer(folder.path() / file))
          (void)(*tokenizer)->encode("<s>a <|im_end|>");
        (void)load_chat_format(folder.path());
      }
      std::filesystem::remove(folder.path() / file);
    }
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
