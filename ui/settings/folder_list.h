// The folders that are searched for models: the program's own stand fixed, added ones can go.
#pragma once

#include <QWidget>

class QListWidget;
class QPushButton;

namespace loom::ui {

class Workspace;

class FolderList : public QWidget {
  Q_OBJECT
 public:
  explicit FolderList(Workspace& workspace, QWidget* parent = nullptr);

 private:
  void show_folders();
  void add();
  void remove_current();
  void show_removable();
  bool current_is_added() const;

  Workspace& workspace_;
  QListWidget* list_ = nullptr;
  QPushButton *add_ = nullptr, *remove_ = nullptr;
};

}  // namespace loom::ui
