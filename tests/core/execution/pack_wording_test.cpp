#include "core/execution/pack_wording.h"

#include <QTest>

#include "core/base/text_file.h"
#include "core/benchmarks/wording.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

class PackWordingTest : public QObject {
  Q_OBJECT

  // LIBRA's records as our fixtures have them, asked in a pack's words.
  static Result<TaskRecords> ask(const std::string& prompt) {
    json pack = {{"prompt_pack", "Mine"},
                 {"benchmarks", {{"libra", {{"*", {{"prompt", prompt}}}}}}}};
    TaskRequest request;
    request.task = "passkey";
    request.data_folder = testing::source_folder() / "tests/data/benchmarks/libra";
    request.wording = pack_wording(pack, "libra", "passkey");
    LOOM_TRY(auto benchmark, make_benchmark("libra"));
    LOOM_TRY(TaskRecords records, benchmark->records(request, {}));
    LOOM_CHECK(check_pack_was_used(request, "libra", records));
    return records;
  }

 private Q_SLOTS:
  void words_of_a_pack_replace_ours() {
    auto records = ask("Q: {input}\nT: {context}");
    QVERIFY2(records, records ? "" : describe(records.error()).c_str());
    QVERIFY(!records->records.empty());
    QCOMPARE(records->wording_label, std::string("pack Mine"));
    for (const Record& record : records->records) QVERIFY(record.prompt.starts_with("Q: "));
  }

  void a_field_that_the_task_lacks_is_named() {
    auto records = ask("{context} {question}");
    QVERIFY(!records);
    for (const char* part : {"{question}", "{context}, {input}", "libra/passkey", "pack Mine"})
      QVERIFY2(describe(records.error()).find(part) != std::string::npos, part);
  }

  void a_field_of_no_task_is_named_with_its_line() {
    struct Case {
      const char *benchmark, *words, *gap, *place;
    };
    const testing::TemporaryFolder folder;
    const fs::path file = folder.path() / "mine.json";
    for (const Case& one :
         {Case{"libra", "{context}\n{question}", "{question}", "mine.json:4"},
          Case{"longbench_e", "{context} {instruction}", "{instruction}", "mine.json:4"},
          Case{"leval", "{document} {instruction}", "{document}", "mine.json:4"},
          Case{"longbench_v2", "{context} {choice_E}", "{choice_E}", "mine.json:4"}}) {
      // The same word outside braces, in an earlier line, is no field.
      const std::string name(one.gap + 1, strlen(one.gap) - 2);
      const json pack = {{"prompt_pack", name},
                         {"benchmarks", {{one.benchmark, {{"*", {{"prompt", one.words}}}}}}}};
      QVERIFY(write_file(file, "{\"format\": 1, \"prompt_pack\":\n\"" + name +
                                   "\", \"benchmarks\": {\n\"" + one.benchmark +
                                   "\": {\"*\": {\n\"prompt\": " + json(one.words).dump() +
                                   "}}}}"));
      const Status checked = check_pack_fields(pack, file);
      QVERIFY2(!checked, one.benchmark);
      QVERIFY2(checked.error().message.find(one.gap) != std::string::npos, one.benchmark);
      QVERIFY2(checked.error().where.ends_with(one.place), checked.error().where.c_str());
      QVERIFY(checked.error().remedy.find("{context}") != std::string::npos);
    }
  }

  void fields_that_some_task_has_are_taken() {
    struct Case {
      const char *benchmark, *words;
    };
    for (const Case& one :
         {Case{"libra", "{context} {input}"}, Case{"leval", "{context} {instruction} {words}"},
          Case{"infinitebench", "{prefix} {func} {func_call} {OPTION_A} {question} {input}"},
          Case{"longbench_v2", "{context} {question} {choice_D} {answer}"},
          Case{"bamboo", "{content} {question} {options} {events} {hypothesis}"},
          Case{"nolima", "{haystack} {question}"}, Case{"l_citeeval", "{context} {role}"},
          Case{"longhealth", "{letters} {question} {options}"}, Case{"longins", "{task} {data}"},
          Case{"loogle", "{input} {Q} {'<mask-0>': 'Ada'}"},  // braces around more than a name
          Case{"mine", "{anything}"}}) {
      const json pack = {{"prompt_pack", "Mine"},
                         {"benchmarks", {{one.benchmark, {{"*", {{"prompt", one.words}}}}}}}};
      const Status checked = check_pack_fields(pack, "mine.json");
      QVERIFY2(checked, checked ? "" : describe(checked.error()).c_str());
    }
    QVERIFY(check_pack_fields(json(), "mine.json"));
    const json wrapping = {{"prompt_pack", "Mine"},
                           {"benchmarks", {{"libra", {{"*", {{"chat_template", true}}}}}}}};
    QVERIFY(check_pack_fields(wrapping, "mine.json"));
  }

  void benchmarks_that_write_their_own_prompts_refuse() {
    TaskRequest request;
    request.wording = Wording{};
    request.wording->label = "pack Mine";
    QCOMPARE(check_pack_was_used(request, "ruler", {}).error().kind, ErrorKind::unsupported);
    QVERIFY(!pack_wording(json(), "libra", "passkey"));
  }
};

QTEST_APPLESS_MAIN(PackWordingTest)
#include "pack_wording_test.moc"
