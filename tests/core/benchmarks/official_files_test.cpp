// Official files in the user's folder are used and said so; broken ones are named.
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

#include "core/base/text_file.h"
#include "core/catalog/benchmark_data.h"
#include "tests/core/benchmarks/record_checks.h"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json small_squad() {
  json articles = json::array();
  for (int a = 0; a < 4; ++a) {
    json paragraphs = json::array();
    for (int p = 0; p < 30; ++p) {
      const std::string name = "Fort " + std::to_string(a) + std::to_string(p);
      paragraphs.push_back({{"context", name + " was built of sandstone. Its garrison had " +
                                            std::to_string(1000 + p) + " men."},
                            {"qas",
                             {{{"question", "What was " + name + " built of?"},
                               {"is_impossible", false},
                               {"answers", {{{"text", "sandstone"}}, {{"text", "of sandstone"}}}}},
                              {{"question", "Who painted " + name + "?"},
                               {"is_impossible", true},
                               {"answers", json::array()}}}}});
    }
    articles.push_back({{"title", "Forts"}, {"paragraphs", paragraphs}});
  }
  return {{"version", "v2.0"}, {"data", articles}};
}

json small_hotpot() {
  json entries = json::array();
  for (int i = 0; i < 20; ++i) {
    auto page = [i](int d) { return "Page " + std::to_string(10 * i + d); };
    json context = json::array(), facts = json::array();
    for (int d = 0; d < 10; ++d)
      context.push_back(json::array(
          {page(d), json::array({"Harbour " + std::to_string(d) + " is deep.",
                                 " It belongs to island " + std::to_string(i) + "."})}));
    for (int d = 1; d <= 2; ++d) facts.push_back(json::array({page(d), d - 1}));
    entries.push_back({{"question", "Which island has the harbour of " + page(1) + "?"},
                       {"answer", "island " + std::to_string(i)},
                       {"supporting_facts", facts},
                       {"context", context}});
  }
  return entries;
}

std::string words(const std::string& stem) {
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += stem + static_cast<char>('a' + i / 26) + static_cast<char>('a' + i % 26) + "\n";
  return text;
}

}  // namespace

class OfficialFilesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void questionsComeFromTheFiles();
  void essaysAndWords();
  void everyWayOfFindingAFile();
  void brokenFilesAreNamed();

 private:
  loom::Result<loom::TaskRecords> records(const std::string& task, const QTemporaryDir& folder,
                                          const char* benchmark = "ruler") {
    auto request = model_->request(task, 2500, 3);
    request.data_folder = folder.path().toStdString();
    return (*loom::make_benchmark(benchmark))->records(request, {});
  }
  std::optional<loom::testing::ModelForRecords> model_;
};

void OfficialFilesTest::initTestCase() {
  model_ = loom::testing::model_for_records();
  if (!model_) QSKIP("skipped: the default model is not here");
}

void OfficialFilesTest::questionsComeFromTheFiles() {
  QTemporaryDir folder;
  const fs::path path = folder.path().toStdString();
  QCOMPARE(records("qa_1", folder)->data_label, std::string("house data"));
  QVERIFY(loom::write_file(path / "squad.json", small_squad().dump()).has_value());
  QVERIFY(loom::write_file(path / "hotpotqa.json", small_hotpot().dump()).has_value());
  const auto squad = records("qa_1", folder);
  QVERIFY2(squad.has_value(), squad ? "" : loom::describe(squad.error()).c_str());
  QCOMPARE(squad->data_label, std::string("official SQuAD"));
  QVERIFY(squad->records[1].prompt.find("What was Fort 01 built of?") != std::string::npos);
  QCOMPARE(squad->records[1].references, (std::vector<std::string>{"sandstone", "of sandstone"}));
  QVERIFY(squad->records[0].prompt.find("Who painted") == std::string::npos);
  const auto hotpot = records("qa_2", folder);
  QVERIFY2(hotpot.has_value(), hotpot ? "" : loom::describe(hotpot.error()).c_str());
  QCOMPARE(hotpot->data_label, std::string("official HotpotQA"));
  QCOMPARE(hotpot->records[2].references, std::vector<std::string>{"island 2"});
  QCOMPARE(hotpot->records[2].evidence.size(), size_t{2});
  for (const auto& record : hotpot->records) QVERIFY(model_->tokens(record) + 32 <= 2500);
}

void OfficialFilesTest::essaysAndWords() {
  QTemporaryDir folder;
  const fs::path path = folder.path().toStdString();
  std::string essay;
  for (int i = 0; i < 60; ++i) essay += "Startups number " + std::to_string(i) + "\n  are   hard. ";
  QVERIFY(
      loom::write_file(path / "PaulGrahamEssays.json", json{{"text", essay}}.dump()).has_value());
  const auto essays = records("niah_single_2", folder);
  QVERIFY2(essays.has_value(), essays ? "" : loom::describe(essays.error()).c_str());
  QCOMPARE(essays->data_label, std::string("official essays, house words"));
  QVERIFY(essays->records[0].prompt.find("Startups number 7 are hard.") != std::string::npos);
  QCOMPARE(records("needle", folder, "niah")->data_label, std::string("official essays"));
  QVERIFY(loom::write_file(path / "nounlist.txt", words("noun")).has_value());
  QVERIFY(loom::write_file(path / "adjectivelist.txt", words("adjective")).has_value());
  QVERIFY(loom::write_file(path / "verblist.txt", words("verb")).has_value());
  QCOMPARE(records("niah_single_2", folder)->data_label, std::string("official data"));
  const auto common = records("cwe", folder);
  QCOMPARE(common->data_label, std::string("official words"));
  QCOMPARE(common->records[0].references.size(), size_t{10});
}

// The catalogue's way: the user's folder, a gzipped file, a zip archive.
void OfficialFilesTest::everyWayOfFindingAFile() {
  std::string essay;
  for (int i = 0; i < 60; ++i) essay += "Startups number " + std::to_string(i) + " are hard. ";
  const std::string essays = json{{"text", essay}}.dump();
  for (const QString& ending : {QString(), QStringLiteral(".gz"), QStringLiteral(".zip")}) {
    QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    for (const auto& [name, text] :
         {std::pair<std::string, std::string>{"PaulGrahamEssays.json", essays},
          {"squad.json", small_squad().dump()},
          {"nounlist.txt", words("noun")},
          {"adjectivelist.txt", words("adjective")},
          {"verblist.txt", words("verb")}})
      for (const char* benchmark : {"ruler", "niah"})
        QVERIFY(loom::write_file(path / benchmark / name, text));
    for (const char* benchmark : {"ruler", "niah"}) {
      const QString own = QString::fromStdString((path / benchmark).string());
      if (ending == QStringLiteral(".gz"))
        QCOMPARE(QProcess::execute("sh", {"-c", "gzip " + own + "/*"}), 0);
      if (ending == QStringLiteral(".zip"))
        QCOMPARE(QProcess::execute("sh", {"-c", "cd " + own +
                                                    " && python3 -m zipfile -c all.zip * && rm "
                                                    "*.json *.txt"}),
                 0);
    }
    auto made = [&](const char* benchmark, const char* task) {
      auto request = model_->request(task, 2500, 2);
      request.find_file = [&, benchmark](const std::string& name) {
        return loom::find_data_file(*loom::testing::shipped_catalog().benchmark(benchmark), name,
                                    path);
      };
      auto records = (*loom::make_benchmark(benchmark))->records(request, {});
      return records ? records->data_label : loom::describe(records.error());
    };
    QCOMPARE(made("ruler", "niah_single_2"), std::string("official data"));
    QCOMPARE(made("ruler", "cwe"), std::string("official words"));
    QCOMPARE(made("ruler", "qa_1"), std::string("official SQuAD"));
    QCOMPARE(made("ruler", "qa_2"), std::string("house data"));
    QCOMPARE(made("niah", "needle"), std::string("official essays"));
  }
}

void OfficialFilesTest::brokenFilesAreNamed() {
  const std::vector<std::tuple<std::string, std::string, std::string>> cases = {
      {"qa_1", "squad.json", "{\"data\": [{\"paragraphs\": [{\"context\": 3}]}]}"},
      {"qa_1", "squad.json", "[]"},
      {"qa_1", "squad.json", "{\"data\": []}"},
      {"qa_1", "dev-v2.0.json", "{\"data\": "},
      {"qa_2", "hotpotqa.json", "{}"},
      {"qa_2", "hotpotqa.json", "[{\"question\": \"q\"}]"},
      {"qa_2", "hotpotqa.json",
       "[{\"question\":\"q\",\"answer\":\"a\",\"supporting_facts\":[[\"x\",0]],\"context\":[[\"y\","
       "[\"z\"]]]}]"},
      {"niah_single_2", "PaulGrahamEssays.json", "{\"essays\": \"\"}"},
      {"niah_single_2", "PaulGrahamEssays.json", "{\"text\": \"One. Two.\"}"},
      {"cwe", "nounlist.txt", "a\nb\n"},
      {"cwe", "nounlist.txt", std::string("\xff\xfe\n")}};
  for (const auto& [task, name, text] : cases) {
    QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    QVERIFY(loom::write_file(path / "adjectivelist.txt", words("adjective")).has_value());
    QVERIFY(loom::write_file(path / "verblist.txt", words("verb")).has_value());
    QVERIFY(loom::write_file(path / name, text).has_value());
    const auto made = records(task, folder);
    QVERIFY2(!made.has_value(), (name + ": " + text).c_str());
    QVERIFY2(made.error().where.find(name) != std::string::npos,
             loom::describe(made.error()).c_str());
    QVERIFY(!made.error().message.empty());
  }
}

QTEST_APPLESS_MAIN(OfficialFilesTest)
#include "official_files_test.moc"
