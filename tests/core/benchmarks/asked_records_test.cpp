// How records of files are asked: official prompts that lie beside the data, numbered passages and
// sentences, second questions, mixed letters.
#include <QProcess>
#include <QtTest>

#include "core/base/text_file.h"
#include "core/catalog/benchmark_data.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::records;
using testing::request_for;
namespace fs = std::filesystem;

class AskedRecordsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void questionsAreAskedWithoutCitationsToo();
  void archivesBandsAndOfficialPrompts();
  void passagesAreNumbered();
  void otherSetsHaveFilesOfTheirOwn();
  void thoughtsComeBeforeTheLetter();
  void limitsInQuotes();
  void typosAreReadByTheParagraph();
  void lettersAreMixed();
  void rawPromptsPartTheAnswersBeginning();
};

void AskedRecordsTest::questionsAreAskedWithoutCitationsToo() {
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

void AskedRecordsTest::archivesBandsAndOfficialPrompts() {
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

void AskedRecordsTest::passagesAreNumbered() {
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

// L-CiteEval's records chosen by length, and those marked by how hard they are.
void AskedRecordsTest::otherSetsHaveFilesOfTheirOwn() {
  testing::TemporaryFolder folder;
  auto row = [](const char* question) {
    return nlohmann::json{{"id", 1},          {"question", question},
                          {"answer", "1931"}, {"docs", {"The mill stands empty since 1931."}},
                          {"length", 9},      {"hardness", "hard"}};
  };
  for (const char* set : {"Data", "Length", "Hardness"}) {
    const fs::path own = folder.path() / ("L-CiteEval-" + std::string(set));
    fs::create_directories(own);
    QVERIFY(write_file(own / "hotpotqa.json", nlohmann::json::array({row(set)}).dump()));
  }
  for (const char* set : {"Data", "Length", "Hardness"}) {
    TaskRequest request = request_for("hotpotqa", 0, folder.path());
    request.parameters = {{"set", set}};
    const auto made = records("l_citeeval", request);
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QVERIFY(made->records.at(0).prompt.find(std::string("Question: ") + set) != std::string::npos);
    QCOMPARE(made->records[0].metadata.at("hardness").get<std::string>(), std::string("hard"));
    request.task = "dialsim";
    const auto none = records("l_citeeval", request);
    QVERIFY(!none);
    QVERIFY2(none.error().message.find("L-CiteEval-" + std::string(set) + "/dialsim.json") !=
                 std::string::npos,
             none.error().message.c_str());
  }
}

void AskedRecordsTest::thoughtsComeBeforeTheLetter() {
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

// CLongEval's official files: gaps without names, limits in quotes.
void AskedRecordsTest::limitsInQuotes() {
  testing::TemporaryFolder prompts;
  const fs::path folder = testing::data("benchmarks/clongeval");
  TaskRequest request = request_for("table_querying_small", 0, folder);
  request.find_file = [&](const std::string& name) -> Result<fs::path> {
    for (const fs::path& place : {folder, prompts.path()})
      if (fs::exists(place / name)) return place / name;
    return Error{ErrorKind::not_found, name, "", ""};
  };
  QVERIFY(write_file(prompts.path() / "dataset2prompt.json",
                     "{\"table_querying\": \"T: {}\\nQ: {}\\nA:\"}"));
  QVERIFY(write_file(prompts.path() / "dataset2maxlen.json", "{\"table_querying\": \"50\"}"));
  const auto made = records("clongeval", request);
  QVERIFY2(made, made ? "" : describe(made.error()).c_str());
  QCOMPARE(made->records[0].max_new_tokens.value_or(0), 50);
  QVERIFY(made->records[0].prompt.starts_with("T: "));
  QVERIFY(made->records[0].prompt.find("{}") == std::string::npos);
  QVERIFY(write_file(prompts.path() / "dataset2maxlen.json", "{\"table_querying\": \"x\"}"));
  QVERIFY(!records("clongeval", request));
  const auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official prompts are not here");
  for (const char* name : {"dataset2prompt.json", "dataset2maxlen.json"})
    fs::copy_file(*shared / "clongeval" / name, prompts.path() / name,
                  fs::copy_options::overwrite_existing);
  const std::pair<const char*, int> limits[] = {{"long_story_qa_small", 100},
                                                {"long_conversation_memory_small", 100},
                                                {"long_story_summarization_small", 400},
                                                {"stacked_news_labeling_small", 800},
                                                {"stacked_typo_detection_small", 800},
                                                {"key_passage_retrieval_small", 400},
                                                {"table_querying_small", 50}};
  for (const auto& [task, limit] : limits) {
    request.task = task;
    const auto official = records("clongeval", request);
    QVERIFY2(official, official ? task : describe(official.error()).c_str());
    QCOMPARE(official->wording_label, std::string("official dataset2prompt.json"));
    QCOMPARE(official->records[0].max_new_tokens.value_or(0), limit);
  }
}

void AskedRecordsTest::typosAreReadByTheParagraph() {
  auto made = records("clongeval", request_for("stacked_typo_detection_small", 0,
                                               testing::data("benchmarks/clongeval")));
  QVERIFY(made);
  QCOMPARE(made->records[0].references[0], std::string("1，元，园\n3，买，卖"));
}

void AskedRecordsTest::lettersAreMixed() {
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

// Without a chat template around it nothing else stands between the question and what begins the
// answer.
void AskedRecordsTest::rawPromptsPartTheAnswersBeginning() {
  for (const char* id : {"infinitebench", "loogle", "clongeval", "longbench"})
    for (const TaskDescription& task : testing::shipped_catalog().benchmark(id)->tasks) {
      if (task.chat_template) continue;
      const auto made =
          records(id, request_for(task.id, 0, testing::data(fs::path("benchmarks") / id)));
      QVERIFY2(made, made ? "" : describe(made.error()).c_str());
      for (const Record& record : made->records) {
        const bool parted = record.answer_prefix.empty() || record.answer_prefix.front() == '\n' ||
                            record.prompt.ends_with('\n');
        QVERIFY2(parted, (task.id + ": " + record.answer_prefix).c_str());
      }
    }
}

QTEST_GUILESS_MAIN(AskedRecordsTest)
#include "asked_records_test.moc"
