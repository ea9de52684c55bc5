// What stands above a chart or table of times: its title and its actions as buttons.
#pragma once

#include <initializer_list>

class QAction;
class QHBoxLayout;
class QLabel;
class QWidget;

namespace loom::ui {

// Makes the label bold. The caller adds the layout to its own.
QHBoxLayout* chart_bar(QLabel* title, std::initializer_list<QAction*> actions, QWidget* parent);

}  // namespace loom::ui
