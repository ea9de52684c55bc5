// The evaluation wizard on a home folder that goes with the test, the default model beside it.
#pragma once

#include <QListView>
#include <QTreeWidget>

#include "tests/support/test_folders.h"
#include "tests/ui/named_widgets.h"
#include "ui/execution/workspace.h"
#include "ui/wizards/evaluation_wizard.h"
#include "ui/wizards/models_step.h"

namespace loom::testing {

class OpenWizard : public QObject, protected NamedWidgets {
 protected:
  QWidget& acted_on() override { return *wizard_; }
  void open() {
    home_ = std::make_unique<TemporaryFolder>();
    qputenv("LOOMSCOPE_HOME", home_->path().c_str());
    qputenv("HF_HOME", home_->path().c_str());
    auto opened = ui::Workspace::open(home_->path() / "history.sqlite");
    QVERIFY(opened.has_value());
    workspace_ = std::move(*opened);
    wizard_ = std::make_unique<ui::EvaluationWizard>(*workspace_);
    dynamic_cast<ui::ModelsStep&>(wizard_->step(1)).add_model(*default_model());
    wizard_->show();
    QVERIFY(QTest::qWaitForWindowExposed(wizard_.get()));
  }
  void close() {
    wizard_.reset();
    workspace_.reset();
  }

  QTreeWidgetItem* task(const QString& title) {
    auto items =
        find<QTreeWidget>("benchmark_tree").findItems(title, Qt::MatchExactly | Qt::MatchRecursive);
    return items.isEmpty() ? nullptr : items.first();
  }
  void tick(const QString& task_title) {
    auto& tree = find<QTreeWidget>("benchmark_tree");
    QTreeWidgetItem* item = task(task_title);
    QVERIFY(item);
    tree.setCurrentItem(item);
    QTest::keyClick(&tree, Qt::Key_Space);
  }
  // Waits for the default model, the only one, and that it is ticked.
  void tick_model() {
    auto& list = find<QListView>("model_list");
    QTRY_VERIFY_WITH_TIMEOUT(list.model()->rowCount() == 1, 20000);
    QTRY_COMPARE(list.model()->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
  }

  std::unique_ptr<TemporaryFolder> home_;
  std::unique_ptr<ui::Workspace> workspace_;
  std::unique_ptr<ui::EvaluationWizard> wizard_;
};

}  // namespace loom::testing
