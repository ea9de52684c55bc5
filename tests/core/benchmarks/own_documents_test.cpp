// Needles in the user's own documents: lengths, depths, order, and folders that are not as they
// should be.
#include <QTest>
#include <fstream>
#include <set>
#include <thread>

#include "core/base/text_file.h"
#include "core/benchmarks/custom.h"
#include "core/benchmarks/documents.h"
#include "core/benchmarks/pdf_text.h"
#include "core/metrics/metric.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

namespace {

std::string prose(int sentences, const std::string& topic) {
  std::string text;
  for (int i = 0; i < sentences; ++i)
    text += "Note " + std::to_string(i) + " on " + topic + " says that the " +
            (i % 3 ? "harbour opens late" : "bridge was painted twice and nobody knew why") +
            ".\n" + (i % 5 ? "" : "\n## Part " + std::to_string(i) + "\n\n");
  return text;
}

// A program in place of pdftotext.
void stand_in(const fs::path& file, const std::string& script) {
  std::ofstream(file) << "#!/bin/sh\n" << script << "\n";
  fs::permissions(file, fs::perms(0755));
  fs::permissions(file.parent_path(), fs::perms(0755));  // root shuts it in as another user
  qputenv("LOOMSCOPE_PDFTOTEXT", file.c_str());
}

}  // namespace

class OwnDocumentsTest : public QObject {
  Q_OBJECT

  std::unique_ptr<testing::TemporaryFolder> folder_;
  std::optional<testing::ModelForRecords> model_;

  fs::path docs() const { return folder_->path() / "docs"; }
  void put(const char* name, const std::string& bytes) {
    if (!write_file(docs() / name, bytes)) qFatal("cannot write");
  }
  CustomBenchmark benchmark() const {
    CustomBenchmark custom;
    custom.kind = CustomBenchmark::documents;
    custom.id = "mine";
    custom.title = "Mine";
    custom.data = docs();
    return custom;
  }
  TaskRecords records(const TaskRequest& request, const CustomBenchmark& custom) const {
    auto made = make_custom(std::make_shared<const CustomBenchmark>(custom))->records(request, {});
    if (!made) qFatal("%s", describe(made.error()).c_str());
    return *made;
  }

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<testing::TemporaryFolder>();
    qputenv("LOOMSCOPE_HOME", (folder_->path() / "home").c_str());
    qunsetenv("LOOMSCOPE_PDFTOTEXT");
    qunsetenv("LOOMSCOPE_PDFTOTEXT_SECONDS");
    model_ = testing::model_for_records();
  }

  void lengths_and_depths_are_exact() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(200, "ships"));
    put("deeper/b.md", prose(200, "trains"));
    CustomBenchmark custom = benchmark();
    custom.depths = {0, 50, 100};
    const auto description = description_of(custom);
    for (const char* task : {"needle", "multi_needle", "order"})
      for (size_t length : {1024, 2000, 8192}) {
        const auto made = records(model_->request(task, length, 0), custom);
        QCOMPARE(testing::problem_of(made, std::string_view(task) != "order"), std::string());
        QCOMPARE(made.records.size(), size_t{3});
        const auto answer = static_cast<size_t>(description.task(task)->max_new_tokens);
        for (const Record& record : made.records) {
          const size_t whole = model_->tokens(record) + answer;
          QVERIFY2(whole <= length && whole + 4 >= length, std::to_string(whole).c_str());
        }
        if (std::string_view(task) != "needle") continue;
        for (size_t i = 0; i < 3; ++i) {
          const Record& record = made.records[i];
          QCOMPARE(record.metadata.at("depth").get<size_t>(), 50 * i);
          const double at = 100.0 * static_cast<double>(record.evidence[0].begin) /
                            static_cast<double>(record.context_end);
          QVERIFY(std::abs(at - 50.0 * static_cast<double>(i)) < (length == 1024 ? 14 : 6));
        }
      }
  }

  void needles_in_the_language_of_the_documents() {
    if (!model_) QSKIP("skipped: the default model is not here");
    std::string text;
    for (int i = 0; i < 300; ++i)
      text += "第" + std::to_string(i) + "天，渡船照常开到对岸，没有人记下时间。";
    put("a.txt", text);
    CustomBenchmark custom = benchmark();
    custom.language = "zh";
    for (const char* task : {"needle", "multi_needle", "order"}) {
      const auto made = records(model_->request(task, 4096, 2), custom);
      QCOMPARE(testing::problem_of(made, std::string_view(task) != "order"), std::string());
      for (const Record& record : made.records) {
        QVERIFY(record.prompt.find("文档：") != std::string::npos);
        const std::string needle = record.prompt.substr(
            record.evidence[0].begin, record.evidence[0].end - record.evidence[0].begin);
        QVERIFY2(needle.ends_with("。"), needle.c_str());
      }
    }
  }

  void more_samples_bring_other_needles() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(200, "ships"));
    CustomBenchmark custom = benchmark();
    custom.depths = {50};
    const auto made = records(model_->request("needle", 1024, 3), custom);
    QCOMPARE(testing::problem_of(made, true), std::string());
    QVERIFY(made.records[0].references != made.records[1].references);
    QVERIFY(made.records[1].references != made.records[2].references);
  }

  void the_order_is_the_one_in_the_text() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(200, "ships"));
    const auto made = records(model_->request("order", 2048, 6), benchmark());
    std::set<std::string> orders;
    for (const Record& record : made.records) {
      QCOMPARE(record.evidence.size(), size_t{4});
      const std::string reference = record.references.at(0);
      orders.insert(reference);
      std::string expected;
      for (const ByteSpan& span : record.evidence) {
        const std::string sentence = record.prompt.substr(span.begin, span.end - span.begin);
        const size_t listed = record.prompt.rfind(sentence);
        QVERIFY(listed > record.context_end);
        const size_t line = record.prompt.rfind('\n', listed) + 1;
        expected += (expected.empty() ? "" : ", ") +
                    record.prompt.substr(line, record.prompt.find('.', line) - line);
      }
      QCOMPARE(reference, expected);
      const auto score =
          (*find_metric("event_order"))->score({expected, record.references, {}, {}});
      QCOMPARE(score.value.value_or(-1), 1.0);
    }
    QVERIFY(orders.size() > 1);
  }

  void the_seed_decides() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(400, "ships"));
    auto request = model_->request("multi_needle", 2048, 4);
    const std::string hash = records(request, benchmark()).data_hash;
    QCOMPARE(records(request, benchmark()).data_hash, hash);
    request.seed = 1;
    QVERIFY(records(request, benchmark()).data_hash != hash);
  }

  void short_documents_repeat_and_say_so() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(30, "ships"));
    const auto made = records(model_->request("needle", 4096, 0), benchmark());
    QCOMPARE(testing::problem_of(made, true), std::string());
    QVERIFY(made.notes.at(0).find("repeat") != std::string::npos);
    QCOMPARE(model_->tokens(made.records[0]) + 50 + 4 >= 4096, true);
  }

  void answers_that_the_documents_hold_are_not_asked() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(60, "ships") +
                     "I found the old ferry landing behind the brick mill. A wooden clock with a "
                     "painted owl hung there. We hum a waltz and offer it dried apricots.\n");
    CustomBenchmark custom = benchmark();
    custom.needles = 3;
    for (const Record& record : records(model_->request("multi_needle", 1024, 5), custom).records)
      for (const std::string& answer : record.references)
        for (const char* known : {"ferry", "owl", "waltz"})
          QVERIFY2(answer.find(known) == std::string::npos, answer.c_str());
  }

  void too_short_a_length_is_refused() {
    if (!model_) QSKIP("skipped: the default model is not here");
    put("a.txt", prose(60, "ships"));
    for (size_t length : {256, 60}) {
      const auto request = model_->request("multi_needle", length, 1);
      auto made =
          make_custom(std::make_shared<const CustomBenchmark>(benchmark()))->records(request, {});
      QVERIFY(!made);
      QCOMPARE(made.error().kind, ErrorKind::invalid_input);
    }
  }

  void links_and_hidden_files_stay_out() {
    put("a.txt", prose(60, "ships"));
    put(".hidden.txt", prose(60, "secrets"));
    put(".git/log.txt", prose(60, "secrets"));
    put("picture.png", "no text");
    testing::TemporaryFolder elsewhere;
    QVERIFY(write_file(elsewhere.path() / "b.txt", prose(60, "secrets")));
    fs::create_symlink(elsewhere.path() / "b.txt", docs() / "b.txt");
    fs::create_directory_symlink(docs(), docs() / "round");
    fs::create_directory_symlink("..", docs() / "up");
    const auto read = read_documents(docs());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    QCOMPARE(read->files, size_t{1});
    for (const std::string& sentence : read->sentences)
      QVERIFY(sentence.find("secrets") == std::string::npos);
    QVERIFY(read->notes.at(0).find("3 links") != std::string::npos);
    QVERIFY(read->notes.at(1).find("1 files") != std::string::npos);
  }

  void what_cannot_be_read_is_named() {
    QCOMPARE(read_documents(docs()).error().kind, ErrorKind::not_found);
    put("a.txt", "Too little. Much too little.");
    QVERIFY(read_documents(docs()).error().message.find("2 sentences") != std::string::npos);
    QVERIFY(!prepare_custom(benchmark()));
    put("b.txt", prose(60, "ships") + "\xff\xfe");
    QVERIFY(read_documents(docs()).error().where.ends_with("b.txt"));
  }

  void stops_when_told() {
    put("a.txt", prose(60, "ships"));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(read_documents(docs(), stop.get_token()).error().kind, ErrorKind::cancelled);
    QCOMPARE(prepare_custom(benchmark(), stop.get_token()).error().kind, ErrorKind::cancelled);
    // Also where nothing would be read, only walked through.
    fs::remove(docs() / "a.txt");
    put("picture.png", "no text");
    QCOMPARE(read_documents(docs(), stop.get_token()).error().kind, ErrorKind::cancelled);
  }

  void a_pdf_at_work_stops_when_told() {
    put("b.pdf", "%PDF-1.4 stand-in");
    stand_in(folder_->path() / "reader", "sleep 600");
    std::stop_source stop;
    std::jthread stopper([&stop] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      stop.request_stop();
    });
    QElapsedTimer clock;
    clock.start();
    const auto read = read_documents(docs(), stop.get_token());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::cancelled);
    QVERIFY(clock.elapsed() < 30'000);
  }

  void a_folder_that_cannot_be_opened_is_named() {
    put("a.txt", prose(60, "ships"));
    put("shut/b.txt", prose(60, "ships"));
    fs::permissions(docs() / "shut", fs::perms::none);
    std::error_code refused;
    const fs::directory_iterator look(docs() / "shut", refused);
    const auto read = read_documents(docs());
    fs::permissions(docs() / "shut", fs::perms::owner_all);
    if (!refused) QSKIP("skipped: this user may open every folder");
    QVERIFY(!read);
    QVERIFY2(read.error().where.ends_with("shut"), read.error().where.c_str());
  }

  void many_empty_documents_are_counted() {
    put("a.txt", prose(60, "ships"));
    for (int i = 0; i < 300; ++i) put(("e" + std::to_string(i) + ".txt").c_str(), " \n");
    const auto read = read_documents(docs());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    QCOMPARE(read->files, size_t{1});
    QCOMPARE(read->notes.size(), size_t{21});
    QCOMPARE(read->notes.back(), std::string("280 more documents hold no text"));
  }

  void ten_thousand_documents() {
    for (int i = 0; i < 10'000; ++i)
      put((std::to_string(i % 100) + "/" + std::to_string(i) + ".txt").c_str(),
          "Ship " + std::to_string(i) + " came in. ");
    QElapsedTimer clock;
    clock.start();
    const auto read = read_documents(docs());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    QCOMPARE(read->files, size_t{10'000});
    QCOMPARE(read->sentences.size(), size_t{10'000});
    QVERIFY(clock.elapsed() < 20'000);
  }

  void sentences_without_an_end_are_cut() {
    std::string words, signs;
    for (int i = 0; i < 5000; ++i) words += "word" + std::to_string(i) + " ";
    for (int i = 0; i < 5000; ++i) signs += "文";
    put("a.txt", words);
    put("b.txt", signs);
    const auto read = read_documents(docs());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    std::string joined;
    for (const std::string& sentence : read->sentences) {
      QVERIFY(sentence.size() <= 1000 && !sentence.empty());
      QCOMPARE(
          QString::fromUtf8(sentence.data(), qsizetype(sentence.size())).toUtf8().toStdString(),
          sentence);
      joined += sentence;
    }
    QVERIFY(joined.ends_with(signs));
  }

  void pdf_text_comes_from_the_program_and_is_kept() {
    put("a.txt", prose(60, "ships"));
    put("b.pdf", "%PDF-1.4 stand-in");
    stand_in(folder_->path() / "reader", "cat >/dev/null; echo 'Text of the PDF file.'");
    auto read = read_documents(docs());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    QCOMPARE(read->files, size_t{2});
    QCOMPARE(read->sentences.back(), std::string("Text of the PDF file."));
    stand_in(folder_->path() / "reader", "exit 3");
    read = read_documents(docs());
    QVERIFY(read && read->sentences.back() == "Text of the PDF file.");
  }

  void programs_that_misbehave_are_ended_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("fails") << QByteArray("echo broken xref; exit 1") << QByteArray("broken xref");
    QTest::newRow("sleeps") << QByteArray("sleep 600") << QByteArray("too long");
    QTest::newRow("never stops writing")
        << QByteArray("yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
        << QByteArray("more than 64 MiB");
  }
  void programs_that_misbehave_are_ended() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, message);
    put("b.pdf", "%PDF-1.4 stand-in");
    qputenv("LOOMSCOPE_PDFTOTEXT_SECONDS", script.startsWith("sleep") ? "0.5" : "60");
    stand_in(folder_->path() / "reader", script.toStdString());
    QElapsedTimer clock;
    clock.start();
    const auto read = pdf_text(docs() / "b.pdf");
    QVERIFY(!read);
    const QByteArray said = QByteArray::fromStdString(describe(read.error()));
    QVERIFY2(said.contains(message) && said.contains("b.pdf"), said);
    QVERIFY(clock.elapsed() < 60'000);
  }

  void a_missing_program_is_named_with_its_package() {
    put("b.pdf", "%PDF-1.4 stand-in");
    qputenv("LOOMSCOPE_PDFTOTEXT", "/nowhere/pdftotext");
    const auto read = read_documents(docs());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::unsupported);
    QVERIFY(read.error().remedy.find("poppler-utils") != std::string::npos);
  }

  void a_real_pdf_is_read() {
    if (!fs::exists("/usr/bin/pdftotext")) QSKIP("skipped: poppler-utils is not installed");
    const std::string content = "BT /F1 12 Tf 72 700 Td (Seven herons stood by the lock.) Tj ET";
    std::string pdf = "%PDF-1.4\n";
    std::vector<size_t> places;
    for (const std::string& object :
         {std::string("<< /Type /Catalog /Pages 2 0 R >>"),
          std::string("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
          std::string("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
                      "/Resources << /Font << /F1 5 0 R >> >> >>"),
          "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content +
              "\nendstream",
          std::string("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")}) {
      places.push_back(pdf.size());
      pdf += std::to_string(places.size()) + " 0 obj\n" + object + "\nendobj\n";
    }
    const size_t table = pdf.size();
    pdf += "xref\n0 6\n0000000000 65535 f \n";
    for (size_t place : places) {
      const std::string digits = std::to_string(place);
      pdf += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    pdf += "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
    put("b.pdf", pdf);
    const auto text = pdf_text(docs() / "b.pdf");
    QVERIFY2(text, text ? "" : describe(text.error()).c_str());
    QVERIFY2(text->find("Seven herons stood by the lock.") != std::string::npos, text->c_str());
    put("c.pdf", "no PDF at all");
    QVERIFY(!pdf_text(docs() / "c.pdf"));
  }
};

QTEST_GUILESS_MAIN(OwnDocumentsTest)
#include "own_documents_test.moc"
