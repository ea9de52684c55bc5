// The first samples of a task on the Benchmarks page, as a chosen model would get them.
#include "ui/pages/benchmarks/first_samples.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QtTest>
#include <fstream>

#include "tests/support/patience.h"
#include "tests/ui/pages/open_workspace.h"

using namespace loom;
using namespace loom::ui;
namespace fs = std::filesystem;

class FirstSamplesTest : public QObject {
  Q_OBJECT

  loom::testing::TemporaryFolder home_;
  std::unique_ptr<loom::testing::OpenWorkspace> workspace_;

  template <typename Widget>
  Widget& part(QWidget& panel, const char* name) {
    return *panel.findChild<Widget*>(QString::fromLatin1(name));
  }
  const BenchmarkDescription& benchmark(const char* id) {
    return *(**workspace_).catalog().benchmark(id);
  }
  void add_model() {
    fs::create_directories(home_.path() / "data/models");
    fs::create_symlink(*loom::testing::default_model(), home_.path() / "data/models/small.gguf");
  }

 private Q_SLOTS:
  void initTestCase() {
    if (!loom::testing::default_model()) QSKIP("skipped: the default model is not there");
    qputenv("LOOMSCOPE_HOME", QByteArray::fromStdString(home_.path().string()));
    qputenv("HF_HUB_CACHE", QByteArray::fromStdString((home_.path() / "hub").string()));
    workspace_ = std::make_unique<loom::testing::OpenWorkspace>();
    QVERIFY(workspace_->is_open());
  }

  void a_model_is_needed() {
    FirstSamples panel(**workspace_);
    panel.show();
    panel.look_for_models();
    panel.show_task(benchmark("niah"), nullptr);
    auto& note = part<QLabel>(panel, "sample_note");
    QTRY_VERIFY(note.text().contains(QStringLiteral("add a model")));
    QVERIFY(!part<QPlainTextEdit>(panel, "sample_prompt").isVisible());
    add_model();
  }

  void shows_samples_one_by_one() {
    FirstSamples panel(**workspace_);
    panel.show();
    panel.look_for_models();
    panel.show_task(benchmark("niah"), nullptr);
    auto& prompt = part<QPlainTextEdit>(panel, "sample_prompt");
    auto& position = part<QLabel>(panel, "sample_position");
    QTRY_VERIFY_WITH_TIMEOUT(prompt.isVisible(), loom::testing::patient(60'000));
    QCOMPARE(part<QComboBox>(panel, "sample_model").currentText(), QStringLiteral("small"));
    QVERIFY(prompt.toPlainText().startsWith(QStringLiteral("<|im_start|>")));
    QVERIFY2(position.text().startsWith(QStringLiteral("1 of the first 5: ")),
             qPrintable(position.text()));
    QVERIFY(position.text().contains(QStringLiteral("tokens")));
    auto& previous = part<QToolButton>(panel, "previous_sample");
    auto& next = part<QToolButton>(panel, "next_sample");
    QVERIFY(!previous.isEnabled());
    const QString first = prompt.toPlainText();
    for (int step = 0; step < 4; ++step) next.click();
    QVERIFY(position.text().startsWith(QStringLiteral("5 of the first 5: ")));
    QVERIFY(!next.isEnabled());
    QVERIFY(prompt.toPlainText() != first);
    previous.click();
    QVERIFY(position.text().startsWith(QStringLiteral("4 of the first 5: ")));
  }

  void files_in_the_hub_cache_are_read() {
    FirstSamples panel(**workspace_);
    panel.show();
    panel.look_for_models();
    panel.show_task(benchmark("clongeval"), benchmark("clongeval").task("long_story_qa_small"));
    auto& note = part<QLabel>(panel, "sample_note");
    QTRY_VERIFY_WITH_TIMEOUT(note.text().startsWith(QStringLiteral("No sample: ")),
                             loom::testing::patient(60'000));
    const auto repo = home_.path() / "hub/datasets--zexuanqiu22--CLongEval";
    const auto snapshot = repo / "snapshots/0123456789abcdef0123456789abcdef01234567";
    const std::string name = "1-1_long_story_qa/small.jsonl";
    fs::create_directories(snapshot / "1-1_long_story_qa");
    fs::create_directories(repo / "refs");
    std::ofstream(repo / "refs/main") << snapshot.filename().string();
    fs::copy_file(loom::testing::data("benchmarks/clongeval/data") / name, snapshot / name);
    panel.show_task(benchmark("clongeval"), benchmark("clongeval").task("long_story_qa_small"));
    QTRY_VERIFY_WITH_TIMEOUT(part<QPlainTextEdit>(panel, "sample_prompt").isVisible(),
                             loom::testing::patient(60'000));
  }
};

QTEST_MAIN(FirstSamplesTest)
#include "first_samples_test.moc"
