#include "core/export/figure_caption.h"

#include <QTest>

#include "tests/core/export/written_run.h"

using namespace loom;
using History = testing::WrittenRun;

class FigureCaptionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_caption_says_what_is_counted_and_by_which_versions() {
    History history;
    DeviceRecord device;
    device.program_version = "1.2.3", device.torch_version = "2.11.0", device.kernel_version = "k9";
    Provenance provenance = *history.queries->provenance(history.run);
    provenance.devices = {device, device};
    provenance.models = {{{"name", "Tiny"}, {"weights_hash", "0123456789abcdef"}}, nullptr};
    RunSummary summary = *history.queries->summary(history.run);
    const std::string words = figure_provenance(summary, provenance);
    for (const std::string& part :
         {"n = " + std::to_string(summary.jobs[0].scored) + " scored samples of 1 task ",
          std::string("Tiny (weights 0123456789ab)"),
          std::string("Rules: official; greedy decoding"),
          std::string("LoomScope 1.2.3, libtorch 2.11.0, kernels k9.")})
      QVERIFY2(words.find(part) != std::string::npos, (part + " in " + words).c_str());
    QCOMPARE(words.find("LoomScope"), words.rfind("LoomScope"));  // two devices, one version
    summary.jobs[0].failed = 2, summary.jobs[0].fewer_than_official = true;
    const std::string with_gaps = figure_provenance(summary, provenance);
    QVERIFY(with_gaps.find("2 failed, left out") != std::string::npos);
    QVERIFY(with_gaps.find("1 task has fewer samples than the official one") != std::string::npos);
  }

  void captions_say_what_is_shown_and_how() {
    History history;
    const RunSummary summary = *history.queries->summary(history.run);
    const std::string radar = figure_caption(radar_model({summary}, RadarAxes::capabilities));
    QVERIFY(radar.starts_with("Mean scores from 0 to 100."));
    QVERIFY(radar.find("Wilson") != std::string::npos);
    LengthCurveModel curve = length_curve_model({summary}, "ruler");
    QVERIFY(figure_caption(curve).find("Tasks of ruler.") != std::string::npos);
    HeatMapModel map;
    map.task = "niah/single", map.label = "Tiny";
    QVERIFY(figure_caption(map).find("Task niah/single, Tiny.") != std::string::npos);
    const std::string times = figure_caption(latency_model({summary}, true, 1));
    QVERIFY2(times.find("1 device × 0:00:13 wall time") != std::string::npos, times.c_str());
    DifferenceModel difference;
    difference.baseline = "first";
    QVERIFY(figure_caption(difference).find("to first in points") != std::string::npos);
    QCOMPARE(caption_file("What.", "From what."), std::string("What.\n\nFrom what.\n"));
    QCOMPARE(caption_file("What.", ""), std::string("What.\n"));
  }
};

QTEST_GUILESS_MAIN(FigureCaptionTest)
#include "figure_caption_test.moc"
