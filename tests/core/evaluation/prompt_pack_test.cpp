#include "core/evaluation/prompt_pack.h"

#include <QTest>

#include "core/base/text_file.h"
#include "core/evaluation/evaluation_plan.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

json own_pack() {
  return json::parse(R"({"format": 1, "prompt_pack": "Terse", "benchmarks": {"libra": {
      "*": {"prompt": "{context}\n{input}"},
      "ru_2wikimultihopqa": {"system": "Be brief.", "prompt": "{input}", "answer_prefix": "A:",
                             "max_new_tokens": 7}}}})");
}

}  // namespace

class PromptPackTest : public QObject {
  Q_OBJECT

  testing::TemporaryFolder folder_;

  fs::path file(const char* name, const std::string& bytes) {
    fs::path path = folder_.path() / name;
    if (!write_file(path, bytes)) path.clear();
    return path;
  }

 private Q_SLOTS:
  void own_format() {
    auto path = file("own.json", own_pack().dump());
    QVERIFY(!*needs_benchmark(path));
    auto pack = read_prompt_pack(path, "");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    QVERIFY(find_words(*pack, "libra", "passkey")->at("prompt") == json("{context}\n{input}"));
    QVERIFY(find_words(*pack, "libra", "ru_2wikimultihopqa")->at("system") == json("Be brief."));
    QVERIFY(!find_words(*pack, "longbench", "qasper"));
    QVERIFY(!find_words(json(), "libra", "passkey"));
  }

  void a_plan_keeps_the_pack() {
    json plan = json::parse(R"({"models": [{"path": "a"}], "benchmarks": [{"id": "libra"}]})");
    const std::string without = fingerprint(*plan_from_json(plan));
    plan["prompt_pack"] = own_pack();
    auto read = plan_from_json(plan);
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    QVERIFY(to_json(*read)["prompt_pack"] == own_pack());
    QVERIFY(fingerprint(*read) != without);
    plan["prompt_pack"]["benchmarks"]["libra"]["*"]["promt"] = "x";
    QVERIFY(plan_from_json(plan).error().where.find("promt") != std::string::npos);
  }

  void dataset_prompts_with_their_limits() {
    file("dataset2maxlen.json", R"({"qasper": 128, "trec": 64})");
    auto path = file("dataset2prompt.json",
                     json({{"qasper", "Read.\n{context}\nJSON like {{'a': 1}}\n{input}"},
                           {"lcc", "{context}Next line:\n"}})
                         .dump());
    QVERIFY(*needs_benchmark(path));
    QVERIFY(!read_prompt_pack(path, ""));
    auto pack = read_prompt_pack(path, "longbench");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    const json* words = find_words(*pack, "longbench", "qasper");
    QVERIFY((*words)["prompt"] == json("Read.\n{context}\nJSON like {'a': 1}\n{input}"));
    QVERIFY((*words)["max_new_tokens"] == json(128));
    QVERIFY(!find_words(*pack, "longbench", "lcc")->contains("max_new_tokens"));
    QVERIFY(!find_words(*pack, "longbench", "trec"));
  }

  void harness_task() {
    auto path =
        file("task.yaml",
             "tag: longbench\ntask: longbench_qasper\ndataset_path: THUDM/LongBench\n"
             "dataset_name: qasper\ndoc_to_text: \"Text: {{context}}\\nQ: {{ input }}\\n\"\n"
             "doc_to_target: \"{{answers}}\"\nprocess_results: !function metrics.qa\n"
             "generation_kwargs:\n  max_gen_toks: 128\n  until: []\ngen_prefix: 'A:'\n");
    auto pack = read_prompt_pack(path, "longbench");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    const json* words = find_words(*pack, "longbench", "qasper");
    QVERIFY((*words)["prompt"] == json("Text: {context}\nQ: {input}\n"));
    QVERIFY((*words)["answer_prefix"] == json("A:"));
    QVERIFY((*words)["max_new_tokens"] == json(128));
  }

  void what_cannot_be_kept_is_refused() {
    auto says = [&](const char* name, const std::string& bytes, const char* part) {
      auto pack = read_prompt_pack(file(name, bytes), "longbench");
      return !pack && describe(pack.error()).find(part) != std::string::npos;
    };
    const std::string head = "dataset_name: qasper\n";
    QVERIFY(says("a.yaml", head + "doc_to_text: !function utils.text\n", "Python"));
    QVERIFY(says("a.yaml", head + "doc_to_text: '{% if a %}x{% endif %}'\n", "statements"));
    QVERIFY(says("a.yaml", head + "doc_to_text: '{{context|trim}}'\n", "computes"));
    QVERIFY(says("a.yaml", head + "doc_to_text: '{{context}}\\nQ'\n", "two characters"));
    QVERIFY(says("a.yaml", head + "doc_to_txt: x\n", "doc_to_txt"));
    QVERIFY(says("a.yaml", head + "include: other.yaml\n", "include"));
    QVERIFY(says("a.yaml", head + "num_fewshot: 3\ndoc_to_text: x\n", "num_fewshot"));
    QVERIFY(says("a.yaml", head, "doc_to_text"));
    QVERIFY(says("a.yaml", "doc_to_text: x\n", "dataset_name"));
    QVERIFY(says("a.yaml", "[1, {", "a.yaml"));
    QVERIFY(says("a.json", "[]", "object"));
    QVERIFY(says("a.json", R"({"qasper": 3})", "qasper"));
    QVERIFY(says("a.json", R"({"prompt_pack": "x", "benchmarks": {}})", "benchmark"));
    QVERIFY(
        says("a.json", R"({"prompt_pack": "x", "benchmarks": {"libra": {"*": {}}}})", "prompt"));
    QVERIFY(says("a.json", R"({"prompt_pack": "x", "format": 2, "benchmarks": {}})", "newer"));
    QVERIFY(!read_prompt_pack(folder_.path() / "missing.json", "longbench"));
  }
};

QTEST_APPLESS_MAIN(PromptPackTest)
#include "prompt_pack_test.moc"
