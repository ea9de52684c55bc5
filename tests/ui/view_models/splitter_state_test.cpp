#include "ui/view_models/splitter_state.h"

#include <QSettings>
#include <QSplitter>
#include <QStandardPaths>
#include <QtTest>

using namespace loom::ui;

class SplitterStateTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("loomscope-tests"));
    QCoreApplication::setApplicationName(QStringLiteral("splitter_state"));
    QSettings().clear();
  }
  void cleanupTestCase() { QSettings().clear(); }
  void a_moved_bar_stays_where_it_was_put();
};

namespace {

std::unique_ptr<QSplitter> two_parts() {
  auto splitter = std::make_unique<QSplitter>();
  splitter->addWidget(new QWidget);
  splitter->addWidget(new QWidget);
  splitter->resize(600, 100);
  splitter->setSizes({300, 300});
  keep_splitter(*splitter, QStringLiteral("test/bar"));
  splitter->show();
  return splitter;
}

}  // namespace

void SplitterStateTest::a_moved_bar_stays_where_it_was_put() {
  auto first = two_parts();
  const int as_made = first->sizes().front();
  QSplitterHandle* bar = first->handle(1);
  QTest::mousePress(bar, Qt::LeftButton, {}, bar->rect().center());
  QTest::mouseMove(bar, bar->rect().center() - QPoint(120, 0));
  QTest::mouseRelease(bar, Qt::LeftButton, {}, bar->rect().center());
  const int moved = first->sizes().front();
  QVERIFY2(moved < as_made - 50, qPrintable(QString::number(moved)));
  auto second = two_parts();
  QCOMPARE(second->sizes().front(), moved);
}

QTEST_MAIN(SplitterStateTest)
#include "splitter_state_test.moc"
