// Verbs that need no run: what they print, how they fail, and that --json leaves exactly one object
// on standard output.
#include <QDir>
#include <QTest>
#include <filesystem>
#include <set>

#include "core/base/text_file.h"
#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class ReadingVerbsTest : public QObject {
  Q_OBJECT

  testing::Program program_;
  QString model_ = testing::default_model_text();

  QString registry(const char* file) const {
    return QString::fromStdString((testing::source_folder() / "models-registry" / file).string());
  }

 private Q_SLOTS:
  void help_names_every_option() {
    for (const char* verb :
         {"run", "resume", "score", "ls", "show", "compare", "export", "estimate", "validate",
          "models", "benchmarks", "tokenize", "render", "logits", "generate", "doctor"}) {
      Ended ended = program_.run({QString::fromLatin1(verb), QStringLiteral("--help")});
      QCOMPARE(ended.code, 0);
      QVERIFY2(ended.out.contains("--json"), verb);
      for (const QByteArray& line : ended.out.split('\n'))
        if (line.startsWith("  --")) {
          QByteArray help = line.mid(28).trimmed();
          QVERIFY2(!help.isEmpty(), (QByteArray(verb) + line).constData());
        }
    }
  }

  void wrong_usage_is_2_and_an_error_object_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("verb") << QStringList{QStringLiteral("rnu")};
    QTest::newRow("option") << QStringList{QStringLiteral("ls"), QStringLiteral("--frobnicate")};
    QTest::newRow("value") << QStringList{QStringLiteral("ls"), QStringLiteral("--limit")};
    QTest::newRow("number") << QStringList{QStringLiteral("ls"), QStringLiteral("--limit=many")};
    QTest::newRow("negative") << QStringList{QStringLiteral("ls"), QStringLiteral("--limit=-1")};
    QTest::newRow("switch") << QStringList{QStringLiteral("score"), QStringLiteral("--samples=1")};
    QTest::newRow("no plan") << QStringList{QStringLiteral("run")};
    QTest::newRow("run") << QStringList{QStringLiteral("show"), QStringLiteral("one")};
    QTest::newRow("format") << QStringList{QStringLiteral("score"), QStringLiteral("--task=x")};
    QTest::newRow("action") << QStringList{QStringLiteral("models"), QStringLiteral("paint")};
    QTest::newRow("model") << QStringList{QStringLiteral("tokenize")};
    for (const char* flag : {"--temperature=-1", "--temperature=nan", "--top_p=7", "--min_p=3",
                             "--top_k=-7", "--top_k=5000000000", "--seed=-3"})
      QTest::newRow(flag) << QStringList{QStringLiteral("run"), QStringLiteral("--starter"),
                                         QStringLiteral("--model_path=x"),
                                         QString::fromLatin1(flag)};
  }
  void wrong_usage_is_2_and_an_error_object() {
    QFETCH(QStringList, arguments);
    Ended ended = program_.run(arguments + QStringList{QStringLiteral("--json")});
    QCOMPARE(ended.code, 2);
    auto json = ended.json();
    QVERIFY2(!json.is_discarded(), ended.out.constData());
    QCOMPARE(missing_fields(json["error"], {"kind", "message", "where", "remedy"}), QByteArray());
    QVERIFY(!ended.err.isEmpty());
    // Nothing of it is stored.
    QVERIFY(program_.run({QStringLiteral("ls"), QStringLiteral("--json")}).json()["runs"].empty());
    Ended plain = program_.run(arguments);
    QCOMPARE(plain.code, 2);
    QVERIFY2(plain.out.isEmpty(), plain.out.constData());
  }

  void wrong_plans_are_2_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<std::string>("kind");
    const QString model = QStringLiteral("--model_path=x");
    QTest::newRow("benchmark") << QStringList{model, QStringLiteral("--benchmark=nothing")}
                               << std::string("not_found");
    QTest::newRow("server") << QStringList{model, QStringLiteral("--starter"),
                                           QStringLiteral("--server=nowhere")}
                            << std::string("not_found");
    QTest::newRow("acceleration") << QStringList{model, QStringLiteral("--starter"),
                                                 QStringLiteral("--acceleration=magic")}
                                  << std::string("not_found");
    QTest::newRow("rules") << QStringList{model, QStringLiteral("--starter"),
                                          QStringLiteral("--rules=mine")}
                           << std::string("unsupported");
    QTest::newRow("no plan file") << QStringList{QStringLiteral("/nowhere/plan.json")}
                                  << std::string("not_found");
    QTest::newRow("no model") << QStringList{QStringLiteral("--starter"),
                                             QStringLiteral("--model_path=/nowhere/m.gguf")}
                              << std::string("not_found");
  }
  void wrong_plans_are_2() {
    QFETCH(QStringList, arguments);
    QFETCH(std::string, kind);
    for (const char* verb : {"run", "estimate"}) {
      Ended ended = program_.run(QStringList{QString::fromLatin1(verb), QStringLiteral("--json")} +
                                 arguments);
      QCOMPARE(ended.code, 2);
      QVERIFY2(!ended.json().is_discarded(), ended.out.constData());
      QCOMPARE(ended.json()["error"]["kind"].get<std::string>(), kind);
    }
  }

  void broken_plan_files_are_2() {
    for (const char* text : {"{", "[]", "{\"models\": 3}", "\xff"}) {
      Ended ended = program_.run({QStringLiteral("run"), program_.file("broken.json", text)});
      QCOMPARE(ended.code, 2);
      QVERIFY2(ended.err.contains("broken.json"), ended.err.constData());
    }
  }

  void what_is_missing_is_1() {
    Ended ended =
        program_.run({QStringLiteral("show"), QStringLiteral("99"), QStringLiteral("--json")});
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.json()["error"]["kind"].get<std::string>(), std::string("not_found"));
    QCOMPARE(program_.run({QStringLiteral("resume")}).code, 1);
    QCOMPARE(
        program_
            .run({QStringLiteral("models"), QStringLiteral("inspect"), QStringLiteral("/nowhere")})
            .code,
        1);
  }

  void lists_are_objects() {
    auto runs = program_.run({QStringLiteral("ls"), QStringLiteral("--json")}).json();
    QVERIFY(runs["runs"].is_array() && runs["runs"].empty());
    auto benchmarks =
        program_.run({QStringLiteral("benchmarks"), QStringLiteral("ls"), QStringLiteral("--json")})
            .json();
    QVERIFY(benchmarks["benchmarks"].size() >= 3);
    auto one =
        program_
            .run({QStringLiteral("benchmarks"), QStringLiteral("inspect"), QStringLiteral("ruler")})
            .json();
    QCOMPARE(one["tasks"].size(), size_t{13});
    auto models =
        program_.run({QStringLiteral("models"), QStringLiteral("ls"), QStringLiteral("--json")})
            .json();
    QVERIFY(models["models"].is_array());
  }

  void doctor_says_what_is_here() {
    Ended ended = program_.run({QStringLiteral("doctor"), QStringLiteral("--json")});
    QCOMPARE(ended.code, 0);
    QCOMPARE(missing_fields(ended.json(), {"version", "cpu", "memory", "gpu", "engine", "network",
                                           "folders", "advice", "problems"}),
             QByteArray());
  }

  // Nothing is here to answer, and the engine is not where it is named: each with what to do.
  void doctor_says_what_to_do() {
    testing::Program program;
    qputenv("HF_HUB_CACHE", program.path("hub").toUtf8());
    const QByteArray before = qgetenv("LOOMSCOPE_ENGINE");
    auto problems = [&] {
      const auto report = program.run({QStringLiteral("doctor"), QStringLiteral("--json")}).json();
      std::set<std::string> checks;
      for (const auto& one : report["problems"]) {
        if (one["remedy"].get<std::string>().empty() || one["message"].get<std::string>().empty())
          return std::set<std::string>();
        checks.insert(one["check"].get<std::string>());
      }
      return report["advice"].size() == checks.size() ? checks : std::set<std::string>();
    };
    QVERIFY(problems().contains("model"));
    qputenv("LOOMSCOPE_ENGINE", program.path("nothing").toUtf8());
    QVERIFY(problems().contains("engine"));
    qputenv("LOOMSCOPE_ENGINE", program.file("broken", "no program").toUtf8());
    QVERIFY(problems().contains("libtorch"));
    if (before.isNull())
      qunsetenv("LOOMSCOPE_ENGINE");
    else
      qputenv("LOOMSCOPE_ENGINE", before);
    qunsetenv("HF_HUB_CACHE");
  }

  void doctor_names_the_gpu() {
    const QByteArray before = qgetenv("LD_LIBRARY_PATH");
    qputenv("LD_LIBRARY_PATH", FAKE_DRIVER ":" + before);
    const auto gpu =
        program_.run({QStringLiteral("doctor"), QStringLiteral("--json")}).json()["gpu"];
    qputenv("LD_LIBRARY_PATH", before);
    QVERIFY(gpu["version"] == "555.44.33");
    QCOMPARE(gpu["devices"].size(), size_t{1});
    QVERIFY(gpu["devices"][0]["name"] == "NVIDIA H200");
    QVERIFY(gpu["devices"][0]["memory"] == 150'000'000'000);
    QVERIFY(gpu["devices"][0]["memory_free"] == 149'000'000'000);
  }

  // With an encoder alone there is nothing to load; libtorch is told all the same. Then the model
  // that answers is loaded, although the encoder is smaller.
  void doctor_loads_a_model_that_answers() {
    testing::Program program;
    qputenv("HF_HUB_CACHE", program.path("hub").toUtf8());  // nothing of this machine's own
    const std::filesystem::path models = program.path("data/models").toStdString();
    std::filesystem::create_directories(models);
    std::filesystem::create_symlink(
        testing::source_folder() / "tests" / "golden" / "encoders" / "bert", models / "a-bert");
    auto engine =
        program.run({QStringLiteral("doctor"), QStringLiteral("--json")}).json()["engine"];
    QVERIFY2(engine["starts"].is_null(), engine.dump().c_str());
    QVERIFY2(
        engine["libtorch"].is_string() && engine["libtorch"].get<std::string>().starts_with("2."),
        engine.dump().c_str());
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    std::filesystem::create_symlink(model_.toStdString(), models / "small.gguf");
    engine = program.run({QStringLiteral("doctor"), QStringLiteral("--json")}).json()["engine"];
    QVERIFY2(engine["starts"] == true && engine["model"] == "small", engine.dump().c_str());
  }

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
    const QString libra = program_.file(
        "libra.json", R"({"models": [{"path": "x"}], "benchmarks": [{"id": "libra"}]})");
    QCOMPARE(findings(libra), 0);
    Ended noted = program_.run({QStringLiteral("validate"), libra, QStringLiteral("--json")});
    QCOMPARE(noted.json()["notes"].size(), size_t{2});
    QVERIFY(noted.json()["notes"][1]["message"].get<std::string>().starts_with(
        "libra/ru_gsm100 has no data of 8192 tokens"));
    QCOMPARE(findings(registry("suites/loombench.json")), 0);
    QCOMPARE(findings(program_.file("mine.json",
                                    "{\"format\": 1, \"id\": \"mine\", \"title\": \"M\", "
                                    "\"summary\": \"\", \"benchmarks\": [{\"id\": \"nothing\"}]}")),
             1);
  }

  // LOOMBENCH cell by cell, and whose files it would read with the data that is here.
  void a_suite_shows_its_cells() {
    const QString folder = program_.path("suite_data");
    const QStringList ask{QStringLiteral("benchmarks"),    QStringLiteral("show"),
                          QStringLiteral("loombench"),     QStringLiteral("--json"),
                          QStringLiteral("--data_folder"), folder};
    const auto niah = [&] {
      const auto suite = program_.run(ask).json();
      for (const auto& benchmark : suite.value("benchmarks", nlohmann::json::array()))
        if (benchmark["id"] == "niah") return benchmark;
      return nlohmann::json();
    };
    QCOMPARE(program_.run(ask).json()["benchmarks"].size(), size_t{12});
    const auto built = niah();
    QCOMPARE(built["files"].get<std::string>(), std::string("benchmark"));
    QCOMPARE(built["samples"].get<size_t>(), size_t{150});
    QCOMPARE(built["cells"].size(), size_t{40});
    QCOMPARE(built["cells"][0]["length"].get<size_t>(), size_t{1000});
    QCOMPARE(built["cells"][0]["samples"].get<size_t>(), size_t{4});
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/loombench/NIAH")));
    program_.file("suite_data/loombench/NIAH/niah.jsonl", "{}");
    QCOMPARE(niah()["files"].get<std::string>(), std::string("suite"));
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

  void score_reads_predictions() {
    QString file = program_.file("good.jsonl",
                                 "{\"id\": \"a\", \"pred\": \"It is 42.\", \"outputs\": [\"42\"]}\n"
                                 "{\"id\": \"b\", \"pred\": \"no idea\", \"outputs\": [\"43\"]}\n");
    QStringList arguments{QStringLiteral("score"),
                          QStringLiteral("--benchmark=ruler"),
                          QStringLiteral("--task=vt"),
                          QStringLiteral("--predictions"),
                          file,
                          QStringLiteral("--samples"),
                          QStringLiteral("--json")};
    Ended ended = program_.run(arguments);
    QCOMPARE(ended.code, 0);
    auto json = ended.json();
    QCOMPARE(missing_fields(json, {"benchmark", "task", "metric", "metric_version", "n", "unparsed",
                                   "score", "scale", "parts", "samples"}),
             QByteArray());
    QCOMPARE(json["score"].get<double>(), 50.0);
    QCOMPARE(json["n"].get<int>(), 2);
    QCOMPARE(
        missing_fields(json["samples"][0], {"id", "prediction", "parsed", "reference", "score"}),
        QByteArray());
  }

  void references_come_from_another_file() {
    QString predictions = program_.file("p.jsonl", "{\"id\": 1, \"response\": \"42\"}\n");
    QString references = program_.file("r.jsonl", "{\"id\": 1, \"answer\": \"42\"}\n\n");
    QStringList arguments{QStringLiteral("score"),
                          QStringLiteral("--benchmark=ruler"),
                          QStringLiteral("--task=vt"),
                          QStringLiteral("--predictions"),
                          predictions,
                          QStringLiteral("--json")};
    QCOMPARE(program_.run(arguments).code, 2);
    Ended ended = program_.run(arguments + QStringList{QStringLiteral("--references"), references});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(ended.json()["score"].get<double>(), 100.0);
  }

  void a_folder_of_predictions_gives_averages() {
    const testing::Program own;  // a home without other files
    own.file("trec.jsonl",
             "{\"pred\": \"Date\", \"answers\": [\"Date\"], \"all_classes\": [\"Date\"]}\n");
    own.file("samples_longbench_hotpotqa_2025-05-01T10-20-30.1.jsonl",
             "{\"doc\": {\"answers\": [\"c\"]}, \"resps\": [[\"b\"]]}\n");
    Ended ended = own.run({QStringLiteral("score"), QStringLiteral("--predictions"), own.path(""),
                           QStringLiteral("--json"), QStringLiteral("--samples")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    auto json = ended.json();
    QCOMPARE(json["tasks"].size(), size_t{2});
    QVERIFY(json["tasks"][0]["task"] == "hotpotqa" && json["tasks"][0]["score"] == 0.0);
    QVERIFY(json["tasks"][1]["task"] == "trec" && json["tasks"][1]["score"] == 100.0);
    QCOMPARE(missing_fields(json["tasks"][1], {"low", "high", "interval", "files", "samples"}),
             QByteArray());
    QVERIFY(json["averages"]["benchmarks"]["longbench"] == 50.0);
    ended = own.run({QStringLiteral("score"), QStringLiteral("--predictions"), own.path("")});
    QVERIFY(ended.out.contains("longbench/trec"));
  }

  void broken_predictions_name_the_line_data() {
    QTest::addColumn<QByteArray>("text");
    QByteArray good = "{\"id\": \"a\", \"pred\": \"x\", \"outputs\": [\"x\"]}\n";
    QTest::newRow("truncated") << good + "{\"id\": \"b\", \"pr";
    QTest::newRow("list") << good + "[1, 2]\n";
    QTest::newRow("no prediction") << good + "{\"id\": \"b\"}\n";
    QTest::newRow("prediction is a number") << good + "{\"pred\": 7}\n";
    QTest::newRow("bytes") << good + QByteArray("{\"pred\": \"\xff\xfe\"}\n");
    QTest::newRow("deep") << good + QByteArray(300'000, '[') + "\n";
    QTest::newRow("zero") << good + QByteArray(8, '\0') + "\n";
  }
  void broken_predictions_name_the_line() {
    QFETCH(QByteArray, text);
    Ended ended = program_.run({QStringLiteral("score"), QStringLiteral("--benchmark=ruler"),
                                QStringLiteral("--task=vt"), QStringLiteral("--predictions"),
                                program_.file("bad.jsonl", text), QStringLiteral("--json")});
    QVERIFY2(ended.code == 1 || ended.code == 2, ended.err.constData());
    QVERIFY2(QByteArray::fromStdString(ended.json()["error"]["where"].get<std::string>())
                 .endsWith("bad.jsonl:2"),
             ended.out.constData());
  }

  void render_follows_the_template() {
    QString file = program_.file(
        "t.jinja", "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}");
    QString context =
        program_.file("c.json", R"({"messages": [{"role": "user", "content": "hello"}]})");
    QStringList arguments{QStringLiteral("render"), QStringLiteral("--template"), file,
                          QStringLiteral("--context"), context};
    QCOMPARE(program_.run(arguments).out, QByteArray("[user]hello"));
    QCOMPARE(program_.run(arguments + QStringList{QStringLiteral("--json")})
                 .json()["text"]
                 .get<std::string>(),
             std::string("[user]hello"));
    QCOMPARE(program_
                 .run({QStringLiteral("render"), QStringLiteral("--template"), context,
                       QStringLiteral("--context"), file})
                 .code,
             2);
  }

  void tokenize_goes_both_ways() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    QByteArray text = "Grüße, 世界\n";
    Ended ended = program_.run({QStringLiteral("tokenize"), QStringLiteral("--model"), model_,
                                QStringLiteral("--file=-"), QStringLiteral("--json")},
                               text);
    auto json = ended.json();
    QCOMPARE(missing_fields(json, {"tokenizer", "count", "ids"}), QByteArray());
    QCOMPARE(json["count"].get<size_t>(), json["ids"].size());
    QStringList back{QStringLiteral("tokenize"), QStringLiteral("--model"), model_,
                     QStringLiteral("--decode")};
    QByteArray ids = QByteArray::fromStdString(json["ids"].dump());
    QCOMPARE(program_.run(back, ids).out, text);
    QCOMPARE(program_.run(back + QStringList{QStringLiteral("--json")}, ids)
                 .json()["text"]
                 .get<std::string>(),
             text.toStdString());
    for (const char* bad : {"[1, -2]", "[99999999999]", "\"text\"", "[", "[1.5]", "[]"})
      QVERIFY2(program_.run(back, bad).code == 2, bad);
    QVERIFY(program_.run(back, "[2000000000]").code != 139);
  }

  void tokenize_takes_a_document_a_line() {
    const QString model = QString::fromStdString(
        (testing::source_folder() / "tests/golden/tokenizers/gpt2.json").string());
    const QStringList plain{QStringLiteral("tokenize"), QStringLiteral("--model"), model};
    const QStringList lines = plain + QStringList{QStringLiteral("--lines")};
    auto ids = [&](const QByteArray& text) { return program_.run(plain, text).json()["ids"]; };
    // The last one's bytes are no UTF-8.
    Ended ended = program_.run(lines,
                               "\"Hello\\nworld\"\n{\"text\": \"\\u0000 \u4e2d\"}\n\"\"\n"
                               "{\"base64\": \"YWL/w2M=\"}\n");
    QCOMPARE(ended.code, 0);
    const QList<QByteArray> answers = ended.out.trimmed().split('\n');
    QCOMPARE(answers.size(), qsizetype{4});
    const QByteArray texts[] = {"Hello\nworld", QByteArray("\0 \u4e2d", 5), "",
                                "ab\xff\xc3"
                                "c"};
    for (int i = 0; i < 4; ++i) {
      auto answer = nlohmann::json::parse(answers[i].toStdString(), nullptr, false);
      QVERIFY(answer["ids"] == ids(texts[i]));
      QCOMPARE(answer["count"].get<size_t>(), answer["ids"].size());
    }
    const QString file = program_.file("bad.jsonl", "\"a\"\n{\"text\": 7}\n");
    ended = program_.run(lines + QStringList{QStringLiteral("--file"), file});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("bad.jsonl:2"), ended.err.constData());
    for (const char* bad : {"\"\\ud800\"\n", "{\"base64\": \"a\"}\n", "[1]\n", "\n", "{\n"})
      QVERIFY2(program_.run(lines, bad).code == 2, bad);
    QCOMPARE(program_.run(lines + QStringList{QStringLiteral("--decode")}, "[1]\n").code, 2);
  }

  void benchmarks_sample_shows_the_prompt() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    Ended ended = program_.run({QStringLiteral("benchmarks"), QStringLiteral("sample"),
                                QStringLiteral("ruler"), QStringLiteral("--task=vt"),
                                QStringLiteral("--model"), model_, QStringLiteral("--n=2"),
                                QStringLiteral("--length=1024"), QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    auto samples = ended.json()["samples"];
    QCOMPARE(samples.size(), size_t{2});
    QCOMPARE(missing_fields(samples[0], {"id", "tokens", "prompt", "references"}), QByteArray());
    QVERIFY(samples[0]["tokens"].get<size_t>() <= 1024);
  }

  void models_inspect_counts() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    auto json = program_
                    .run({QStringLiteral("models"), QStringLiteral("inspect"), model_,
                          QStringLiteral("--json")})
                    .json();
    QCOMPARE(json["parameters"].get<long>(), 134515008L);
    QCOMPARE(json["window_tokens"].get<int>(), 8192);
    QVERIFY(json["memory"].size() >= 3);
    QVERIFY(json["settings"]["heads"] == 9 && json["settings"]["kv_heads"] == 3);
    QCOMPARE(json["weights_hash"].get<std::string>().size(), size_t{64});
    // 30 layers of 3 heads of 64 numbers, as keys and as values, 1,024 times in fp32
    QCOMPARE(json["kv_bytes_per_1k_tokens"].get<uint64_t>(), uint64_t{2} * 30 * 3 * 64 * 4 * 1024);
    QVERIFY(json["tokenizer"]["kind"].is_string() && json["tokenizer"]["vocabulary"] == 49152);
    QVERIFY(json["chat_template"]["source"] == "tokenizer.chat_template" &&
            json["chat_template"]["text"].is_string());
  }

  // What tiny models of the goldens are: their description as it is computed with, and their parts.
  void models_inspect_tells_all_data() {
    QTest::addColumn<QString>("weight_type");
    QTest::addColumn<QByteArray>("place");  // of the settings
    QTest::addColumn<QByteArray>("value");
    auto row = [](const char* model, const char* type, const char* place, const char* value) {
      QTest::newRow(model) << QString::fromLatin1(type) << QByteArray(place) << QByteArray(value);
    };
    row("llama_llama3", "F32", "/rotations/0/scaling/type", "\"llama3\"");
    row("llama_awq", "AWQ 4-bit", "/layers", "2");
    row("llama_gptq_8", "GPTQ 8-bit", "/layers", "2");
    row("deepseek_v3_fp8", "F8_E4M3 blocks", "/latent_attention/rank", "24");
    row("gemma2", "F32", "/attention_soft_cap", "5.0");
    row("gemma3_parts", "F32", "/by_layer/window/0", "96");
    row("qwen3_moe", "F32", "/experts/per_token", "3");
    row("mamba", "BF16", "/recurrent/state", "8");
    row("lora_plain", "F32 + LoRA", "/layers", "2");
  }
  void models_inspect_tells_all() {
    QFETCH(QString, weight_type);
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, value);
    const QString model = QString::fromStdString(
        (testing::source_folder() / "tests/golden/architectures" / QTest::currentDataTag())
            .string());
    const QStringList arguments{QStringLiteral("models"), QStringLiteral("inspect"), model,
                                QStringLiteral("--length=600")};
    Ended ended = program_.run(arguments + QStringList{QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    const auto json = ended.json();
    QCOMPARE(QString::fromStdString(json["weight_type"].get<std::string>()), weight_type);
    const auto found = json["settings"].value(
        nlohmann::json::json_pointer(place.toStdString()), nlohmann::json());
    QVERIFY2(found == nlohmann::json::parse(value.toStdString()), found.dump().c_str());
    QCOMPARE(json["weights_hash"].get<std::string>().size(), size_t{64});
    uint64_t parts = 0, types = 0;
    for (const char* part : {"embedding", "head", "layers", "other"})
      parts += json["weights"][part].get<uint64_t>();
    for (const auto& type : json["weights"]["types"]) types += type["held_bytes"].get<uint64_t>();
    QVERIFY(parts > 0 && parts == types);
    QCOMPARE(json["memory"].size(), size_t{1});
    QVERIFY(json["memory"][0]["parts"]["workspace"].get<uint64_t>() > 0);
    QVERIFY(json["chat_template"]["text"].is_null() && json["tokenizer"]["kind"].is_null());
    const bool recurrent = QByteArray(QTest::currentDataTag()) == "mamba";
    QCOMPARE(json["state_bytes"].get<uint64_t>() > 0, recurrent);
    QCOMPARE(json["kv_bytes_per_1k_tokens"].get<uint64_t>() == 0, recurrent);
    ended = program_.run(arguments + QStringList{QStringLiteral("--no_hash")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY(ended.out.contains(weight_type.toUtf8() + ","));
    QVERIFY(ended.out.contains("Weights hash                      unknown"));
    QVERIFY(ended.out.contains("working memory"));
  }

  void models_inspect_says_what_is_refused() {
    const std::filesystem::path model = program_.path("odd").toStdString();
    std::filesystem::copy(testing::source_folder() / "tests/golden/architectures/qwen2", model);
    auto config = *read_json(model / "config.json");
    config["residual_multiplier"] = 2;
    QVERIFY(write_file(model / "config.json", config.dump()));
    Ended ended = program_.run({QStringLiteral("models"), QStringLiteral("inspect"),
                                QString::fromStdString(model.string()), QStringLiteral("--json")});
    QCOMPARE(ended.code, 0);
    const auto json = ended.json();
    QVERIFY(json["settings"].is_null() && json["weights_hash"].is_null());
    QVERIFY2(json["problems"][0]["message"].get<std::string>().find("residual_multiplier") !=
                 std::string::npos,
             json["problems"].dump().c_str());
    QCOMPARE(program_
                 .run({QStringLiteral("models"), QStringLiteral("inspect"),
                       QString::fromStdString(model.string()), QStringLiteral("--length=0")})
                 .code,
             2);
  }
};

QTEST_GUILESS_MAIN(ReadingVerbsTest)
#include "reading_verbs_test.moc"
