// LongCite's answers taken apart: statements, ranges of sentences, and what stands outside.
#include "core/judge/cited_statements.h"

#include <QTest>

#include "core/judge/sent_document.h"

using namespace loom;

namespace {

const std::vector<std::string> kSentences{"Zero. ", "One. ", "Two. ", "Three. ", "Four. ", "Five."};

std::string shown(const CitedAnswer& answer) {
  std::string text;
  for (const CitedStatement& statement : answer.statements) {
    text += '{' + statement.text + '}';
    for (const Citation& citation : statement.citations) text += '(' + citation.text + ')';
  }
  return text;
}

}  // namespace

class CitedStatementsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void takes_answers_apart_data() {
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* output, const char* expected) {
      QTest::newRow(name) << QByteArray(output) << QByteArray(expected);
    };
    row("one range", "<statement>A claim.<cite>[1-2]</cite></statement>", "{A claim.}(One. Two. )");
    row("two ranges", "<statement>A.<cite>[0-0][3-4]</cite></statement>",
        "{A.}(Zero. )(Three. Four. )");
    row("ranges that touch are one", "<statement>A.<cite>[0-1][2-2]</cite></statement>",
        "{A.}(Zero. One. Two. )");
    row("at most three", "<statement>A.<cite>[0-0][2-2][4-4][5-5]</cite></statement>",
        "{A.}(Zero. )(Two. )(Four. Five.)");
    row("a fourth is left out", "<statement>A.<cite>[5-5][3-3][1-1][0-0]</cite></statement>",
        "{A.}(Five.)(Three. )(One. )");
    row("beyond the end", "<statement>A.<cite>[6-7]</cite></statement>", "{A.}");
    row("cut at the end", "<statement>A.<cite>[5-99]</cite></statement>", "{A.}(Five.)");
    row("turned round", "<statement>A.<cite>[3-1]</cite></statement>", "{A.}");
    row("huge numbers", "<statement>A.<cite>[99999999999999999999-1]</cite></statement>", "{A.}");
    row("a huge end", "<statement>A.<cite>[4-99999999999999999999]</cite></statement>",
        "{A.}(Four. Five.)");
    row("a single number is no range", "<statement>A.<cite>[3]</cite></statement>", "{A.}");
    row("letters", "<statement>A.<cite>[a-b][1-x]</cite></statement>", "{A.}");
    row("empty citation", "<statement>In sum.<cite></cite></statement>", "{In sum.}");
    row("no citation at all", "<statement>In sum.</statement>", "{In sum.}");
    row("a range in the text is no citation", "<statement>See [1-2].</statement>", "{See [1-2].}");
    row("citation not closed", "<statement>A.<cite>[1-2]</statement>", "{A.<cite>[1-2]}");
    row("two citations in one",
        "<statement>A<cite>[0-0]</cite> and B<cite>[2-2]</cite></statement>",
        "{A and B}(Zero. )(Two. )");
    row("text outside", "Well then: <statement>A.</statement> That is all.",
        "{Well then:}{A.}{That is all.}");
    row("short text outside is dropped", "So: <statement>A.</statement>\n\nEnd.", "{A.}");
    row("six characters of Chinese", "公园建于去年<statement>A.</statement>", "{公园建于去年}{A.}");
    row("the first bracket lacks", "statement>A.<cite>[0-0]</cite></statement>", "{A.}(Zero. )");
    row("cut off", "<statement>A.</statement><statement>B is", "{A.}");
    row("plain prose", "The park was laid out in 1902.", "{The park was laid out in 1902.}");
    row("nothing", "", "");
  }
  void takes_answers_apart() {
    QFETCH(QByteArray, output);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(shown(read_cited_answer(output.toStdString(), kSentences))),
             expected);
  }

  void keeps_the_plain_answer() {
    const CitedAnswer answer = read_cited_answer(
        "First <statement>A.<cite>[0-0]</cite></statement><statement>B.</statement>", kSentences);
    QCOMPARE(answer.plain, std::string("First A.B."));
    std::string many;
    for (int i = 0; i < 50; ++i) many += "<statement>S</statement>";
    QCOMPARE(read_cited_answer(many, {}).statements.size(), size_t{40});
  }

  void finds_the_document_in_the_prompt() {
    Sample sample;
    sample.prompt.text =
        "<|user|>An example: <C0>Not this.\n\nDocument:\n<C0>Zero. <C1>One.\n\nAsk";
    sample.metadata = {{"document_head", "<C0>Zero."}, {"document_tail", "<C1>One."}};
    QCOMPARE(sent_document(sample), std::string("<C0>Zero. <C1>One."));
    QCOMPARE(numbered_parts(sent_document(sample), kSentenceMarks, false),
             (std::vector<std::string>{"Zero. ", "One."}));
    QVERIFY(must_have_marks(sample));
    sample.metadata = {{"document_head", "absent"}, {"document_tail", 7}};
    QCOMPARE(sent_document(sample), sample.prompt.text);
    sample.metadata = "no object";
    QCOMPARE(must_have_marks(sample).error().kind, ErrorKind::invalid_input);
    QCOMPARE(sent_document(sample), sample.prompt.text);
  }

  void numbers_sentences_data() {
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<bool>("cut");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* document, bool cut, const char* expected) {
      QTest::newRow(name) << QByteArray(document) << cut << QByteArray(expected);
    };
    row("in order", "<C0>a<C1>b<C2>c", false, "a|b|c|");
    row("text before the first", "x<C0>a", false, "a|");
    row("the text speaks of marks", "<C0>a <C7> b<C1>c", false, "a <C7> b|c|");
    row("a mark again", "<C0>a<C0>b<C1>c", false, "a<C0>b|c|");
    row("the middle is cut out", "<C0>a<C1>b<C4>e<C5>f", true, "a|b|||e|f|");
    row("no marks", "plain", false, "");
    row("broken marks", "<C><C0", false, "");
    row("too many digits", "<C0>a<C00000001>b", false, "a<C00000001>b|");
  }
  void numbers_sentences() {
    QFETCH(QByteArray, document);
    QFETCH(bool, cut);
    QFETCH(QByteArray, expected);
    QByteArray joined;
    for (const std::string& sentence : numbered_parts(document.toStdString(), kSentenceMarks, cut))
      joined += QByteArray::fromStdString(sentence) + '|';
    QCOMPARE(joined, expected);
  }

  void numbers_passages() {
    QCOMPARE(numbered_parts("Passage [1]: One.\nPassage [2]: See Passage [7]: there.\n",
                            kPassageMarks, false),
             (std::vector<std::string>{"One.\n", "See Passage [7]: there.\n"}));
    QCOMPARE(numbered_parts("Conversation [1]: A.\nConversation [3]: C.", kTalkMarks, true),
             (std::vector<std::string>{"A.\n", "", "C."}));
    QVERIFY(numbered_parts("Passage [0]: None.", kPassageMarks, false).empty());
  }
};

QTEST_GUILESS_MAIN(CitedStatementsTest)
#include "cited_statements_test.moc"
