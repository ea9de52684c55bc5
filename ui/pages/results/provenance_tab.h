// Where the numbers come from: plan, versions, hashes, device, and what happened during the run.
#pragma once

#include <QWidget>

#include "ui/pages/results/run_results.h"

class QPlainTextEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace loom::ui {

class ProvenanceTab : public QWidget {
  Q_OBJECT
 public:
  explicit ProvenanceTab(QWidget* parent = nullptr);
  void set_results(const RunResults& results);

 private:
  QWidget* create_plan();
  QTreeWidgetItem* add_section(const QString& title);
  void add_run(const RunResults& results);
  void add_models(const Provenance& provenance);
  void add_devices(const Provenance& provenance);
  void add_events(const Provenance& provenance);

  QTreeWidget* facts_ = nullptr;
  QPlainTextEdit* plan_ = nullptr;
};

}  // namespace loom::ui
