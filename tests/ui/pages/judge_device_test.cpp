// The window's local judge: its engine is asked for on the device that the dialog names.
#include <QComboBox>
#include <QRadioButton>
#include <QSignalSpy>
#include <QtTest>
#include <atomic>

#include "tests/core/judge/judged_samples.h"
#include "tests/ui/pages/open_workspace.h"
#include "ui/execution/evaluation_controller.h"
#include "ui/pages/results/judge_source.h"

using namespace loom;
using namespace loom::ui;

namespace {
constexpr int kWaitMs = 20'000;
}

class JudgeDeviceTest : public QObject {
  Q_OBJECT

  std::unique_ptr<loom::testing::OpenWorkspace> workspace_;
  qint64 run_ = 0;

 private Q_SLOTS:
  void init() {
    workspace_ = std::make_unique<loom::testing::OpenWorkspace>();
    QVERIFY(workspace_->is_open());
    const QByteArray home = QByteArray::fromStdString((workspace_->folder() / "home").string());
    qputenv("LOOMSCOPE_HOME", home);
    qputenv("XDG_CACHE_HOME", home);
    run_ = loom::testing::store_safety_run((*workspace_)->store(), {"good", "good"});
    QVERIFY(run_ > 0);
  }

  void the_local_judge_runs_on_the_chosen_device() {
    JudgeSource source(**workspace_);
    source.findChild<QRadioButton*>(QStringLiteral("judge_local"))->setChecked(true);
    auto* devices = source.findChild<QComboBox*>(QStringLiteral("judge_device"));
    QVERIFY(devices && devices->count() > 0 && !devices->toolTip().isEmpty());
    JudgeChoice choice;
    source.write_to(choice);
    QCOMPARE(choice.device, QStringLiteral("cpu"));
    devices->addItem(QStringLiteral("A card"), QStringLiteral("cuda:3"));
    devices->setCurrentIndex(devices->count() - 1);
    source.write_to(choice);
    QCOMPARE(choice.device, QStringLiteral("cuda:3"));
    // The engine is asked for there.
    std::atomic<bool> asked = false;
    std::string device;
    (*workspace_)
        ->controller()
        .set_server_factory([&](const PlanMethod&,
                                const std::string& where) -> Result<std::unique_ptr<ModelServer>> {
          device = where;
          asked = true;
          return Error{ErrorKind::unsupported, "no engine in this test", "", ""};
        });
    choice.model_path = QStringLiteral("judge.gguf");
    QSignalSpy ended(&(*workspace_)->judgings(), &Judgings::ended);
    (*workspace_)->judgings().begin(run_, QStringLiteral("run"), choice);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kWaitMs);
    QVERIFY(asked);
    QCOMPARE(device, std::string("cuda:3"));
  }
};

QTEST_MAIN(JudgeDeviceTest)
#include "judge_device_test.moc"
