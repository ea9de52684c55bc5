#include "core/execution/pack_wording.h"

#include <QTest>

#include "core/benchmarks/wording.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

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
    LOOM_CHECK(check_pack_was_used(*request.wording, records));
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
    QVERIFY(describe(records.error()).find("{question}") != std::string::npos);
  }

  void benchmarks_that_write_their_own_prompts_refuse() {
    Wording wording;
    wording.label = "pack Mine";
    QCOMPARE(check_pack_was_used(wording, {}).error().kind, ErrorKind::unsupported);
    QVERIFY(!pack_wording(json(), "libra", "passkey"));
  }
};

QTEST_APPLESS_MAIN(PackWordingTest)
#include "pack_wording_test.moc"
