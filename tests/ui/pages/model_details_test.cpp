// The Models page's panel shows the core's own figures, and completes them by what an engine reads.
#include "ui/pages/models/model_details.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/test_folders.h"
#include "ui/execution/model_reader.h"
#include "ui/shell/quantity_text.h"

using namespace loom;
using namespace loom::ui;

class ModelDetailsTest : public QObject {
  Q_OBJECT

  static LocalModel golden(const char* name) {
    auto model = inspect_model(testing::source_folder() / "tests/golden/architectures" / name);
    if (!model) qWarning("%s", describe(model.error()).c_str());
    return model.value_or(LocalModel());
  }
  static QStringList texts(const QWidget& widget) {
    QStringList all;
    for (const QLabel* label : widget.findChildren<QLabel*>())
      if (label->isVisibleTo(&widget)) all << label->text();
    return all;
  }

 private Q_SLOTS:
  void parts_are_those_of_the_core() {
    LocalModel model = golden("llama_awq");
    QCOMPARE(model.weight_type.c_str(), "AWQ 4-bit");
    model.supported = true;  // the golden has no tokenizer
    ModelFit fit;
    fit.longest_tokens = 600;
    ModelDetails details;
    details.show_model(model, fit);
    ModelReport report;
    report.model = model;
    const QStringList shown = texts(details);
    for (const MemoryPart& part : memory_parts(report, 600))
      QVERIFY2(shown.contains(bytes_text(part.bytes)), qPrintable(bytes_text(part.bytes)));
    QVERIFY(!shown.filter(tokens_text(600)).isEmpty());
    QVERIFY(!shown.filter(bytes_text(model.weights.types.front().held_bytes)).isEmpty());
  }

  void a_report_completes_the_model_that_is_shown() {
    LocalModel model = golden("mamba");
    model.supported = true;
    ModelDetails details;
    details.show_model(model, {});
    auto* notes = details.findChild<QLabel*>(QStringLiteral("model_notes"));
    QVERIFY(notes && !notes->isVisibleTo(&details));
    ModelReport report;
    report.model = model;
    report.notes = {"a note of the model"};
    report.state_bytes = 123456789;
    ModelReport other = report;
    other.model.path = "/elsewhere";
    details.show_report(other);
    QVERIFY(!notes->isVisibleTo(&details));
    details.show_report(report);
    QCOMPARE(notes->text(), QStringLiteral("a note of the model"));
    QVERIFY(texts(details).contains(bytes_text(123456789)));
    details.show_model(model, {});
    QVERIFY(!notes->isVisibleTo(&details));
  }

  void the_newest_is_read() {
    qputenv("LOOMSCOPE_ENGINE", LOOM_ENGINE);
    ModelReader reader;
    QSignalSpy finished(&reader, &ModelReader::finished);
    std::vector<ModelReport> reports;
    connect(&reader, &ModelReader::finished, this,
            [&reports](const ModelReport& report) { reports.push_back(report); });
    const LocalModel first = golden("qwen2"), second = golden("gemma2");
    reader.read(first);
    reader.read(second);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60000);
    QCOMPARE(reports[0].model.path, second.path);
    QVERIFY2(reports[0].settings.is_object(), reports[0].settings.dump().c_str());
    QCOMPARE(layer_windows(reports[0]), (std::vector<size_t>{0, 96}));
    reader.read(second);  // known
    QCOMPARE(finished.count(), 2);
  }
};

QTEST_MAIN(ModelDetailsTest)
#include "model_details_test.moc"
