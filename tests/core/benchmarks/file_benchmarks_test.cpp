// Benchmarks whose records stand in files: every task over fixtures in the official shapes, the
// official files where they are at hand, and files that are broken.
#include <QProcess>
#include <QtTest>
#include <set>

#include "core/base/text_file.h"
#include "core/catalog/benchmark_data.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::records;
using testing::request_for;
namespace fs = std::filesystem;

namespace {

const char* const kBenchmarks[] = {
    "ada_leval",  "babilong", "bamboo",     "clongeval",  "counting_stars", "infinitebench",
    "l_citeeval", "leval",    "libra",      "longbench",  "longbench_e",    "longbench_v2",
    "longcite",   "longins",  "longsafety", "longwriter", "loogle",         "lveval"};

// The length at which the fixture has this task.
size_t fixture_length(const std::string& benchmark, const std::string& task) {
  if (benchmark == "ada_leval") return task == "stackselect" ? 1024 : 2048;
  if (benchmark == "babilong") return 1024;
  if (benchmark == "bamboo") return 4096;
  if (benchmark == "libra") return task == "ru_gsm100" ? 16384 : task == "ru_sci_fi" ? 32768 : 8192;
  if (benchmark == "lveval") return 16384;
  return benchmark == "longins" ? 256 : 0;
}

}  // namespace

class FileBenchmarksTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyTaskHasRecords_data();
  void everyTaskHasRecords();
  void contextComesBeforeTheQuestion();
  void aLengthKeepsItsRecords();
  void questionsAreAskedWithoutCitationsToo();
  void archivesBandsAndOfficialPrompts();
  void passagesAreNumbered();
  void thoughtsComeBeforeTheLetter();
  void missingAndBrokenFilesAreNamed();
  void badRecordsAreLeftOutWhereAsked();
  void officialFileWithBadRecords();
  void officialFiles();
  void officialExams();
  void typosAreReadByTheParagraph();
  void lettersAreMixed();
};

void FileBenchmarksTest::everyTaskHasRecords_data() {
  QTest::addColumn<QString>("benchmark");
  QTest::addColumn<QString>("task");
  for (const char* id : kBenchmarks)
    for (const TaskDescription& task : testing::shipped_catalog().benchmark(id)->tasks)
      QTest::addRow("%s %s", id, task.id.c_str())
          << QString::fromLatin1(id) << QString::fromStdString(task.id);
}

void FileBenchmarksTest::everyTaskHasRecords() {
  QFETCH(QString, benchmark);
  QFETCH(QString, task);
  const std::string id = benchmark.toStdString(), name = task.toStdString();
  auto made = records(
      id, request_for(name, fixture_length(id, name), testing::data(fs::path("benchmarks") / id)));
  QVERIFY2(made, made ? "" : describe(made.error()).c_str());
  QVERIFY(!made->records.empty());
  QVERIFY(made->wording_label.starts_with("house"));
  std::set<std::string> ids;
  for (const Record& record : made->records) {
    QVERIFY(ids.insert(record.id).second);
    QVERIFY(!record.prompt.empty());
    QVERIFY(!record.references.empty());
    QVERIFY(record.context_end <= record.prompt.size());
    const bool braces = id == "counting_stars" || name == "kv_retrieval" ||
                        name == "shortdep_cloze" || name.starts_with("key_passage");
    QVERIFY2(braces || record.prompt.find('{') == std::string::npos, record.prompt.c_str());
  }
}

void FileBenchmarksTest::contextComesBeforeTheQuestion() {
  auto made = records("babilong", request_for("qa1", 1024, testing::data("benchmarks/babilong")));
  QVERIFY(made);
  const Record& record = made->records.front();
  QVERIFY(record.prompt.substr(0, record.context_end).ends_with("Nobody read it."));
  QVERIFY(record.prompt.ends_with("Question: What did the note say?"));
  QCOMPARE(record.references.front(), std::string("bathroom"));
  auto stars = records("counting_stars",
                       request_for("zh_reasoning", 0, testing::data("benchmarks/counting_stars")));
  QVERIFY(stars);
  QCOMPARE(stars->records[0].references, (std::vector<std::string>{"15", "117", "42"}));
  QCOMPARE(stars->records[0].metadata["wrong_counts"].size(), size_t{32});
  auto sorted =
      records("ada_leval", request_for("textsort", 2048, testing::data("benchmarks/ada_leval")));
  QVERIFY(sorted);
  QCOMPARE(sorted->records[1].references, (std::vector<std::string>{"2", "1", "4", "3"}));
}

void FileBenchmarksTest::questionsAreAskedWithoutCitationsToo() {
  auto request = request_for("hotpotqa", 0, testing::data("benchmarks/longcite"));
  const auto cited = records("longcite", request);
  request.parameters = {{"plain_answers", true}};
  const auto both = records("longcite", request);
  QVERIFY(cited && both);
  QCOMPARE(both->records.size(), 2 * cited->records.size());
  const Record& plain = both->records[1];
  QCOMPARE(both->records[0].prompt, cited->records[0].prompt);
  QCOMPARE(plain.id, both->records[0].id + "-plain");
  QCOMPARE(plain.references, both->records[0].references);
  QVERIFY(plain.prompt.find("<C0>") == std::string::npos);
  QVERIFY(plain.prompt.find("statement") == std::string::npos);
  QVERIFY(plain.prompt.ends_with("Question: When was the park laid out?"));
  QVERIFY(plain.prompt.substr(0, plain.context_end).ends_with("The mill stands empty."));
  // A pack's words ask for citations; the plain question keeps ours.
  request.wording = Wording{"", "Cite: {context} {question}", "", {}, "pack"};
  const auto packed = records("longcite", request);
  QVERIFY(packed->records[0].prompt.starts_with("Cite: "));
  QCOMPARE(packed->records[1].prompt, plain.prompt);
}

void FileBenchmarksTest::aLengthKeepsItsRecords() {
  const fs::path folder = testing::data("benchmarks/libra");
  auto eight = records("libra", request_for("passkey", 8192, folder));
  auto four = records("libra", request_for("passkey", 4096, folder));
  QVERIFY(eight && four);
  QCOMPARE(eight->records.size(), size_t{1});
  QCOMPARE(four->records[0].references[0], std::string("нет"));
  QVERIFY(!records("libra", request_for("passkey", 65536, folder)));
}

void FileBenchmarksTest::archivesBandsAndOfficialPrompts() {
  testing::TemporaryFolder folder;
  const fs::path own = folder.path() / "longbench_e";
  fs::create_directories(own);
  const std::string archive = (own / "data.zip").string();
  QCOMPARE(QProcess::execute(
               "python3",
               {"-m", "zipfile", "-c", QString::fromStdString(archive),
                QString::fromStdString(testing::data("benchmarks/longbench_e/data").string())}),
           0);
  auto request = [&](const std::string& task) {
    TaskRequest made = request_for(task, 0, own);
    made.find_file = [&](const std::string& name) {
      return find_data_file(*testing::shipped_catalog().benchmark("longbench_e"), name,
                            folder.path());
    };
    return made;
  };
  for (const char* task : {"trec_0_4k", "trec_4_8k", "trec_8k"}) {
    auto band = records("longbench_e", request(task));
    QVERIFY2(band, band ? "" : describe(band.error()).c_str());
    QCOMPARE(band->records.size(), size_t{1});
    QCOMPARE(band->records[0].metadata["classes"].size(), size_t{5});
  }
  QVERIFY(write_file(own / "dataset2prompt.json", "{\"trec\": \"Set {{}}: {context} | {input}\"}"));
  QVERIFY(write_file(own / "dataset2maxlen.json", "{\"trec\": 9}"));
  auto official = records("longbench_e", request("trec_8k"));
  QVERIFY(official);
  QCOMPARE(official->wording_label, std::string("official dataset2prompt.json"));
  QVERIFY(official->records[0].prompt.starts_with("Set {}: Question: What is a carp?"));
  QCOMPARE(official->records[0].max_new_tokens.value_or(0), 9);
}

void FileBenchmarksTest::passagesAreNumbered() {
  TaskRequest request = request_for("counting_stars", 0, testing::data("benchmarks/l_citeeval"));
  auto stars = records("l_citeeval", request);
  QVERIFY(stars);
  const Record& counted = stars->records[0];
  QVERIFY(counted.prompt.starts_with("Passage [1]: The park"));
  QCOMPARE(counted.references, (std::vector<std::string>{"15", "42"}));
  QVERIFY(counted.metadata["gold_passages"] == nlohmann::json({2, 4}));
  auto needle = records("l_citeeval", request_for("niah", 0, request.data_folder));
  QVERIFY(needle && needle->records[0].metadata["gold_passages"] == nlohmann::json::array({2}));
  QVERIFY(needle->records[0].prompt.find("Passage [3]: The library owns") != std::string::npos);
  auto cited =
      records("longcite", request_for("multifieldqa_zh", 0, testing::data("benchmarks/longcite")));
  QVERIFY(cited);
  QVERIFY(cited->records[0].prompt.find("<C0>公园建于一九〇二年。<C1>磨坊空着。") !=
          std::string::npos);
  auto pair =
      records("longsafety", request_for("longsafety", 0, testing::data("benchmarks/longsafety")));
  QVERIFY(pair);
  QCOMPARE(pair->records.size(), size_t{2});
  QVERIFY(pair->records[0].prompt.ends_with("every evening."));
  QVERIFY(pair->records[1].prompt.starts_with("The mill stands empty."));
  auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official prompts are not here");
  request.find_file = [&](const std::string& name) -> Result<fs::path> {
    for (const fs::path& place : {request.data_folder, *shared / "l-citeeval"})
      if (fs::exists(place / name)) return place / name;
    return Error{ErrorKind::not_found, name, "", ""};
  };
  for (const char* task : {"dialsim", "2wikimultihopqa", "gov_report"}) {
    request.task = task;
    auto official = records("l_citeeval", request);
    QVERIFY(official);
    QVERIFY(official->wording_label.starts_with("official"));
    QVERIFY(official->records[0].prompt.find("<<<chatbox>>>") == std::string::npos);
    QVERIFY(official->records[0].prompt.ends_with(std::string(task) == "gov_report" ? "\nSummary:"
                                                                                    : "\nAnswer:"));
  }
}

void FileBenchmarksTest::thoughtsComeBeforeTheLetter() {
  const fs::path folder = testing::data("benchmarks/longbench_v2");
  TaskRequest request = request_for("longbench_v2", 0, folder);
  request.parameters = {{"cot", true}};
  auto thinking = records("longbench_v2", request);
  QVERIFY(thinking);
  const Record& record = thinking->records[0];
  QVERIFY(record.follow_up.has_value());
  QCOMPARE(record.max_new_tokens.value_or(0), 1024);
  QCOMPARE(record.follow_up->max_new_tokens, 128);
  QVERIFY(record.follow_up->prompt.find("{answer}") != std::string::npos);
  QVERIFY(record.follow_up->prompt.find("The pond in it holds carp") == std::string::npos);
  request.parameters = {{"no_context", true}};
  auto blind = records("longbench_v2", request);
  QVERIFY(blind);
  QVERIFY(blind->records[0].prompt.find("carp") == std::string::npos);
  auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official prompts are not here");
  request.parameters = nlohmann::json::object();
  request.find_file = [&](const std::string& name) -> Result<fs::path> {
    for (const fs::path& place : {folder, *shared / "longbench-v2"})
      if (fs::exists(place / name)) return place / name;
    return Error{ErrorKind::not_found, name, "", ""};
  };
  auto official = records("longbench_v2", request);
  QVERIFY(official);
  QCOMPARE(official->wording_label, std::string("official 0shot.txt"));
  QVERIFY(official->records[0].prompt.find('$') == std::string::npos);
}

void FileBenchmarksTest::missingAndBrokenFilesAreNamed() {
  testing::TemporaryFolder folder;
  auto missing = records("longwriter", request_for("longbench_write", 0, folder.path()));
  QVERIFY(!missing);
  QVERIFY(describe(missing.error()).find("longbench_write.jsonl") != std::string::npos);
  const std::string good = R"({"prompt": "p", "type": "t", "length": 10})"
                           "\n";
  for (const std::string& bad :
       {std::string("{\"prompt\": \"p\"}"), std::string("{\"prompt\""), std::string("[1"),
        std::string(R"({"prompt": 7, "length": 10})"), std::string("\xff\xfe")}) {
    QVERIFY(write_file(folder.path() / "longbench_write.jsonl", good + bad));
    auto broken = records("longwriter", request_for("longbench_write", 0, folder.path()));
    QVERIFY(!broken);
    QVERIFY2(describe(broken.error()).find("2") != std::string::npos,
             describe(broken.error()).c_str());
  }
}

void FileBenchmarksTest::badRecordsAreLeftOutWhereAsked() {
  testing::TemporaryFolder folder;
  const std::string good = R"({"prompt": "p", "type": "t", "length": 10})"
                           "\n";
  // Broken JSON, then a record without its length.
  QVERIFY(write_file(folder.path() / "longbench_write.jsonl",
                     good + "{\"prompt\": \"\t\"}\n" + good + "{\"prompt\": \"p\"}\n" + good));
  auto request = request_for("longbench_write", 0, folder.path());
  auto strict = records("longwriter", request);
  QVERIFY(!strict);
  QVERIFY(describe(strict.error()).find("longbench_write.jsonl:2") != std::string::npos);
  request.skip_bad_records = true;
  auto made = records("longwriter", request);
  QVERIFY2(made, made ? "" : describe(made.error()).c_str());
  QCOMPARE(made->records.size(), size_t{3});
  QCOMPARE(made->bad_records, size_t{2});
  QCOMPARE(made->notes.size(), size_t{2});
  QVERIFY(made->notes[0].find("longbench_write.jsonl:2") != std::string::npos);
  QVERIFY(made->notes[1].find("longbench_write.jsonl:4") != std::string::npos);
}

// Lines 53 and 54 of the file hold tabs inside texts, which JSON does not allow.
void FileBenchmarksTest::officialFileWithBadRecords() {
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

void FileBenchmarksTest::officialExams() {
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
  auto fiction = records("leval", request_for("sci_fi", 0, *shared / "leval"));
  QVERIFY(fiction && fiction->records[0].follow_up);
  QVERIFY(fiction->records[0].follow_up->prompt.find("the world described in") ==
          std::string::npos);
  QCOMPARE(count("bamboo", "bamboo", "meetingqa", 4096), size_t{100});
  QCOMPARE(count("bamboo", "bamboo", "altqa", 4096), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "reportsumsort", 4096), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "showssort", 4096), size_t{40});
  QCOMPARE(count("bamboo", "bamboo", "private_eval", 4096), size_t{152});
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

void FileBenchmarksTest::typosAreReadByTheParagraph() {
  auto made = records("clongeval", request_for("stacked_typo_detection_small", 0,
                                               testing::data("benchmarks/clongeval")));
  QVERIFY(made);
  QCOMPARE(made->records[0].references[0], std::string("1，元，园\n3，买，卖"));
}

void FileBenchmarksTest::lettersAreMixed() {
  auto model = testing::model_for_records();
  if (!model) QSKIP("skipped: the default model is not here");
  for (const char* task : {"task1", "task2", "task3"}) {
    TaskRequest request = model->request(task, 0, 0);
    request.data_folder = testing::data("benchmarks/longhealth");
    auto made = records("longhealth", request);
    QVERIFY(made);
    QCOMPARE(made->records.size(), size_t{15});
    const Record& first = made->records[0];
    const bool own =
        first.prompt.find("We saw the patient for a broken wrist") != std::string::npos;
    QCOMPARE(own, std::string(task) != "task3");
    QCOMPARE(first.references[0], std::string(std::string(task) == "task3" ? "F" : "B"));
    QCOMPARE(first.prompt.find("F: Question cannot") == std::string::npos,
             std::string(task) == "task1");
    QVERIFY(made->records[0].prompt != made->records[1].prompt);
    request.parameters = {{"prompt_tokens", 260}};
    auto cut = records("longhealth", request);
    QVERIFY(cut);
    for (const Record& record : cut->records)
      QVERIFY(model->tokenizer->encode(record.system + record.prompt).size() <= 262);
  }
}

void FileBenchmarksTest::officialFiles() {
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

QTEST_GUILESS_MAIN(FileBenchmarksTest)
#include "file_benchmarks_test.moc"
