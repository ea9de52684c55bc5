// L-Eval's prompts, in our words: they say what the official ones say, part by part.
#include <QtTest>

#include "core/text/python_text.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::records;
using testing::request_for;

class LEvalWordsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void parts_data() {
    QTest::addColumn<QString>("system");  // what the system turn speaks of, with bars between
    QTest::addColumn<QString>("frame");   // what the user's turn speaks of beside its two fields
    QTest::addColumn<bool>("prefix");     // whether "Answer:" begins the reply
    QTest::newRow("coursera") << "document|options|or several|letters alone|AB"
                              << "at once" << true;
    for (const char* task : {"quality", "tpo"})
      QTest::newRow(task) << "document|one is right|letter alone|briefly"
                          << "at once" << true;
    QTest::newRow("sci_fi") << "story|True or False|not by what you know"
                            << "at once" << true;
    QTest::newRow("gsm100") << "each with its answer|last question|The answer is"
                            << "" << false;
    QTest::newRow("codeU") << "functions|comments|called|care"
                           << "" << false;
    QTest::newRow("topic_retrieval_longchat") << "record|USER|ASSISTANT|in mind|first|second|third"
                                              << "" << false;
    for (const char* task :
         {"financial_qa", "legal_contract_qa", "multidoc_qa", "narrative_qa", "natural_question",
          "scientific_qa", "gov_report_summ", "meeting_summ", "news_summ", "paper_assistant",
          "patent_summ", "review_summ", "tv_show_summ"})
      QTest::newRow(task) << "document|summarise|question|write"
                          << "about|words" << false;
  }
  void parts() {
    QFETCH(QString, system);
    QFETCH(QString, frame);
    QFETCH(bool, prefix);
    const auto made = records(
        "leval", request_for(QTest::currentDataTag(), 0, testing::data("benchmarks/leval")));
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(made->wording_label, std::string("house 2"));
    for (const Record& record : made->records) {
      for (const QString& part : system.split(QLatin1Char('|')))
        QVERIFY2(record.system.find(part.toStdString()) != std::string::npos, qPrintable(part));
      QVERIFY(record.context_end > 0 && record.context_end < record.prompt.size());
      const std::string asked = record.prompt.substr(record.context_end);
      for (const QString& part : frame.split(QLatin1Char('|')))
        QVERIFY2(asked.find(part.toStdString()) != std::string::npos, qPrintable(part));
      QCOMPARE(record.answer_prefix, std::string(prefix ? "Answer:" : ""));
      // The wanted length is the reference's.
      if (frame.startsWith(QLatin1String("about"))) {
        const size_t words = split_at_spaces(record.references.at(0)).size();
        QVERIFY(asked.find("about " + std::to_string(words) + " words") != std::string::npos);
      }
    }
  }

  // The second question of a story knows nothing of it.
  void the_real_world_is_asked_without_the_story() {
    const auto made = records("leval", request_for("sci_fi", 0, testing::data("benchmarks/leval")));
    QVERIFY(made && !made->records.empty());
    for (const Record& record : made->records) {
      QVERIFY(record.follow_up.has_value());
      QVERIFY(record.follow_up->system.find("True or False") != std::string::npos);
      QVERIFY(record.follow_up->prompt.find("Story") == std::string::npos);
      QVERIFY(record.follow_up->prompt.size() < record.prompt.size());
      QCOMPARE(record.follow_up->joined, std::string("{answer} [fact: {second}]"));
    }
  }
};

QTEST_APPLESS_MAIN(LEvalWordsTest)
#include "leval_words_test.moc"
