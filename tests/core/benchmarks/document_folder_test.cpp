// Folders of documents that are read whole, with what stays out, and PDFs through a program.
#include <QTest>
#include <fstream>
#include <thread>

#include "core/benchmarks/documents.h"
#include "core/benchmarks/pdf_text.h"
#include "tests/core/benchmarks/own_documents.h"

using namespace loom;
using loom::testing::prose;
namespace fs = std::filesystem;

namespace {

// A program in place of pdftotext.
void stand_in(const fs::path& file, const std::string& script) {
  std::ofstream(file) << "#!/bin/sh\n" << script << "\n";
  fs::permissions(file, fs::perms(0755));
  fs::permissions(file.parent_path(), fs::perms(0755));  // root shuts it in as another user
  qputenv("LOOMSCOPE_PDFTOTEXT", file.c_str());
}

}  // namespace

class DocumentFolderTest : public QObject {
  Q_OBJECT

  std::unique_ptr<testing::OwnDocuments> documents_;

  fs::path docs() const { return documents_->docs(); }
  fs::path reader() const { return documents_->beside() / "reader"; }
  void put(const char* name, const std::string& bytes) const { documents_->put(name, bytes); }
  CustomBenchmark benchmark() const { return documents_->benchmark(); }

 private Q_SLOTS:
  void init() { documents_ = std::make_unique<testing::OwnDocuments>(); }

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
    stand_in(reader(), "sleep 600");
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
    stand_in(reader(), "cat >/dev/null; echo 'Text of the PDF file.'");
    auto read = read_documents(docs());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    QCOMPARE(read->files, size_t{2});
    QCOMPARE(read->sentences.back(), std::string("Text of the PDF file."));
    stand_in(reader(), "exit 3");
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
    stand_in(reader(), script.toStdString());
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

QTEST_GUILESS_MAIN(DocumentFolderTest)
#include "document_folder_test.moc"
