// LooGLE's records in both of their shapes: a document with its questions, and a question a row.
#include <QtTest>

#include "core/base/text_file.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
using testing::records;
using testing::request_for;
namespace fs = std::filesystem;

namespace {

const std::string kDocument = "The mill stands empty since 1931. The park was laid out in 1902.";

// The lines of a JSONL file.
std::string lines_of(const json& rows) {
  std::string text;
  for (const json& row : rows) text += row.dump() + "\n";
  return text;
}

}  // namespace

class LoogleRowsTest : public QObject {
  Q_OBJECT
  testing::TemporaryFolder documents_, rows_;

  // The same of both shapes, but for names of documents and questions.
  void compare(const char* task, size_t count) {
    const auto whole = records("loogle", request_for(task, 0, documents_.path()));
    const auto single = records("loogle", request_for(task, 0, rows_.path()));
    QVERIFY2(whole, whole ? "" : describe(whole.error()).c_str());
    QVERIFY2(single, single ? "" : describe(single.error()).c_str());
    QCOMPARE(whole->records.size(), count);
    QCOMPARE(single->records.size(), count);
    for (size_t i = 0; i < count; ++i) {
      const Record &one = whole->records[i], &other = single->records[i];
      QCOMPARE(other.prompt, one.prompt);
      QCOMPARE(other.context_end, one.context_end);
      QCOMPARE(other.references, one.references);
      QVERIFY(other.metadata.value("masks", json()) == one.metadata.value("masks", json()));
    }
  }

 private Q_SLOTS:
  void questions_of_all_kinds() {
    const std::string pairs =
        "[{'Q': 'Since when?', 'A': '1931', 'S': ['x'], 'type': 'computation'},"
        " {'Q': 'What is older?', 'A': 'the park', 'S': '', 'type': 'timeline_reorder'},"
        " {'Q': 'And then?', 'A': 'nothing', 'S': '', 'type': 'computation'}]";
    QVERIFY(write_file(documents_.path() / "longdep_qa.jsonl",
                       lines_of({{{"input", kDocument}, {"title", "t"}, {"qa_pairs", pairs}}})));
    auto row = [](const char* question, const char* answer, const char* type) {
      return json{{"context", kDocument}, {"question", question},
                  {"answer", answer},     {"evidence", json::array()},
                  {"type", type},         {"title", "t"},
                  {"doc_id", "d"}};
    };
    QVERIFY(write_file(rows_.path() / "longdep_qa.jsonl",
                       lines_of({row("Since when?", "1931", "computation"),
                                 row("What is older?", "the park", "timeline_reorder"),
                                 row("And then?", "nothing", "computation")})));
    compare("longdep_qa_computation", 2);
    compare("longdep_qa_timeline_reorder", 1);
    QVERIFY(
        !records("loogle", request_for("longdep_qa_comprehension_and_reasoning", 0, rows_.path())));
  }

  void masks_as_an_object_and_as_a_text() {
    const std::string pairs = "[{'Q': 'It closed in <mask-0>.', 'A': {'<mask-0>': '1931'}}]";
    QVERIFY(write_file(documents_.path() / "shortdep_cloze.jsonl",
                       lines_of({{{"input", kDocument}, {"qa_pairs", pairs}}})));
    const json object = {{"<mask-0>", "1931"}};
    for (const json& answer :
         {object, json("{'<mask-0>': '1931'}"), json("{\"<mask-0>\": \"1931\"}")}) {
      QVERIFY(write_file(rows_.path() / "shortdep_cloze.jsonl",
                         lines_of({{{"input", kDocument},
                                    {"qa_pairs", nullptr},
                                    {"question", "It closed in <mask-0>."},
                                    {"answer", answer}}})));
      compare("shortdep_cloze", 1);
    }
  }

  void summaries() {
    QVERIFY(
        write_file(documents_.path() / "longdep_summarization.jsonl",
                   lines_of({{{"input", kDocument}, {"qa_pairs", "none"}, {"output", "Gone."}}})));
    QVERIFY(write_file(
        rows_.path() / "longdep_summarization.jsonl",
        lines_of({{{"context", kDocument}, {"question", "none"}, {"answer", "Gone."}}})));
    compare("longdep_summarization", 1);
  }

  void kinds_and_fields_under_other_names() {
    QVERIFY(write_file(rows_.path() / "longdep_qa.jsonl",
                       lines_of({{{"document", kDocument},
                                  {"question", "Since when?"},
                                  {"output", "1931"},
                                  {"task", "Multiple information retrieval"}}})));
    const auto made = records(
        "loogle", request_for("longdep_qa_multiple_information_retrieval", 0, rows_.path()));
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(made->records.at(0).references, std::vector<std::string>{"1931"});
    QVERIFY(made->records.at(0).prompt.find(kDocument) != std::string::npos);
    QVERIFY(!records("loogle", request_for("longdep_qa_computation", 0, rows_.path())));
  }

  // The official pattern is one of Python's: its doubled braces stand for single ones.
  void official_patterns_lose_doubled_braces() {
    const testing::TemporaryFolder folder;
    QVERIFY(write_file(
        folder.path() / "task2prompt.json",
        json({{"shortdep_cloze", "Such as {{'<mask-0>': 'Bob'}}\n{input}\nQ: {Q}"}}).dump()));
    QVERIFY(write_file(folder.path() / "shortdep_cloze.jsonl",
                       lines_of({{{"input", kDocument},
                                  {"question", "It closed in <mask-0>."},
                                  {"answer", {{"<mask-0>", "1931"}}}}})));
    const auto made = records("loogle", request_for("shortdep_cloze", 0, folder.path()));
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(made->wording_label, std::string("official task2prompt.json"));
    QCOMPARE(made->records.at(0).prompt,
             "Such as {'<mask-0>': 'Bob'}\n" + kDocument + "\nQ: It closed in <mask-0>.");
  }

  void a_row_without_a_document_is_named() {
    QVERIFY(write_file(rows_.path() / "shortdep_qa.jsonl",
                       lines_of({{{"question", "Since when?"}, {"answer", "1931"}}})));
    const auto made = records("loogle", request_for("shortdep_qa", 0, rows_.path()));
    QVERIFY(!made);
    QVERIFY(describe(made.error()).find("shortdep_qa.jsonl:1") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(LoogleRowsTest)
#include "loogle_rows_test.moc"
