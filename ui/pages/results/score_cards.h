// Score cards: one per capability, with each model's score, its interval and what to be careful
// about. They wrap with the width.
#pragma once

#include <QWidget>

#include "core/evaluation/run_summary.h"

class QGridLayout;

namespace loom::ui {

class ScoreCards : public QWidget {
  Q_OBJECT
 public:
  explicit ScoreCards(QWidget* parent = nullptr);
  void set_summary(const RunSummary& summary);

 Q_SIGNALS:
  void activated(size_t column, const QString& capability);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* make_card(const RunSummary& summary, const std::string& capability);
  QWidget* make_line(const RunSummary& summary, size_t column, const GroupScore& group);
  void arrange();

  QGridLayout* grid_ = nullptr;
  QList<QWidget*> cards_;
  int per_row_ = 0;
};

}  // namespace loom::ui
