// A dialog that opens with the focus in its first field and that Tab goes through as it is read.
#pragma once

#include <QDialog>

namespace loom::ui {

class Dialog : public QDialog {
  Q_OBJECT
 public:
  using QDialog::QDialog;
  void setVisible(bool visible) override;

 protected:
  bool focusNextPrevChild(bool next) override;
};

}  // namespace loom::ui
