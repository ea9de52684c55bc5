// What a model and its tokenizer are asked for directly: templates, tokens, logits, an answer, a
// description of it.
#include <QTest>
#include <filesystem>

#include "core/base/text_file.h"
#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class ModelVerbsTest : public QObject {
  Q_OBJECT

  testing::Program program_;
  QString model_ = testing::default_model_text();

 private Q_SLOTS:
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

  // Each before any work, with exit status 2 and what is wrong.
  void render_bounds_what_it_reads() {
    const QString file = program_.file("bounds.jinja", "{{ a }}");
    const QString deep =
        program_.file("deep.json", "{\"a\":" + QByteArray(300, '[') + QByteArray(300, ']') + "}");
    const QString wide =
        program_.file("wide.json", "{\"a\":" + QByteArray(200, '[') + QByteArray(200, ']') + "}");
    const QStringList render{QStringLiteral("render"), QStringLiteral("--template"), file};
    auto with = [&](const QString& option, const QString& value) {
      return program_.run(render + QStringList{option, value});
    };
    Ended ended = with(QStringLiteral("--context"), deep);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("256 levels") && ended.err.contains("deep.json"),
             ended.err.constData());
    ended = with(QStringLiteral("--context"), wide);
    QVERIFY2(!ended.err.contains("levels"), ended.err.constData());
    // A file of holes: past the bound, and on no disk.
    const QString large = program_.file("large.json", "{}");
    std::filesystem::resize_file(large.toStdString(), (256u << 20) + 1);
    ended = with(QStringLiteral("--context"), large);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("is larger than 268435456 bytes"), ended.err.constData());
    ended = with(QStringLiteral("--now"), QStringLiteral("yesterday"));
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("--now"), ended.err.constData());
    QCOMPARE(with(QStringLiteral("--model"), file).code, 2);
  }

  // The model of these cannot be loaded: what is said is about the option all the same.
  void options_are_checked_before_work() {
    const QString model = program_.file("no-model.gguf", "nothing");
    const QString ids = program_.file("ids-2.json", "[1, 2]");
    const QString text = program_.file("a-file", "x");
    struct Case {
      QStringList arguments;
      QByteArray named;
      int code;
    };
    const auto s = [](const char* word) { return QString::fromLatin1(word); };
    const QStringList base{s("--model"), model, s("--ids"), ids};
    const Case cases[] = {
        {QStringList{s("logits")} + base, "--output", 2},
        {{s("logits"), s("--model"), model, s("--output"), text}, "--ids", 2},
        {QStringList{s("logits")} + base + QStringList{s("--output"), text + s("/x.npy")}, "x.npy",
         1},
        {QStringList{s("logits")} + base + QStringList{s("--output"), s("/")}, "is a folder", 2},
        {QStringList{s("generate")} + base + QStringList{s("--max_new_tokens=0")},
         "--max_new_tokens", 2},
        {QStringList{s("generate")} + base + QStringList{s("--prompt_file"), text},
         "--ids or --prompt_file", 2},
        {{s("tokenize"), s("--model"), model, s("--decode"), s("--special")}, "--special", 2},
    };
    for (const Case& one : cases) {
      Ended ended = program_.run(one.arguments);
      QVERIFY2(ended.code == one.code && ended.err.contains(one.named), ended.err.constData());
    }
    QVERIFY(!std::filesystem::exists(program_.path("a-file.part").toStdString()));
  }

  void standard_output_that_is_full_is_a_failure() {
    if (!std::filesystem::exists("/dev/full")) QSKIP("skipped: this system has no /dev/full");
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    program_.start(process, {QStringLiteral("render"), QStringLiteral("--template"),
                             program_.file("full.jinja", "text")});
    Ended ended = program_.wait(process);
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains("standard output"), ended.err.constData());
  }

  // As with `head`, which has seen enough: the text is longer than a pipe holds.
  void a_reader_that_stops_is_no_failure() {
    QProcess process, reader;
    process.setStandardOutputProcess(&reader);
    program_.start(process, {QStringLiteral("render"), QStringLiteral("--template"),
                             program_.file("long.jinja", QByteArray(500'000, 'x'))});
    reader.start(QStringLiteral("true"), QStringList());
    Ended ended = program_.wait(process);
    QVERIFY(reader.state() == QProcess::NotRunning || reader.waitForFinished());
    QCOMPARE(ended.code, 128 + 13);  // as if the signal that other programs get had ended it
    QCOMPARE(ended.err, QByteArray());
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
    const Ended unknown =
        program_.run(back + QStringList{QStringLiteral("--json")}, "[2000000000, 19556]");
    QCOMPARE(unknown.code, 0);
    QCOMPARE(unknown.json()["unknown"].get<int>(), 1);
    QVERIFY(unknown.err.contains("1 id is not in this vocabulary"));
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
    const auto found =
        json["settings"].value(nlohmann::json::json_pointer(place.toStdString()), nlohmann::json());
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

  void logits_are_a_numpy_file() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    QString ids = program_.file("ids.json", "[1, 2, 3]");
    for (bool all : {false, true}) {
      QStringList arguments{QStringLiteral("logits"),
                            QStringLiteral("--model"),
                            model_,
                            QStringLiteral("--ids"),
                            ids,
                            QStringLiteral("--output"),
                            program_.path("x.npy"),
                            QStringLiteral("--json")};
      if (all) arguments.append(QStringLiteral("--all"));
      Ended ended = program_.run(arguments);
      QVERIFY2(ended.code == 0, ended.err.constData());
      size_t rows = all ? 3 : 1;
      std::string file = *read_file(program_.path("x.npy").toStdString());
      size_t header =
          static_cast<unsigned char>(file[8]) + 256u * static_cast<unsigned char>(file[9]);
      QCOMPARE((header + 10) % 64, size_t{0});
      QVERIFY(file.find("'shape': (" + std::to_string(rows) + ", 49152)") < header);
      QCOMPARE(file.size(), 10 + header + rows * 49152 * 4);
    }
  }

  void generate_answers() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    QStringList arguments{QStringLiteral("generate"),
                          QStringLiteral("--model"),
                          model_,
                          QStringLiteral("--prompt-file"),
                          program_.file("p.txt", "The capital of France is"),
                          QStringLiteral("--max-new-tokens=4"),
                          QStringLiteral("--json")};
    auto json = program_.run(arguments).json();
    QCOMPARE(missing_fields(json, {"ids", "text", "finish_reason", "timings"}), QByteArray());
    QVERIFY2(json["text"].get<std::string>().find("Paris") != std::string::npos,
             json.dump().c_str());
    QStringList sampled =
        arguments + QStringList{QStringLiteral("--temperature=1"), QStringLiteral("--top-k=50"),
                                QStringLiteral("--seed=7")};
    QVERIFY(program_.run(sampled).json()["ids"] == program_.run(sampled).json()["ids"]);
  }
};

QTEST_GUILESS_MAIN(ModelVerbsTest)
#include "model_verbs_test.moc"
