// What a benchmark is called, and the capability that it counts for.
#pragma once

#include <QWidget>
#include <string>

class QComboBox;
class QLineEdit;

namespace loom::ui {

class FieldMessage;

class TitleFields : public QWidget {
  Q_OBJECT
 public:
  explicit TitleFields(QWidget* parent = nullptr);
  std::string title() const;
  std::string capability() const;
  void set_title(const QString& title);
  void propose_title(const QString& title);  // unless the user has written one
  void set_capability(const std::string& id);
  void fix_capability(bool fixed);
  FieldMessage* message() const { return message_; }
  void set_busy(bool busy);
  void explain();  // that there is no title

 private:
  QLineEdit* title_;
  QComboBox* capability_;
  FieldMessage* message_;
};

}  // namespace loom::ui
