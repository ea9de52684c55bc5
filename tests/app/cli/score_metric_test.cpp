// score --metric: BERTScore of a prediction file and of a run, perplexity of a run's references,
// and what is refused.
#include <QTest>
#include <cmath>

#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class ScoreMetricTest : public QObject {
  Q_OBJECT

  testing::Program program_;

  static QStringList list(std::initializer_list<const char*> words) {
    QStringList texts;
    for (const char* word : words) texts << QString::fromUtf8(word);
    return texts;
  }
  static QStringList encoder() {
    const auto folder = testing::source_folder() / "tests/golden/encoders/bert_score";
    return {QStringLiteral("--metric"), QStringLiteral("bertscore"), QStringLiteral("--encoder"),
            QString::fromStdString(folder.string())};
  }
  QStringList predictions() const {
    return list({"score", "--benchmark=ruler", "--task=vt", "--samples", "--json"}) +
           QStringList{QStringLiteral("--predictions"),
                       program_.file("pred.jsonl",
                                     "{\"id\": \"a\", \"pred\": \"the ships passed\", "
                                     "\"outputs\": [\"the ships passed\"]}\n"
                                     "{\"id\": \"b\", \"pred\": \"\", \"outputs\": [\"noon\"]}\n")};
  }
  std::string refusal(const QStringList& arguments) const {
    const Ended ended = program_.run(arguments);
    const auto json = ended.json();
    if (ended.code == 0 || json.is_discarded()) return "code " + std::to_string(ended.code);
    return json["error"]["where"].get<std::string>() + ": " +
           json["error"]["message"].get<std::string>();
  }

 private Q_SLOTS:
  // What lies in this machine's own cache is none of the test's.
  void initTestCase() { qputenv("HF_HUB_CACHE", program_.path("hub").toUtf8()); }

  void a_prediction_file_by_bert_score() {
    const Ended ended = program_.run(predictions() + encoder());
    QVERIFY2(ended.code == 0, ended.err.constData());
    const auto json = ended.json();
    QCOMPARE(json["metric"].get<std::string>(), std::string("bertscore"));
    QVERIFY(!json["lower_is_better"].get<bool>());
    QVERIFY(std::abs(json["score"].get<double>() - 50) < 1e-3);
    QCOMPARE(missing_fields(json["parts"], {"precision", "recall", "f1"}), QByteArray());
    QVERIFY(std::abs(json["samples"][0]["score"].get<double>() - 100) < 1e-3);
    QCOMPARE(json["samples"][1]["score"].get<double>(), 0.0);
    const QString baseline =
        program_.file("baseline.tsv", "LAYER,P,R,F\n0,0.1,0.1,0.1\n1,0.5,0.5,0.5\r\n");
    const Ended scaled = program_.run(
        predictions() + encoder() +
        QStringList{QStringLiteral("--layer=1"), QStringLiteral("--baseline"), baseline});
    QVERIFY2(scaled.code == 0, scaled.err.constData());
    QVERIFY(std::abs(scaled.json()["score"].get<double>() - 50) < 1e-3);
    QVERIFY(std::abs(scaled.json()["parts"]["f1"].get<double>()) < 1e-5);  // (1 - 1) / 2
  }

  // Its records carry their references; no benchmark or task of ours is meant.
  void a_file_that_answers_no_known_task() {
    const QString own = program_.file("summaries.jsonl",
                                      "{\"response\": \"the ships passed\", "
                                      "\"reference\": \"the ships passed\"}\n"
                                      "{\"response\": \"\", \"reference\": [\"noon\", \"day\"]}\n");
    const Ended ended = program_.run(
        QStringList{QStringLiteral("score"), own, QStringLiteral("--json")} + encoder());
    QVERIFY2(ended.code == 0, ended.err.constData());
    const auto json = ended.json();
    QVERIFY(json["benchmark"].is_null());
    QCOMPARE(json["task"].get<std::string>(), std::string("summaries"));
    QVERIFY(std::abs(json["score"].get<double>() - 50) < 1e-3);
    QCOMPARE(json["metric_parameters"]["layer"].get<int>(), -1);
    QVERIFY(!json["metric_parameters"]["encoder_hash"].get<std::string>().empty());
    // A metric that reads the answers alone needs no task either.
    const Ended words = program_.run(QStringList{QStringLiteral("score"), own} +
                                     list({"--metric", "token_f1", "--json"}));
    QVERIFY2(words.code == 0, words.err.constData());
    QCOMPARE(words.json()["score"].get<double>(), 50.0);
    const Ended table =
        program_.run(QStringList{QStringLiteral("score"), own} + list({"--metric", "token_f1"}));
    QVERIFY(table.out.contains("  summaries  (token_f1)"));
    QVERIFY(table.out.contains("Rules: official"));
    const QString letters = program_.file("letters.jsonl",
                                          "{\"response\": \"B\", \"reference\": \"B\"}\n"
                                          "{\"response\": \"no idea\", \"reference\": \"B\"}\n");
    const QStringList by_letter =
        QStringList{QStringLiteral("score"), letters} + list({"--metric", "choice"});
    const Ended unparsed = program_.run(by_letter);
    QVERIFY2(unparsed.out.contains("(choice), 1 unparsed (as wrong 50.00)"),
             unparsed.out.constData());
    const auto whole = program_.run(by_letter + list({"--json"})).json();
    QCOMPARE(whole["score"].get<double>(), 100.0);
    QCOMPARE(whole["score_missing_wrong"].get<double>(), 50.0);
    auto names = [&](const QStringList& more, const char* part) {
      const std::string said =
          refusal(QStringList{QStringLiteral("score"), own, QStringLiteral("--json")} + more);
      if (said.find(part) == std::string::npos) qWarning("%s", said.c_str());
      return said.find(part) != std::string::npos;
    };
    QVERIFY(names({}, "does not say which task"));
    QVERIFY(names(list({"--metric", "needs_judge"}), "a judge grades"));
    QVERIFY(names(list({"--metric", "reference_perplexity"}), "the prompts it got"));
    QVERIFY(names(list({"--predictions", "x"}), "one file or folder"));
    QVERIFY(refusal(list({"score", "/nowhere.jsonl", "--json"})).find("neither a run") !=
            std::string::npos);
    const QString bare = program_.file("bare.jsonl", "{\"pred\": \"a\"}\n");
    QVERIFY(refusal(QStringList{QStringLiteral("score"), bare} +
                    list({"--metric", "token_f1", "--json"}))
                .find("no reference") != std::string::npos);
  }

  // The only encoder of the model folder is taken, and named; of several none is guessed.
  void the_encoder_need_not_be_named() {
    const QString own =
        program_.file("one.jsonl", "{\"pred\": \"ships\", \"reference\": \"ships\"}\n");
    const QStringList asked = {QStringLiteral("score"), own, QStringLiteral("--json"),
                               QStringLiteral("--metric"), QStringLiteral("bertscore")};
    QVERIFY(refusal(asked).find("none is on this machine") != std::string::npos);
    const auto goldens = testing::source_folder() / "tests/golden/encoders";
    const std::filesystem::path models = program_.path("data/models").toStdString();
    std::filesystem::create_directories(models);
    std::filesystem::copy(goldens / "bert_score", models / "first");
    const Ended ended = program_.run(asked);
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY(ended.err.contains("Encoder: first"));
    QVERIFY(std::abs(ended.json()["score"].get<double>() - 100) < 1e-3);
    std::filesystem::copy(goldens / "roberta", models / "second");
    QVERIFY(refusal(asked).find("several encoders") != std::string::npos);
  }

  void what_does_not_fit_is_named() {
    auto names = [this](const QStringList& more, const char* part) {
      const std::string said = refusal(predictions() + more);
      if (said.find(part) == std::string::npos) qWarning("%s", said.c_str());
      return said.find(part) != std::string::npos;
    };
    QVERIFY(names(list({"--metric", "bertscore"}), "encoder"));
    QVERIFY(names(list({"--metric", "wisdom"}), "wisdom"));
    QVERIFY(names(list({"--idf"}), "--idf"));
    QVERIFY(names(list({"--k=2"}), "--k"));
    QVERIFY(names(list({"--limit=3"}), "--limit"));
    QVERIFY(names(list({"--metric", "reference_perplexity"}), "needs the model"));
    QVERIFY(names(encoder() + list({"--layer=9"}), "no layer 9"));
    QVERIFY(names(encoder() + list({"--baseline", "/nowhere"}), "--layer"));
    QVERIFY(names(encoder() + list({"--layer=1", "--baseline", "/nowhere"}), "/nowhere"));
    const auto llama = testing::source_folder() / "tests/golden/tiny_llama";
    QVERIFY(names(list({"--metric", "bertscore", "--encoder"}) +
                      QStringList{QString::fromStdString(llama.string())},
                  "no tokenizer"));
  }

  // Of two programs for the first problem one passes, of two for the second none.
  void several_programs_of_a_problem_by_pass_at_k() {
    const auto line = [](const char* id, const char* name, const char* body) {
      return nlohmann::json({{"id", id},
                             {"pred", body},
                             {"code_prompt", std::string("def ") + name + "():\n"},
                             {"code_test", "def check(f):\n    assert f() == 2\n"},
                             {"entry_point", name}})
                 .dump() +
             "\n";
    };
    const std::string right = line("a", "one", "    return 2\n"),
                      wrong = line("a", "one", "    return 3\n"),
                      other = line("b", "two", "    return 4\n");
    const QString file =
        program_.file("programs.jsonl", QByteArray::fromStdString(right + wrong + other + other));
    const QStringList by =
        QStringList{QStringLiteral("score"), file} + list({"--metric", "pass_at_k", "--json"});
    const Ended one = program_.run(by);
    if (one.out.contains("not scored: ")) QSKIP("skipped: programs cannot be run here");
    QVERIFY2(one.code == 0, (one.err + one.out).constData());
    QCOMPARE(one.json()["score"].get<double>(), 25.0);
    QCOMPARE(one.json()["n"].get<int>(), 4);
    const Ended two = program_.run(by + list({"--k=2"}));
    QVERIFY2(two.code == 0, (two.err + two.out).constData());
    QCOMPARE(two.json()["score"].get<double>(), 50.0);
    QCOMPARE(two.json()["metric_parameters"]["k"].get<int>(), 2);
    QVERIFY(refusal(by + list({"--k=3"})).find("pass@3 needs") != std::string::npos);
    QVERIFY(refusal(by + list({"--k=0"})).find("--k: has to be") != std::string::npos);
    const std::string twice = refusal(QStringList{QStringLiteral("score"), file} +
                                      list({"--metric", "pass_at_1", "--json"}));
    QVERIFY2(
        twice.find("programs.jsonl:2: sample a is answered a second time") != std::string::npos,
        twice.c_str());
    QVERIFY(twice.find("programs.jsonl:1") != std::string::npos);
    // The same programs as a list for each problem.
    const auto listed = [](const std::string& record, const char* first, const char* second) {
      auto json = nlohmann::json::parse(record);
      json["pred"] = {first, second};
      return json.dump() + "\n";
    };
    const QString lists =
        program_.file("lists.jsonl",
                      QByteArray::fromStdString(listed(right, "    return 2\n", "    return 3\n") +
                                                listed(other, "    return 4\n", "    return 4\n")));
    const Ended same = program_.run(QStringList{QStringLiteral("score"), lists} +
                                    list({"--metric", "pass_at_k", "--json", "--k=2"}));
    QVERIFY2(same.code == 0, (same.err + same.out).constData());
    QCOMPARE(same.json()["score"].get<double>(), 50.0);
    QCOMPARE(same.json()["n"].get<int>(), 4);
  }

  void a_run_by_both() {
    const QString model = testing::default_model_text();
    if (model.isEmpty()) QSKIP("skipped: the default model has not been fetched");
    const QString data =
        program_.file("capitals.jsonl",
                      "{\"q\": \"What is the capital of France?\", \"a\": \"Paris\"}\n"
                      "{\"q\": \"What is the capital of Italy?\", \"a\": \"Rome\"}\n");
    const Ended added =
        program_.run(list({"benchmarks", "add"}) + QStringList{data} +
                     list({"--question", "q", "--answer", "a", "--id", "capitals", "--metric",
                           "reference_perplexity", "--max_new_tokens", "2"}));
    QVERIFY2(added.code == 0, added.err.constData());
    const Ended ran = program_.run(
        list({"run", "--benchmark", "capitals", "--json", "--model_path"}) + QStringList{model});
    QVERIFY2(ran.code == 0, ran.err.constData());
    const auto job = ran.json()["jobs"][0];
    QVERIFY(job["lower_is_better"].get<bool>() && job["score"].get<double>() > 1);
    QVERIFY(ran.json()["averages"]["benchmarks"].is_null());
    const Ended again = program_.run(
        list({"score", "1", "--metric", "reference_perplexity", "--json", "--samples"}));
    QVERIFY2(again.code == 0, again.err.constData());
    const auto task = again.json()["tasks"][0];
    QCOMPARE(task["score"].get<double>(), job["score"].get<double>());
    QVERIFY(task["bits_per_byte"].get<double>() > 0);
    QCOMPARE(task["samples"].size(), size_t{2});
    const Ended limited = program_.run(
        list({"score", "1", "--metric", "reference_perplexity", "--json", "--limit", "1"}));
    QCOMPARE(limited.json()["tasks"][0]["n"].get<int>(), 1);
    const Ended alike = program_.run(list({"score", "1", "--json"}) + encoder());
    QVERIFY2(alike.code == 0, alike.err.constData());
    QCOMPARE(alike.json()["metric"].get<std::string>(), std::string("bertscore"));
    // The plain table says the direction too.
    const Ended shown = program_.run(list({"show", "1"}));
    QVERIFY(shown.out.contains("lower is better"));
  }
};

QTEST_APPLESS_MAIN(ScoreMetricTest)
#include "score_metric_test.moc"
