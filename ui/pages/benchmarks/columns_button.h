// A button with a menu of columns of which several can be ticked; it shows which are.
#pragma once

#include <QToolButton>
#include <string>
#include <vector>

namespace loom::ui {

class ColumnsButton : public QToolButton {
  Q_OBJECT
 public:
  explicit ColumnsButton(QWidget* parent = nullptr);
  void set_columns(const std::vector<std::string>& columns);  // none is ticked
  void choose(const std::vector<std::string>& columns);
  std::vector<std::string> chosen() const;

 Q_SIGNALS:
  void changed();

 private:
  void show_chosen();
};

}  // namespace loom::ui
