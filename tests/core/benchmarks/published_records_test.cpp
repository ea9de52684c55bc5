// The official files, where they are at hand: as many records as the dossiers count, and records
// that are broken as published.
#include <QtTest>

#include "tests/core/benchmarks/file_records.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::records;
using testing::request_for;
namespace fs = std::filesystem;

class PublishedRecordsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void officialFileWithBadRecords();
  void officialFiles();
  void officialExams();
};

// Lines 53 and 54 of the file hold tabs inside texts, which JSON does not allow.
void PublishedRecordsTest::officialFileWithBadRecords() {
  auto shared = testing::shared_data();
  if (!shared || !fs::exists(*shared / "bamboo" / "paperqa_4k.jsonl"))
    QSKIP("skipped: the official files are not here");
  auto request = request_for("paperqa", 4096, *shared / "bamboo");
  auto strict = records("bamboo", request);
  QVERIFY(!strict && describe(strict.error()).find("paperqa_4k.jsonl:53") != std::string::npos);
  request.skip_bad_records = true;
  auto made = records("bamboo", request);
  QVERIFY2(made, made ? "" : describe(made.error()).c_str());
  QCOMPARE(made->records.size(), size_t{98});
  QCOMPARE(made->bad_records, size_t{2});
}

void PublishedRecordsTest::officialFiles() {
  auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official files are not here");
  auto stack = records("ada_leval", request_for("stackselect", 1024, *shared / "ada-leval"));
  QVERIFY(stack);
  QCOMPARE(stack->records.size(), size_t{40});
  QCOMPARE(stack->records[0].references[0], std::string("A3"));
  auto gist = records("longins", request_for("GIST", 256, *shared / "longins"));
  QVERIFY(gist);
  QCOMPARE(gist->records.size(), size_t{60});
  auto write = records("longwriter", request_for("longbench_write", 0, *shared / "longwriter"));
  QVERIFY(write);
  QCOMPARE(write->records.size(), size_t{120});
  auto russian = request_for("ru_tpo", 8192, testing::data("benchmarks/libra"));
  russian.find_file = [&](const std::string& name) -> Result<fs::path> {
    const fs::path folder =
        name.ends_with("_config.json") ? *shared / "libra" : russian.data_folder;
    if (fs::exists(folder / name)) return folder / name;
    return Error{ErrorKind::not_found, name, "", ""};
  };
  auto official = records("libra", russian);
  QVERIFY(official);
  QCOMPARE(official->wording_label, std::string("official datasets_config.json"));
}

void PublishedRecordsTest::officialExams() {
  auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official files are not here");
  auto count = [&](const char* benchmark, const char* folder, const char* task, size_t length = 0) {
    auto made = records(benchmark, request_for(task, length, *shared / folder));
    if (!made) qWarning("%s", describe(made.error()).c_str());
    return made ? made->records.size() : 0;
  };
  // Questions by kind of evaluation, as the dossiers count them.
  QCOMPARE(count("leval", "leval", "coursera"), size_t{172});
  QCOMPARE(count("leval", "leval", "gsm100"), size_t{100});
  QCOMPARE(count("leval", "leval", "quality"), size_t{202});
  QCOMPARE(count("leval", "leval", "sci_fi"), size_t{64});
  QCOMPARE(count("leval", "leval", "tpo"), size_t{269});
  QCOMPARE(count("leval", "leval", "financial_qa"), size_t{52});
  QCOMPARE(count("leval", "leval", "multidoc_qa"), size_t{136});
  QCOMPARE(count("leval", "leval", "scientific_qa"), size_t{160});
  QCOMPARE(count("leval", "leval", "meeting_summ"), size_t{156});
  QCOMPARE(count("leval", "leval", "tv_show_summ"), size_t{13});
  QCOMPARE(count("leval", "leval", "gov_report_summ"), size_t{13});
  QCOMPARE(count("leval", "leval", "natural_question"), size_t{104});
  QCOMPARE(count("leval", "leval", "news_summ"), size_t{11});
  QCOMPARE(count("leval", "leval", "paper_assistant"), size_t{60});
  QCOMPARE(count("leval", "leval", "patent_summ"), size_t{13});
  QCOMPARE(count("leval", "leval", "review_summ"), size_t{120});
  QCOMPARE(count("leval", "leval", "legal_contract_qa"), size_t{74});         // of 11 documents
  QCOMPARE(count("leval", "leval", "topic_retrieval_longchat"), size_t{75});  // of 25
  auto fiction = records("leval", request_for("sci_fi", 0, *shared / "leval"));
  QVERIFY(fiction && fiction->records[0].follow_up);
  QVERIFY(fiction->records[0].follow_up->prompt.find("the world described in") ==
          std::string::npos);
  QCOMPARE(count("bamboo", "bamboo", "meetingqa", 4096), size_t{100});
  QCOMPARE(count("bamboo", "bamboo", "altqa", 4096), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "reportsumsort", 4096), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "showssort", 4096), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "private_eval", 4096), size_t{152});
  QCOMPARE(count("bamboo", "bamboo", "senhallu", 4096), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "abshallu", 4096), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "meetingpred", 4096), size_t{100});
  QCOMPARE(count("bamboo", "bamboo", "showspred", 4096), size_t{100});
  QCOMPARE(count("bamboo", "bamboo", "showspred", 16384), size_t{100});
  QCOMPARE(count("bamboo", "bamboo", "showssort", 16384), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "private_eval", 16384), size_t{40});
  QCOMPARE(count("longwriter", "longwriter", "longbench_write_en"), size_t{60});
  QCOMPARE(count("longwriter", "longwriter", "longwrite_ruler"), size_t{48});
  QCOMPARE(count("longins", "longins", "GIST", 512), size_t{60});
  QCOMPARE(count("loogle", "loogle", "shortdep_qa"), size_t{80});
  QCOMPARE(count("loogle", "loogle", "longdep_summarization"), size_t{5});
  size_t long_ones = 0;
  for (const char* task :
       {"longdep_qa_comprehension_and_reasoning", "longdep_qa_computation",
        "longdep_qa_multiple_information_retrieval", "longdep_qa_timeline_reorder"})
    long_ones += count("loogle", "loogle", task);
  QCOMPARE(long_ones, size_t{43});
  QCOMPARE(count("loogle", "loogle", "shortdep_cloze"), size_t{94});
}

QTEST_APPLESS_MAIN(PublishedRecordsTest)
#include "published_records_test.moc"
