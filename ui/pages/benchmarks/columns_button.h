// A button with a menu of columns of which several can be ticked; it shows which are and looks as
// the fields beside it, of which one column is chosen.
#pragma once

#include <QToolButton>
#include <string>
#include <vector>

class QStyleOptionComboBox;

namespace loom::ui {

class ColumnsButton : public QToolButton {
  Q_OBJECT
 public:
  explicit ColumnsButton(QWidget* parent = nullptr);
  void set_columns(const std::vector<std::string>& columns);  // none is ticked
  void choose(const std::vector<std::string>& columns);
  std::vector<std::string> chosen() const;
  QSize sizeHint() const override;

 Q_SIGNALS:
  void changed();

 private:
  void paintEvent(QPaintEvent* event) override;
  void show_chosen();
  QStyleOptionComboBox as_combo_box() const;

  QString label_;
};

}  // namespace loom::ui
