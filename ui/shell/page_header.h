// The top of every page: back, title, search field, export and the page's one primary action. What
// the page does not have is not shown.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace loom::ui {

class Page;

class PageHeader : public QWidget {
  Q_OBJECT
 public:
  explicit PageHeader(QWidget* parent = nullptr);
  void show_page(Page& page, bool can_go_back);
  void focus_search();

 Q_SIGNALS:
  void back_requested();

 private:
  void follow(QPushButton& button, QAction* action, const QString& shortcut);

  QToolButton* back_ = nullptr;
  QLabel* title_ = nullptr;
  QLineEdit* search_ = nullptr;
  QPushButton *export_ = nullptr, *primary_ = nullptr;
  Page* page_ = nullptr;
};

}  // namespace loom::ui
