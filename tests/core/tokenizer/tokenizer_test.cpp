// Ids against golden files of the reference package (tests/golden/make_tokenizer_goldens.py), against
// the shared vocabularies when they are there, and hand-made splitters against PCRE2.
#include "core/tokenizer/tokenizer.h"

#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "core/text/utf8.h"
#include "core/tokenizer/splitter.h"
#include "tests/support/test_folders.h"

class TokenizerTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void smollm2EqualsReference();
  void splittersEqualTheirPatterns();
  void newCharactersAreKnown();
  void sharedVocabularies();
  void rwkvInAGgufEqualsItsList();
  void hostileTexts();
  void brokenFilesAreNamed();
};

void TokenizerTest::smollm2EqualsReference() {
  auto model = loom::testing::default_model();
  if (!model) QSKIP("skipped: the default model is not here");
  auto tokenizer = loom::load_tokenizer(*model);
  QVERIFY2(tokenizer.has_value(), tokenizer ? "" : tokenizer.error().message.c_str());
  auto golden = loom::read_json(loom::testing::source_folder() / "tests/golden/smollm2_tokens.json");
  QVERIFY(golden.has_value());
  for (const auto& row : *golden) {
    auto ids = (*tokenizer)->encode(row["text"].get<std::string>());
    QVERIFY2(ids == row["ids"].get<std::vector<loom::TokenId>>(),
             (row["text"].dump().substr(0, 200) + "\n got " + nlohmann::json(ids).dump() + "\nwant " + row["ids"].dump()).c_str());
    QCOMPARE((*tokenizer)->decode(ids, false), row["text"].get<std::string>());
  }
}

// Texts that hit the patterns' corners, from a seed; a failure prints the shortest differing text.
void TokenizerTest::splittersEqualTheirPatterns() {
  const std::vector<std::string> atoms = {"a", "B", "é", "中", "7", "٣", "'", "'s", "'LL", "'Re", " ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u3000", ".", "!?", "-", "_", "\u0301", "👍🏽", "\u200d", "x1", " 12345", "\u017f", std::string(1, '\0')};
  struct Pair { std::unique_ptr<loom::Splitter> hand, pattern; };
  std::vector<Pair> pairs;
  auto add = [&](std::unique_ptr<loom::Splitter> hand, const char* pattern) {
    pairs.push_back({std::move(hand), std::move(*loom::regex_splitter(pattern, loom::SplitBehaviour::isolated, false))});
  };
  add(loom::gpt2_splitter(), loom::kGpt2Pattern);
  add(loom::llama3_splitter(3), loom::kLlama3Pattern);
  add(loom::llama3_splitter(1), loom::kQwen2Pattern);
  loom::Random random(20261123);
  auto pieces = [](const loom::Splitter& splitter, const std::string& text) {
    std::vector<std::string> list;
    splitter.split(text, [&](std::string_view piece) { list.emplace_back(piece); });
    return list;
  };
  for (const Pair& pair : pairs) {
    std::string shortest;
    for (int round = 0; round < 30000; ++round) {
      std::string text;
      for (uint64_t n = 1 + random.below(12); n > 0; --n) text += atoms[random.below(atoms.size())];
      if (pieces(*pair.hand, text) != pieces(*pair.pattern, text) && (shortest.empty() || text.size() < shortest.size())) shortest = text;
    }
    QVERIFY2(shortest.empty(), nlohmann::json(shortest).dump().c_str());
  }
}

// Letters and digits of Unicode 15.1 and 16, as the reference's expressions see them.
void TokenizerTest::newCharactersAreKnown() {
  auto pieces = [](const std::string& text) {
    std::vector<std::string> list;
    loom::llama3_splitter(3)->split(text, [&](std::string_view piece) { list.emplace_back(piece); });
    return list;
  };
  using Pieces = std::vector<std::string>;
  QCOMPARE(pieces("\U000138bb\U000138faa"), (Pieces{"\U000138bb\U000138faa"}));
  QCOMPARE(pieces(" \U00016d79"), (Pieces{" ", "\U00016d79"}));
  QCOMPARE(pieces("x\U0002edcea"), (Pieces{"x\U0002edcea"}));
}

void TokenizerTest::sharedVocabularies() {
  auto shared = loom::testing::shared_data();
  if (!shared) QSKIP("skipped: the shared vocabularies are not here");
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*shared / "tokenizers")) {
    if (entry.path().extension() != ".gguf") continue;
    auto tokenizer = loom::load_tokenizer(entry.path());
    if (!tokenizer) {
      QCOMPARE(tokenizer.error().kind, loom::ErrorKind::unsupported);
      continue;
    }
    auto input_file = loom::read_file(entry.path().string() + ".inp"), output_file = loom::read_file(entry.path().string() + ".out");
    if (!input_file || !output_file) continue;
    ++read;
    std::string inputs = *input_file, outputs = *output_file;
    std::istringstream lines(outputs);
    const std::string mark = "\n__ggml_vocab_test__\n";
    for (size_t begin = 0; begin < inputs.size();) {
      size_t end = std::min(inputs.find(mark, begin), inputs.size());
      std::string text = inputs.substr(begin, end - begin), line;
      begin = end + mark.size();
      if (!std::getline(lines, line)) break;
      std::istringstream numbers(line);
      std::vector<loom::TokenId> expected;
      for (int id; numbers >> id;) expected.push_back(id);
      QVERIFY2((*tokenizer)->encode(text) == expected, (entry.path().filename().string() + ": " + nlohmann::json(text).dump()).c_str());
    }
  }
  QVERIFY(read >= 4);
}

// One vocabulary in both of its forms (tests/golden/make_rwkv_vocabulary.py), over random texts and
// random bytes; a failure prints the shortest differing text. What the GGUF file adds is found too.
void TokenizerTest::rwkvInAGgufEqualsItsList() {
  auto goldens = loom::testing::source_folder() / "tests/golden/tokenizers";
  auto list = loom::load_tokenizer(goldens / "rwkv_small.txt"), gguf = loom::load_tokenizer(goldens / "rwkv_small.gguf");
  QVERIFY2(list.has_value(), list ? "" : loom::describe(list.error()).c_str());
  QVERIFY2(gguf.has_value(), gguf ? "" : loom::describe(gguf.error()).c_str());
  QCOMPARE((*gguf)->special().end.front(), 0);
  QCOMPARE((*gguf)->encode("<s>the").front(), 0);
  const std::vector<std::string> atoms = {"the", " the", " world", "\n\n", "\r\n", "'", "\"", "'s", "\\", "\\n", "\\x41", "\t", "中文", "中", "👍🏽", "🙂", "é", "\u0301", " ", "0", std::string(1, '\0')};
  loom::Random random(20261129);
  std::string shortest;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (uint64_t n = 1 + random.below(12); n > 0; --n) text += atoms[random.below(atoms.size())];
    auto ids = (*list)->encode(text);
    const bool same = (*gguf)->encode(text) == ids && (*gguf)->decode(ids, false) == text;
    if (!same && (shortest.empty() || text.size() < shortest.size())) shortest = text;
  }
  QVERIFY2(shortest.empty(), nlohmann::json(shortest).dump().c_str());
}

void TokenizerTest::hostileTexts() {
  auto model = loom::testing::default_model();
  if (!model) QSKIP("skipped: the default model is not here");
  auto tokenizer = *loom::load_tokenizer(*model);
  std::string invalid = "ab\xff\xfe cd\xe4\xb8 ef\xed\xa0\x80";
  QCOMPARE(tokenizer->decode(tokenizer->encode(invalid), false), loom::repair_utf8(invalid));
  for (const std::string& text : {std::string(1 << 20, 'a'), std::string(100000, '\n'), std::string(1000, '\0')})
    QCOMPARE(tokenizer->decode(tokenizer->encode(text), false), text);
  // A character cut between two tokens comes out whole, or as a replacement at the very end.
  loom::StreamDecoder decoder(*tokenizer);
  std::string out;
  auto ids = tokenizer->encode("naïve 𒀀𒀁 中文");
  for (auto id : ids) {
    std::string piece = decoder.push(id);
    QVERIFY(loom::is_utf8(piece));
    out += piece;
  }
  QCOMPARE(out + decoder.finish(), std::string("naïve 𒀀𒀁 中文"));
}

void TokenizerTest::brokenFilesAreNamed() {
  loom::testing::TemporaryFolder folder;
  auto file = folder.path() / "tokenizer.json";
  for (const char* text : {"", "[]", "{\"model\":{}}", "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":999999999},\"merges\":[]}}",
                           "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}}",
                           "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-1},\"merges\":[]}}",
                           "{\"model\":{\"type\":\"BPE\",\"dropout\":0.1,\"vocab\":{\"a\":0},\"merges\":[]}}"}) {
    QVERIFY(loom::write_file(file, text).has_value());
    auto tokenizer = loom::load_tokenizer(file);
    QVERIFY(!tokenizer.has_value());
    QVERIFY(!tokenizer.error().where.empty());
  }
}

QTEST_APPLESS_MAIN(TokenizerTest)
#include "tokenizer_test.moc"
