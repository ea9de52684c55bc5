// SentencePiece models as GGUF files carry them: ids are those of the package sentencepiece for the
// same pieces, with control tokens and the unknown one sought in the text first.
#include "core/tokenizer/sentence_piece.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace loom;

namespace {

std::shared_ptr<const Tokenizer> tokenizer() {
  SentencePieceRules rules;
  rules.unigram = false;
  rules.prefix_space = rules.removes_extra_spaces = false;
  using enum PieceType;
  rules.pieces = {{"<unk>", 0, unknown},    {"<s>", 0, control},
                  {"  ", 0, user_defined},  // with plain spaces, as in GGUF files
                  {"\n", 0, user_defined},  {"\u2581", -1, normal},
                  {"a", -2, normal},        {"b", -3, normal},
                  {"\u2581a", -4, normal},  {"ab", -5, normal},
                  {"\u2581ab", -6, normal}, {"[PAD]", 0, unknown}};  // filling up to a round size
  return std::make_shared<PipelineTokenizer>(*sentence_piece_parts(rules, "test"));
}

}  // namespace

class SentencePieceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void own_pieces_and_the_unknown_one_are_found_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("ids");
    QTest::newRow("two spaces") << QByteArray("ab  ab") << QByteArray("[8,2,8]");
    QTest::newRow("three spaces") << QByteArray("ab   a") << QByteArray("[8,2,7]");
    QTest::newRow("four spaces") << QByteArray("a    b") << QByteArray("[5,2,2,6]");
    QTest::newRow("line end") << QByteArray(" ab\na") << QByteArray("[9,3,5]");
    QTest::newRow("unknown spelled out") << QByteArray("a  <unk> b") << QByteArray("[5,2,0,4,6]");
    QTest::newRow("unknown characters") << QByteArray("a?!b") << QByteArray("[5,0,6]");
    QTest::newRow("control token") << QByteArray("<s>ab") << QByteArray("[1,8]");
  }
  void own_pieces_and_the_unknown_one_are_found() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, ids);
    QCOMPARE(nlohmann::json(tokenizer()->encode(text.toStdString())).dump(), ids.toStdString());
  }
};

QTEST_APPLESS_MAIN(SentencePieceTest)
#include "sentence_piece_test.moc"
