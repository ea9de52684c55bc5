// Where a benchmark of one's own appears once it was added: on the page and in the wizard.
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>

#include "core/base/file_paths.h"
#include "core/catalog/custom_benchmark.h"
#include "tests/ui/pages/own_data_dialog.h"
#include "ui/pages/benchmarks/benchmarks_page.h"
#include "ui/wizards/evaluation_wizard.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::opens_on;
using loom::testing::OwnData;
using loom::testing::part;
namespace fs = std::filesystem;

class AddBenchmarkPlacesTest : public QObject {
  Q_OBJECT
  std::unique_ptr<OwnData> own_;

  // Does things in the dialog when it is open, as a user would.
  void when_open(const std::function<void(AddBenchmarkDialog&)>& act) {
    QTimer::singleShot(0, this, [this, act] {
      for (QWidget* widget : QApplication::topLevelWidgets())
        if (auto* dialog = qobject_cast<AddBenchmarkDialog*>(widget); dialog && dialog->isVisible())
          return act(*dialog);
      when_open(act);
    });
  }
  static QTreeWidgetItem* selected(QTreeWidget& tree, const QString& title) {
    QTreeWidgetItem* item = tree.currentItem();
    return item && item->text(0) == title ? item : nullptr;
  }

 private Q_SLOTS:
  void init() {
    own_ = std::make_unique<OwnData>();
    QVERIFY(own_->is_open());
  }
  void cleanup() { own_.reset(); }

  void the_page_shows_it_selected_and_takes_it_away_again() {
    BenchmarksPage page(*own_->workspace());
    page.refresh();
    page.resize(1000, 700);
    page.show();
    auto* tree = part<QTreeWidget>(page, "catalogue_tree");
    auto* remove = part<QPushButton>(page, "remove_benchmark");
    QVERIFY(!remove->isEnabled());
    when_open([&](AddBenchmarkDialog& dialog) {
      QVERIFY(opens_on(dialog, own_->ships()));
      QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    });
    QTest::mouseClick(part<QPushButton>(page, "add_benchmark"), Qt::LeftButton);
    QVERIFY(!QApplication::activeModalWidget());  // the window goes on beside it
    QTRY_VERIFY_WITH_TIMEOUT(selected(*tree, QStringLiteral("Old ships")), 20'000);
    QCOMPARE(tree->currentItem()->text(3), QStringLiteral("2"));
    QVERIFY(remove->isEnabled());
    const auto stored = read_custom_benchmark(paths::benchmarks() / "old_ships.json");
    QVERIFY(stored);
    QCOMPARE(stored->samples, size_t{2});
    own_->workspace().keep_pictures(page, QStringLiteral("benchmarks-own"));
    QSignalSpy offered(&page, &Page::undo_offered);
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(tree->findItems(QStringLiteral("Old ships"), Qt::MatchRecursive).isEmpty());
    QCOMPARE(offered.size(), 1);
    offered.front().at(1).value<QAction*>()->trigger();
    QVERIFY(selected(*tree, QStringLiteral("Old ships")));
  }

  void the_wizard_ticks_it_and_keeps_what_was_ticked() {
    EvaluationWizard wizard(*own_->workspace());
    wizard.show();
    auto* tree = part<QTreeWidget>(wizard, "benchmark_tree");
    QTreeWidgetItem* needle =
        tree->findItems(QStringLiteral("Needle in a haystack"), Qt::MatchRecursive).front();
    needle->setCheckState(0, Qt::Checked);
    when_open([&](AddBenchmarkDialog& dialog) {
      QVERIFY(opens_on(dialog, own_->ships()));
      QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    });
    QTest::mouseClick(part<QToolButton>(wizard, "add_benchmark"), Qt::LeftButton);
    QTRY_VERIFY(selected(*tree, QStringLiteral("Old ships")));
    own_->workspace().keep_pictures(wizard, QStringLiteral("wizard-own"));
    const EvaluationPlan plan = wizard.plan();
    QCOMPARE(plan.benchmarks.size(), size_t{2});
    QCOMPARE(plan.benchmarks[0].id, std::string("niah"));
    QCOMPARE(plan.benchmarks[1].id, std::string("old_ships"));
  }
};

QTEST_MAIN(AddBenchmarkPlacesTest)
#include "add_benchmark_places_test.moc"
