// Which column of the user's file plays which part.
#pragma once

#include <QWidget>

#include "core/catalog/custom_benchmark.h"

class QComboBox;
class QLineEdit;

namespace loom::ui {

class ColumnsButton;
class FieldMessage;

class ColumnFields : public QWidget {
  Q_OBJECT
 public:
  explicit ColumnFields(QWidget* parent = nullptr);
  // Parts whose usual names are among the columns are chosen at once.
  void set_columns(const std::vector<std::string>& columns);
  CustomColumns columns() const;
  FieldMessage* answers_message() const { return answers_message_; }
  FieldMessage* question_message() const { return question_message_; }
  FieldMessage* choices_message() const { return choices_message_; }
  void focus_answers();

 Q_SIGNALS:
  void changed();

 private:
  QComboBox* add_column(const QString& name, const char* object);
  QLineEdit* add_separator(const QString& name, const char* object);

  QComboBox *question_, *context_, *answers_, *id_;
  ColumnsButton* choices_;
  QLineEdit *answer_separator_, *choice_separator_;
  FieldMessage *question_message_, *answers_message_, *choices_message_;
};

}  // namespace loom::ui
