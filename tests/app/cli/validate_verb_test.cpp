// What validate finds in plans, descriptions and prompts, and that nothing broken gets past it.
#include <QTest>

#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;

class ValidateVerbTest : public QObject {
  Q_OBJECT

  testing::Program program_;

  QString registry(const char* file) const {
    return QString::fromStdString((testing::source_folder() / "models-registry" / file).string());
  }

 private Q_SLOTS:
  void validate_finds_what_is_wrong() {
    auto findings = [&](const QString& file) {
      Ended ended = program_.run({QStringLiteral("validate"), file, QStringLiteral("--json")});
      auto list = ended.json()["findings"];
      return list.is_array() && (ended.code == 0) == list.empty() ? static_cast<int>(list.size())
                                                                  : -1;
    };
    QCOMPARE(findings(registry("")), 0);
    QCOMPARE(findings(registry("benchmarks/ruler.json")), 0);
    QCOMPARE(findings(registry("servers/local.json")), 0);
    QCOMPARE(findings(registry("models/llama.json")), 0);
    QCOMPARE(
        findings(program_.file(
            "plan.json",
            R"({"models": [{"path": "x"}], "benchmarks": [{"id": "ruler", "tasks": ["vt"]}]})")),
        0);
    QCOMPARE(
        findings(program_.file("typo.json", R"({"models": [{"path": "x"}], "benchmark": []})")), 1);
    QCOMPARE(findings(program_.file(
                 "none.json", R"({"models": [{"path": "x"}], "benchmarks": [{"id": "nothing"}]})")),
             1);
    QCOMPARE(findings(program_.file("half.json", R"({"format": 1, "id": "half", "tasks": [)")), 1);
    QCOMPARE(findings(program_.file("bad.json", R"({"format": 1, "id": "bad", "tasks": 7})")), 1);
    QCOMPARE(findings(program_.file(
                 "ruler.yaml",
                 "benchmark_name: RULER\ntask_names: [vt, cwe]\nlength: [4096]\nnum_samples: 5\n")),
             0);
    QCOMPARE(findings(program_.file("key.yaml", "benchmark_name: RULER\ncolour: blue\n")), 1);
    const Ended half = program_.run(
        {QStringLiteral("validate"), program_.path("half.json"), QStringLiteral("--json")});
    const auto finding = half.json()["findings"][0];
    QCOMPARE(finding["kind"].get<std::string>(), std::string("corrupt"));
    QVERIFY(finding["file"].get<std::string>().ends_with("half.json"));
    QVERIFY(finding["where"].is_string() && finding["remedy"].is_string());
    const QString libra = program_.file(
        "libra.json", R"({"models": [{"path": "x"}], "benchmarks": [{"id": "libra"}]})");
    QCOMPARE(findings(libra), 0);
    Ended noted = program_.run({QStringLiteral("validate"), libra, QStringLiteral("--json")});
    QCOMPARE(noted.json()["notes"].size(), size_t{2});
    QVERIFY(noted.json()["notes"][1]["message"].get<std::string>().starts_with(
        "libra/ru_gsm100 has no data of 8192 tokens"));
    const QString rules =
        program_.file("rules.json", R"({"models": [{"path": "x"}], "benchmarks": [{"id": )"
                                    R"("bamboo"}], "rule_set": "loomscope-0.8"})");
    QCOMPARE(findings(rules), 0);
    noted = program_.run({QStringLiteral("validate"), rules, QStringLiteral("--json")});
    QCOMPARE(noted.json()["notes"].size(), size_t{1});
    QVERIFY(noted.json()["notes"][0]["message"].get<std::string>().starts_with(
        "the rules loomscope-0.8 have no score for bamboo/private_eval"));
    QCOMPARE(findings(registry("suites/loombench.json")), 0);
    QCOMPARE(findings(program_.file("mine.json",
                                    "{\"format\": 1, \"id\": \"mine\", \"title\": \"M\", "
                                    "\"summary\": \"\", \"benchmarks\": [{\"id\": \"nothing\"}]}")),
             1);
  }

  void validate_reads_prompts_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("found");
    const QByteArray pack =
        "{\"format\": 1, \"prompt_pack\": \"Terse\", \"benchmarks\": {\"%1\": {\"*\": "
        "{\"%2\": \"{input}\"}}}}";
    auto packed = [&pack](const char* benchmark, const char* field) {
      return QByteArray(pack).replace("%1", benchmark).replace("%2", field);
    };
    QTest::newRow("pack") << QStringLiteral("p.json") << packed("libra", "prompt") << 0;
    QTest::newRow("pack, field") << QStringLiteral("p.json") << packed("libra", "promt") << 1;
    QTest::newRow("pack, benchmark")
        << QStringLiteral("p.json") << packed("nothing", "prompt") << 1;
    QTest::newRow("pack, unknown gap")
        << QStringLiteral("p.json") << packed("libra", "prompt").replace("{input}", "{text}") << 1;
    const QByteArray task =
        "task: longbench_qasper\ndataset_path: x\ndataset_name: qasper\noutput_type: "
        "generate_until\ndoc_to_text: \"{{context}} {{input}}\"\n";
    QTest::newRow("harness task") << QStringLiteral("t.yaml") << task << 0;
    QTest::newRow("harness task, field")
        << QStringLiteral("t.yaml") << QByteArray(task + "colour: blue\n") << 1;
    QTest::newRow("dataset prompts") << QStringLiteral("dataset2prompt.json")
                                     << QByteArray("{\"qasper\": \"{context} {input}\"}") << 0;
    QTest::newRow("Python prompts") << QStringLiteral("config.py")
                                    << QByteArray("P = {'qasper': '{context}' ' {input}'}\n") << 0;
    QTest::newRow("Python, computed")
        << QStringLiteral("config.py") << QByteArray("P = {'qasper': HEAD + '{context}'}\n") << 1;
    QTest::newRow("BABILong's run")
        << QStringLiteral("qa1_4k.json")
        << QByteArray(
               "{\"prompt\": {\"instruction\": \"Find it.\", \"post_prompt\": \"Say it.\", "
               "\"template\": \"{instruction} {post_prompt} {context} {question}\", "
               "\"chat_template\": true}}")
        << 0;
  }
  void validate_reads_prompts() {
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    QFETCH(int, found);
    const QString file = program_.file(name.toLatin1().constData(), text);
    Ended ended = program_.run({QStringLiteral("validate"), file, QStringLiteral("--json")});
    const auto findings = ended.json()["findings"];
    QVERIFY2(findings.is_array(), ended.out.constData());
    QVERIFY2(static_cast<int>(findings.size()) == found, ended.out.constData());
    QCOMPARE(ended.code, found == 0 ? 0 : 2);
  }

  // No file system has such a name, and asking for it is no reason to die.
  void names_that_cannot_be_end_in_findings() {
    const QString file(6000, u'a');
    Ended ended = program_.run({QStringLiteral("validate"), file, QStringLiteral("--json")});
    QCOMPARE(ended.code, 2);
    const auto finding = ended.json()["findings"][0];
    QCOMPARE(finding["where"].get<std::string>(), file.toStdString());
    QVERIFY(!finding["message"].get<std::string>().empty());
    qputenv("LOOMSCOPE_RESOURCES", '/' + file.toUtf8());
    const Ended elsewhere = program_.run({QStringLiteral("ls"), QStringLiteral("--json")});
    qunsetenv("LOOMSCOPE_RESOURCES");
    QVERIFY2(elsewhere.code == 0, elsewhere.err.constData());
  }

  // In words: the place once, and nothing that steers the terminal.
  void findings_are_one_line_each() {
    const QString file = program_.file("colour.json", "{\"a\": \x1b[31m}");
    const Ended ended = program_.run({QStringLiteral("validate"), file});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.out.startsWith((file + QStringLiteral(":1: is not valid JSON: ")).toUtf8()),
             ended.out.constData());
    QCOMPARE(ended.out.count('\n'), 1);
    QVERIFY(!ended.out.contains('\x1b'));
  }

  // As the package's pages describe them, a benchmark each.
  void configurations_of_the_package_are_taken_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("found");
    auto row = [](const char* name, const char* text, int found = 0) {
      QTest::newRow(name) << QByteArray(text) << found;
    };
    row("LongBench v2",
        "benchmark_name: LongBench_v2\ntask_names: [LongBench_v2]\nno_template_tasks: []\n"
        "template: llama3\nno_context: false\ncot: true\n");
    row("BABILong",
        "benchmark_name: babilong\ntask_names: [qa1, qa2]\nlengths: ['0k', 4k, 128k]\n"
        "use_instruction: true\nuse_examples: true\nuse_post_prompt: true\ntemplate: llama3\n");
    row("BABILong without its instruction",
        "benchmark_name: babilong\nlengths: [4k]\nuse_instruction: false\n", 1);
    row("LV-Eval",
        "benchmark_name: LVEval\ntask_names: [cmrc_mixup]\nlengths: ['16k', '32k']\n"
        "template: null\n");
    row("BAMBOO", "benchmark_name: BAMBOO\ntask_names: [altqa]\nlengths: [4k, 16k]\n");
    row("LongIns", "benchmark_name: LongIns\ntask_names: [GIST, LIST]\nlengths: ['256']\n");
    row("Ada-LEval",
        "benchmark_name: Ada_LEval\ntask_names: [stackselect, textsort]\nlengths1: [1k, 2k]\n"
        "lengths2: [2k]\n");
    row("CLongEval",
        "benchmark_name: CLongEval\ntask_names: [LStQA, KpRet]\nsizes: [S, M]\n"
        "template: chatglm\nno_template_tasks: [lstqa]\n");
    row("Counting-Stars",
        "benchmark_name: Counting_Stars\ntask_names: [counting_stars_en_reasoning]\n"
        "template: llama3\nno_template_tasks: [counting_stars_en_reasoning]\n");
    row("L-CiteEval", "benchmark_name: L_CiteEval\ntask_names: [L-CiteEval-Length_hotpotqa]\n");
    row("LooGLE", "benchmark_name: LooGLE\ntask_names: [longdep_qa, summarization]\n");
    row("LongSafety",
        "benchmark_name: LongSafety\ntask_names: [longsafety]\nparallel: 8\napi_key: ''\n"
        "api_url: ''\njudge_model: gpt-4o-mini\n");
    row("LongWriter",
        "benchmark_name: LongWriter\neval_quality: false\ngpt_model: x\ngpt4_api_key: ''\n");
    row("LongHealth", "benchmark_name: LongHealth\npropmt_max_len: 16000\n");
    row("a length in words", "benchmark_name: RULER\nlength: [long]\n", 1);
  }
  void configurations_of_the_package_are_taken() {
    QFETCH(QByteArray, text);
    QFETCH(int, found);
    Ended ended = program_.run({QStringLiteral("validate"), program_.file("package.yaml", text),
                                QStringLiteral("--json")});
    const auto findings = ended.json()["findings"];
    QVERIFY2(findings.is_array() && static_cast<int>(findings.size()) == found,
             ended.out.constData());
  }

  void broken_configurations_end_in_findings_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("cycle") << QByteArray("benchmark_name: ruler\ntask_names: &a [*a]\n");
    QTest::newRow("cycle of two") << QByteArray("a: &a {b: *a}\n");
    QTest::newRow("cyclic parameters")
        << QByteArray("benchmark_name: ruler\nparameters: &p {x: *p}\n");
    QTest::newRow("include") << QByteArray("include: self.yaml\nbenchmark_name: ruler\n");
    QTest::newRow("deep") << QByteArray(200'000, '[');
    QTest::newRow("deep map") << QByteArray("a: ") + QByteArray("{a: ").repeated(50'000);
    QTest::newRow("truncated") << QByteArray("benchmark_name: [ruler");
    QTest::newRow("type") << QByteArray("benchmark_name: ruler\nnum_samples: many\n");
    QTest::newRow("negative") << QByteArray("benchmark_name: ruler\nnum_samples: -3\n");
    QTest::newRow("huge") << QByteArray(
        "benchmark_name: ruler\nnum_samples: 99999999999999999999999\n");
    QTest::newRow("bytes") << QByteArray("\xff\xfe\xc3\x28: \x80\n", 9);
    QTest::newRow("list") << QByteArray("- ruler\n");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("key is a list") << QByteArray("[a, b]: c\n");
  }
  void broken_configurations_end_in_findings() {
    QFETCH(QByteArray, text);
    Ended ended = program_.run(
        {QStringLiteral("validate"), program_.file("self.yaml", text), QStringLiteral("--json")});
    QCOMPARE(ended.code, 2);
    auto findings = ended.json()["findings"];
    QVERIFY(findings.is_array() && !findings.empty());
    QVERIFY(!findings[0]["message"].get<std::string>().empty());
    QVERIFY(findings[0]["where"].get<std::string>().find("self.yaml") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(ValidateVerbTest)
#include "validate_verb_test.moc"
