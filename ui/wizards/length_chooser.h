// Lengths as chips to switch on and off, and a field for lengths of one's own.
#pragma once

#include <QWidget>
#include <vector>

class QGridLayout;
class QLineEdit;
class QToolButton;

namespace loom::ui {

class FieldMessage;

class LengthChooser : public QWidget {
  Q_OBJECT
 public:
  explicit LengthChooser(QWidget* parent = nullptr);
  // Offered lengths become chips; chosen ones that are not offered stand in the field.
  // Lengths below `shortest` cannot be entered.
  void show_lengths(const std::vector<size_t>& offered, const std::vector<size_t>& chosen,
                    size_t shortest);
  std::vector<size_t> chosen() const;  // ascending, each once
  // The further lengths as they were typed.
  QString input() const;
  void set_input(const QString& input);
  QString problem() const;  // empty: the input is good
  void focus_problem();
  void focus_input();

 Q_SIGNALS:
  void changed();

 private:
  void edited();

  QGridLayout* chip_grid_;
  std::vector<QToolButton*> chips_;
  std::vector<size_t> offered_;
  size_t shortest_ = 0;
  QLineEdit* own_;
  FieldMessage* message_;
};

}  // namespace loom::ui
