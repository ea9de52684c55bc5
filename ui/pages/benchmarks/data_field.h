// Where the user's data lies, typed or picked; below it what is known of the data, or wrong with
// it.
#pragma once

#include <QWidget>
#include <filesystem>

class QLabel;
class QLineEdit;
class QPushButton;

namespace loom::ui {

class FieldMessage;

class DataField : public QWidget {
  Q_OBJECT
 public:
  explicit DataField(QWidget* parent = nullptr);
  std::filesystem::path path() const;  // as it stands in the field
  void set_path(const std::filesystem::path& path);
  void set_state(const QString& state);
  FieldMessage* message() const { return message_; }
  void set_busy(bool busy);
  void focus();

 Q_SIGNALS:
  void edited();  // the field was left
  void picked(const std::filesystem::path& path);

 private:
  void pick_file();
  void pick_folder();

  QLineEdit* line_;
  QPushButton *file_, *folder_;
  FieldMessage* message_;
  QLabel* state_;
};

}  // namespace loom::ui
