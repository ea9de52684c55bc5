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

  // CLongEval's gaps have no names and its limits are texts; its tasks come in three sizes, those
  // of LongBench-E in three bands.
  void dataset_prompts_of_tasks_in_parts() {
    const fs::path limits =
        file("dataset2maxlen.json", R"({"long_story_qa": "100", "qasper": 128})");
    const fs::path path =
        file("dataset2prompt.json", json({{"long_story_qa", "节选：{}\n问题：{}\n答案："},
                                          {"long_story_summarization", "{}\n\n摘要："}})
                                        .dump());
    auto pack = read_prompt_pack(path, "clongeval");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    for (const char* size : {"small", "medium", "large"}) {
      const json* words = find_words(*pack, "clongeval", std::string("long_story_qa_") + size);
      QVERIFY(words);
      QVERIFY((*words)["prompt"] == json("节选：{context}\n问题：{input}\n答案："));
      QVERIFY((*words)["max_new_tokens"] == json(100));
      words = find_words(*pack, "clongeval", std::string("long_story_summarization_") + size);
      QVERIFY(words && (*words)["prompt"] == json("{context}\n\n摘要："));
    }
    const fs::path bands =
        file("dataset2prompt.json",
             json({{"qasper", "{context} {input}"}, {"narrativeqa", "{context} {input}"}}).dump());
    pack = read_prompt_pack(bands, "longbench_e");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    const json& tasks = pack->at("benchmarks").at("longbench_e");
    QCOMPARE(tasks.size(), size_t{3});  // narrativeqa has no bands
    for (const char* task : {"qasper_0_4k", "qasper_4_8k", "qasper_8k"})
      QVERIFY(tasks.at(task).at("max_new_tokens") == json(128));
    const fs::path questions = file(
        "dataset2prompt.json",
        json({{"longdep_qa", "{input} {Q}"}, {"shortdep_cloze", "{{'<mask-0>': 'A'}} {input} {Q}"}})
            .dump());
    pack = read_prompt_pack(questions, "loogle");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    QCOMPARE(pack->at("benchmarks").at("loogle").size(), size_t{5});
    QVERIFY(find_words(*pack, "loogle", "longdep_qa_computation"));
    QVERIFY((*find_words(*pack, "loogle", "shortdep_cloze"))["prompt"] ==
            json("{'<mask-0>': 'A'} {input} {Q}"));
    file("dataset2prompt.json", json({{"qasper", "{context} {input}"}}).dump());
    for (const char* wrong : {"\"many\"", "0", "-3", "1.5", "\"12 \"", "99999999999999999999"}) {
      QVERIFY(write_file(limits, std::string("{\"qasper\": ") + wrong + "}"));
      const auto refused = read_prompt_pack(bands, "longbench");
      QVERIFY2(!refused, wrong);
      QVERIFY(refused.error().where.ends_with("dataset2maxlen.json"));
    }
    QVERIFY(write_file(limits, "{}"));
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

  // The harness' own LongBench calls the question otherwise, has the sets of LongBench-E under
  // names with an ending, and ends answers at a line end.
  void harness_tasks_as_they_are_published() {
    auto task = [&](const char* set, const char* text, const char* until) {
      return file("published.yaml",
                  std::string("\ntag:\n  - longbench\ntask: longbench_") + set +
                      "\ndataset_path: Someone/LongBench\ntest_split: test\ndataset_name: " + set +
                      "\ndoc_to_text: " + text +
                      "\ndoc_to_target: '{{answers}}'\nprocess_results: !function metrics.score\n"
                      "generation_kwargs:\n  max_gen_toks: 64\n  temperature: 1\n  do_sample: "
                      "False\n  until: " +
                      until +
                      "\nmetric_list:\n  - metric: \"score\"\n    aggregation: mean\n    "
                      "higher_is_better: True\nmetadata:\n  version: 4.0\n");
    };
    const char* text = "\"Examples:\\n{{context}}\\n{{question}}\"";
    auto pack = read_prompt_pack(task("trec", text, "[\"\\n\"]"), "longbench");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    const json* words = find_words(*pack, "longbench", "trec");
    QVERIFY((*words)["prompt"] == json("Examples:\n{context}\n{input}"));
    QVERIFY((*words)["stop"] == json::array({"\n"}));
    QVERIFY(pack_stops(*pack, "longbench", "trec", {"x"}) == std::vector<std::string>{"\n"});
    QVERIFY(pack_stops(*pack, "longbench", "qasper", {"x"}) == std::vector<std::string>{"x"});
    QVERIFY(pack_stops(json(), "longbench", "trec", {}).empty());
    for (const char* benchmark : {"longbench", "longbench_e"}) {
      pack = read_prompt_pack(task("qasper_e", text, "[]"), benchmark);
      QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
      QCOMPARE(pack->at("benchmarks").at("longbench_e").size(), size_t{3});
      for (const char* band : {"qasper_0_4k", "qasper_4_8k", "qasper_8k"})
        QVERIFY(find_words(*pack, "longbench_e", band)->at("max_new_tokens") == json(64));
      QVERIFY(!find_words(*pack, "longbench_e", "qasper_8k")->contains("stop"));
    }
    // Of other benchmarks a question is a question.
    pack = read_prompt_pack(task("qa1", text, "\"Q:\""), "babilong");
    words = find_words(*pack, "babilong", "qa1");
    QVERIFY((*words)["prompt"] == json("Examples:\n{context}\n{question}"));
    QVERIFY((*words)["stop"] == json::array({"Q:"}));
    // A bare name is the field itself; words without any field would ask everybody the same.
    pack = read_prompt_pack(task("longbench_write", "prompt", "[]"), "longwriter");
    QVERIFY(find_words(*pack, "longwriter", "longbench_write")->at("prompt") == json("{prompt}"));
    const auto same = read_prompt_pack(task("qasper", "\"What is it?\"", "[]"), "longbench");
    QVERIFY(!same && same.error().message.find("names no field") != std::string::npos);
  }

  // As LV-Eval's config.py and InfiniteBench's prompt.py are built; the words are ours.
  void prompts_in_python() {
    auto path = file("config.py",
                     "from metrics import f1\n"
                     "MAXGEN = {\n    'cmrc_mixup': 64, 'lic_mixup': 16}\n"
                     "PROMPT = {\n"
                     "    'cmrc_mixup': '读：{context}\\n'\n        '问：{input}\\n答：',\n"
                     "    'lic_mixup': \"{{a}} {context}\",  # braces\n}\n"
                     "METRIC = {'cmrc_mixup': f1, 'lic_mixup': f1}\n");
    QVERIFY(*needs_benchmark(path));
    QVERIFY(!read_prompt_pack(path, ""));
    auto pack = read_prompt_pack(path, "lveval");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    const json* words = find_words(*pack, "lveval", "cmrc_mixup");
    QVERIFY((*words)["prompt"] == json("读：{context}\n问：{input}\n答："));
    QVERIFY((*words)["max_new_tokens"] == json(64));
    QVERIFY((*find_words(*pack, "lveval", "lic_mixup"))["prompt"] == json("{a} {context}"));
    QCOMPARE(pack->at("prompt_pack").get<std::string>(), std::string("config.py"));
  }

  void of_several_families_that_of_local_models() {
    const std::string one = "gpt4_templates = {'passkey': 'A {context}'}\n",
                      local = "yarn_mistral_templates = {'passkey': 'B {context} {input}'}\n",
                      third = "kimi_templates = {'passkey': 'C {context}'}\n";
    auto pack = read_prompt_pack(file("prompt.py", one + local + third), "infinitebench");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    QVERIFY((*find_words(*pack, "infinitebench", "passkey"))["prompt"] ==
            json("B {context} {input}"));
    auto unclear = read_prompt_pack(file("prompt.py", one + third), "infinitebench");
    QVERIFY(!unclear);
    QVERIFY(unclear.error().message.find("gpt4_templates, kimi_templates") != std::string::npos);
    auto computed = read_prompt_pack(file("prompt.py", "\nT = {'passkey': HEAD + '{context}'}\n"),
                                     "infinitebench");
    QVERIFY(!computed);
    QVERIFY(computed.error().message.find("T, line 2") != std::string::npos);
    auto twice = read_prompt_pack(
        file("prompt.py", one + "L = {'passkey': 6}\nM = {'passkey': 7}\n"), "infinitebench");
    QVERIFY(!twice && twice.error().message.find("L, M") != std::string::npos);
  }

  void babilong_in_python_and_in_its_own_configurations() {
    const std::string asked = "Find it.\n\n\n\nSay where.\n\n<t>\n{context}\n</t>\nQ: {question}";
    auto path = file("prompts.py",
                     "PROMPTS = {'qa1': {'instruction': 'Find ' 'it.', 'examples': '',\n"
                     "   'post_prompt': 'Say where.'}}\n"
                     "PATTERN = '{instruction}\\n\\n{examples}\\n\\n{post_prompt}'\\\n"
                     "  '\\n\\n<t>\\n{context}\\n</t>\\nQ: {question}'\n");
    QVERIFY(!read_prompt_pack(path, "babilong"));  // the pattern goes on behind its line's end
    path = file("prompts.py",
                "PROMPTS = {'qa1': {'instruction': 'Find ' 'it.', 'examples': '',\n"
                "   'post_prompt': 'Say where.'}}\n"
                "PATTERN = ('{instruction}\\n\\n{examples}\\n\\n{post_prompt}'\n"
                "  '\\n\\n<t>\\n{context}\\n</t>\\nQ: {question}')\n");
    auto pack = read_prompt_pack(path, "babilong");
    QVERIFY2(pack, pack ? "" : describe(pack.error()).c_str());
    QCOMPARE((*find_words(*pack, "babilong", "qa1"))["prompt"].get<std::string>(), asked);
    const json run = {{"generate_kwargs", {{"temperature", 0}}},
                      {"prompt",
                       {{"instruction", "Find it."},
                        {"examples", ""},
                        {"post_prompt", "Say where."},
                        {"template",
                         "{instruction}\n\n{examples}\n\n{post_prompt}\n\n<t>\n{context}\n</t>\n"
                         "Q: {question}"},
                        {"chat_template", false}}}};
    auto first = file("qa1_4k_yes.json", run.dump());
    file("qa3_4k_yes.json", run.dump());
    file("qa4_4k_no.json", run.dump());  // of another run
    QVERIFY(!*needs_benchmark(first));
    auto runs = read_prompt_pack(first, "");
    QVERIFY2(runs, runs ? "" : describe(runs.error()).c_str());
    QCOMPARE((*find_words(*runs, "babilong", "qa1"))["prompt"].get<std::string>(), asked);
    QVERIFY(find_words(*runs, "babilong", "qa3") && !find_words(*runs, "babilong", "qa4"));
    QVERIFY(!pack_wraps(*runs, "babilong", "qa3", true));
    QVERIFY(pack_wraps(*runs, "babilong", "qa4", true));
    QVERIFY(!read_prompt_pack(file("first.json", run.dump()), ""));
  }

  void chat_templates_of_the_packages_configurations() {
    struct Case {
      const char *keys, *task;
      bool wrapped;
    };
    const std::string tasks = "benchmark_name: LongBench\ntask_names: [narrativeqa, trec, codeU]\n";
    for (const Case& one :
         {Case{"template: null\n", "trec", false}, Case{"template: llama3\n", "trec", true},
          Case{"template: llama3\nno_template_tasks: all\n", "trec", false},
          Case{"template: llama3\nno_template_tasks: [trec]\n", "trec", false},
          Case{"template: llama3\nno_template_tasks: [trec]\n", "narrativeqa", true},
          Case{"template: llama3\nno_template_tasks: [qa]\n", "narrativeqa", false},
          Case{"template: llama3\nno_template_tasks: [codeU]\n", "codeU", true},
          Case{"template: llama3\nno_template_tasks: [codeu]\n", "codeU", false}}) {
      auto path = file("LongBench.yaml", tasks + one.keys);
      QVERIFY(!*needs_benchmark(path));
      auto pack = read_prompt_pack(path, "");
      QVERIFY2(pack, pack ? one.keys : describe(pack.error()).c_str());
      QVERIFY2(pack_wraps(*pack, "longbench", one.task, !one.wrapped) == one.wrapped, one.keys);
      QVERIFY(pack_wraps(*pack, "leval", one.task, true));
    }
    QVERIFY(!read_prompt_pack(file("LongBench.yaml", tasks), ""));
    QVERIFY(!read_prompt_pack(
        file("x.yaml", "benchmark_name: x\ntemplate: a\nno_template_tasks: [b]\n"), ""));
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
    // Errors in YAML name the line and what to do, those of a value's kind too.
    QVERIFY(says("a.yaml", head + "doc_to_text: x\ntag: \"a", "a.yaml:3"));
    QVERIFY(says("a.yaml", head + "doc_to_text: x\ntag: \"a", "Correct the YAML"));
    QVERIFY(says("a.yaml", head + "doc_to_text: x\ngeneration_kwargs:\n  max_gen_toks: many\n",
                 "a.yaml:4"));
    QVERIFY(says("a.yaml", "benchmark_name: x\ntemplate: a\nno_template_tasks: {b: c\n", "a.yaml"));
    QVERIFY(says("a.py", "def prompt(d):\n    return 'Read ' + d\n", "prompt-packs.md"));
    QVERIFY(says("a.json", "[]", "object"));
    QVERIFY(says("a.json", R"({"qasper": 3})", "qasper"));
    QVERIFY(says("a.json", R"({"prompt_pack": "x", "benchmarks": {}})", "benchmark"));
    QVERIFY(
        says("a.json", R"({"prompt_pack": "x", "benchmarks": {"libra": {"*": {}}}})", "prompt"));
    auto of_words = [](const json& words) {
      return json({{"prompt_pack", "x"}, {"benchmarks", {{"libra", {{"*", words}}}}}}).dump();
    };
    QVERIFY(says("a.json", of_words({{"chat_template", 1}}), "chat_template"));
    QVERIFY(says("a.json", of_words({{"chat_template", true}, {"system", "s"}}), "prompt"));
    QVERIFY(!says("a.json", of_words({{"chat_template", true}}), "prompt"));
    QVERIFY(says("a.py", "x = 1", "prompts"));
    QVERIFY(says("a.py", "x = 'y", "line 1"));
    QVERIFY(says("a.json", R"({"prompt_pack": "x", "format": 2, "benchmarks": {}})", "newer"));
    QVERIFY(!read_prompt_pack(folder_.path() / "missing.json", "longbench"));
  }
};

QTEST_APPLESS_MAIN(PromptPackTest)
#include "prompt_pack_test.moc"
