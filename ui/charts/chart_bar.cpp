#include "ui/charts/chart_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace loom::ui {

QHBoxLayout* chart_bar(QLabel* title, std::initializer_list<QAction*> actions, QWidget* parent) {
  QFont bold = title->font();
  bold.setBold(true);
  title->setFont(bold);
  auto* bar = new QHBoxLayout;
  bar->setSpacing(4);
  bar->addWidget(title, 1);
  for (QAction* action : actions) {
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(action->text());
    bar->addWidget(button);
  }
  return bar;
}

}  // namespace loom::ui
