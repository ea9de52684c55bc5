// What is made of a folder of the user's own documents: tasks, lengths, depths.
#pragma once

#include <QWidget>

#include "core/catalog/custom_benchmark.h"

class QCheckBox;
class QLineEdit;
class QSpinBox;

namespace loom::ui {

class FieldMessage;

class DocumentFields : public QWidget {
  Q_OBJECT
 public:
  explicit DocumentFields(QWidget* parent = nullptr);
  void write(CustomBenchmark& benchmark) const;
  bool explain();  // says at the field what is wrong; true when nothing is

 private:
  QLineEdit* add_list(const char* object, const QString& name, const QString& text);

  std::vector<std::pair<const char*, QCheckBox*>> tasks_;
  QLineEdit *lengths_, *depths_;
  QSpinBox* needles_;
  FieldMessage *tasks_message_, *lengths_message_, *depths_message_;
};

}  // namespace loom::ui
