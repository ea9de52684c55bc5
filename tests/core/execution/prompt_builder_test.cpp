#include "core/execution/prompt_builder.h"

#include <QTest>

#include "tests/support/test_folders.h"

using namespace loom;

namespace {

constexpr const char* kEvidence = "The lamp of the harbour is green.";

Record long_record(size_t sentences, size_t evidence_at) {
  Record record;
  record.id = "r";
  for (size_t i = 0; i < sentences; ++i) {
    if (i == evidence_at) {
      record.evidence.push_back({record.prompt.size(), record.prompt.size() + strlen(kEvidence)});
      record.prompt += std::string(kEvidence) + " ";
    }
    record.prompt += "Sentence number " + std::to_string(i) + " says nothing new. ";
  }
  record.context_end = record.prompt.size();
  record.prompt += "\nWhich colour has the lamp?";
  return record;
}

}  // namespace

class PromptBuilderTest : public QObject {
  Q_OBJECT
  ModelText text_;

 private Q_SLOTS:
  void initTestCase() {
    auto model = testing::default_model();
    if (!model) QSKIP("skipped: the default model has not been fetched");
    text_ = *load_model_text({model->string(), "m", "auto"}, *model);
  }

  void what_fits_is_sent_whole() {
    Record record = long_record(20, 10);
    Prompt prompt = *build_prompt(record, text_, {8192, 16, TruncationRule::middle, true});
    QVERIFY(!prompt.truncation.cut);
    QCOMPARE(prompt.truncation.sent_tokens, prompt.ids.size());
    QVERIFY(prompt.text.find(record.prompt) != std::string::npos);
    QCOMPARE(prompt.text.substr(prompt.evidence[0].begin, strlen(kEvidence)),
             std::string(kEvidence));
    QVERIFY(prompt.context_end > 100 && prompt.context_end < prompt.ids.size());
    // The cut point lies where the document ends: decoding what comes before gives its text.
    std::span<const TokenId> head(prompt.ids.data(), prompt.context_end);
    std::string decoded = text_.tokenizer->decode(head, false);
    QVERIFY(decoded.find("Sentence number 19 says") != std::string::npos);
    QVERIFY(decoded.find("Which colour") == std::string::npos);
  }

  void raw_prompts_have_no_wrapper() {
    Record record = long_record(3, 1);
    Prompt prompt = *build_prompt(record, text_, {8192, 16, TruncationRule::middle, false});
    QCOMPARE(prompt.text, record.prompt);
  }

  void cuts_fit_and_keep_the_question_data() {
    QTest::addColumn<int>("rule");
    QTest::addColumn<int>("evidence_at");
    QTest::addColumn<bool>("lost");
    QTest::newRow("middle, evidence in it") << 0 << 200 << true;
    QTest::newRow("middle, evidence early") << 0 << 2 << false;
    QTest::newRow("middle, evidence late") << 0 << 397 << false;
    QTest::newRow("head, evidence early") << 1 << 2 << true;
    QTest::newRow("head, evidence late") << 1 << 397 << false;
    QTest::newRow("tail, evidence late") << 2 << 397 << true;
    QTest::newRow("tail, evidence early") << 2 << 2 << false;
  }
  void cuts_fit_and_keep_the_question() {
    QFETCH(int, rule);
    QFETCH(int, evidence_at);
    QFETCH(bool, lost);
    Record record = long_record(400, static_cast<size_t>(evidence_at));
    constexpr size_t kWindow = 1024;
    Prompt prompt =
        *build_prompt(record, text_, {kWindow, 32, static_cast<TruncationRule>(rule), true});
    QVERIFY(prompt.truncation.cut);
    QVERIFY(prompt.ids.size() <= kWindow - 32);
    QVERIFY(prompt.ids.size() > kWindow - 32 - 16);  // no more is cut than needed
    QCOMPARE(prompt.truncation.sent_tokens, prompt.ids.size());
    QVERIFY(prompt.truncation.intended_tokens > kWindow);
    QVERIFY(prompt.text.find("Which colour has the lamp?") != std::string::npos);
    QCOMPARE(prompt.truncation.evidence_lost, lost);
    if (!lost)
      QCOMPARE(prompt.text.substr(prompt.evidence[0].begin, strlen(kEvidence)),
               std::string(kEvidence));
    QCOMPARE(prompt.truncation.cut_end - prompt.truncation.cut_begin >=
                 prompt.truncation.intended_tokens - prompt.truncation.sent_tokens,
             true);
  }

  // The official cut of L-Eval: as many words as the prompt may have tokens, less 250 each time
  // until it fits.
  void cuts_by_words_data() {
    QTest::addColumn<bool>("keeps_begin");
    QTest::newRow("keeps the beginning") << true;
    QTest::newRow("keeps the end") << false;
  }
  void cuts_by_words() {
    QFETCH(bool, keeps_begin);
    constexpr size_t kLimit = 1200 - 32, kStep = 250;
    const Record record = long_record(400, keeps_begin ? 2 : 397);
    const std::string document = record.prompt.substr(0, record.context_end);
    const auto rule = keeps_begin ? TruncationRule::tail : TruncationRule::head;
    const Prompt prompt = *build_prompt(record, text_, {1200, 32, rule, true, kStep});
    QVERIFY(prompt.truncation.cut && prompt.ids.size() <= kLimit);
    QVERIFY(!prompt.truncation.evidence_lost);
    QCOMPARE(prompt.text.substr(prompt.evidence[0].begin, strlen(kEvidence)),
             std::string(kEvidence));

    auto with_words = [&](size_t words) {
      Record shorter = record;
      const QStringList all = QString::fromStdString(document).split(QLatin1Char(' '));
      const QStringList kept = keeps_begin ? all.mid(0, static_cast<qsizetype>(words))
                                           : all.mid(all.size() - static_cast<qsizetype>(words));
      shorter.prompt = kept.join(QLatin1Char(' ')).toStdString();
      shorter.context_end = shorter.prompt.size();
      shorter.prompt += record.prompt.substr(record.context_end);
      shorter.evidence.clear();
      return *build_prompt(shorter, text_, {0, 32, rule, true});
    };
    size_t words = kLimit;
    while (with_words(words).ids.size() > kLimit) words -= kStep;
    QVERIFY(words < kLimit);  // the first round alone is not enough
    QCOMPARE(prompt.text, with_words(words).text);
  }

  // Where no such step fits, tokens go as they do elsewhere.
  void cuts_by_words_that_do_not_fit() {
    const Record record = long_record(400, 2);
    const Prompt prompt = *build_prompt(record, text_, {200, 32, TruncationRule::tail, true, 250});
    QVERIFY(prompt.truncation.cut && prompt.ids.size() <= 168 && prompt.ids.size() > 150);
  }

  void the_rule_fail_refuses() {
    auto prompt = build_prompt(long_record(400, 1), text_, {1024, 32, TruncationRule::fail, true});
    QVERIFY(!prompt);
    QCOMPARE(prompt.error().kind, ErrorKind::invalid_input);
    QVERIFY(prompt.error().message.find("992") != std::string::npos);
  }

  void a_question_that_alone_is_too_long_is_an_error() {
    Record record = long_record(400, 1);
    record.context_end = 10;
    QVERIFY(!build_prompt(record, text_, {1024, 32, TruncationRule::middle, true}));
  }
};

QTEST_APPLESS_MAIN(PromptBuilderTest)
#include "prompt_builder_test.moc"
