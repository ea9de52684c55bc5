// The help pages of resources/docs in a window beside the main one: topics at the left, text right.
#pragma once

#include <QWidget>

class QListWidget;
class QTextBrowser;

namespace loom::ui {

class HelpWindow : public QWidget {
  Q_OBJECT
 public:
  explicit HelpWindow(QWidget* parent);
  // A file stem in resources/docs; an unknown one shows the first topic.
  void show_topic(const QString& stem);
  QString shown_topic() const;

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void load(const QString& stem);
  QListWidget* topics_ = nullptr;
  QTextBrowser* text_ = nullptr;
};

}  // namespace loom::ui
