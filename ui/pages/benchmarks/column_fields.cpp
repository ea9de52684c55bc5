#include "ui/pages/benchmarks/column_fields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <algorithm>

#include "ui/pages/benchmarks/columns_button.h"
#include "ui/shell/field_message.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {

constexpr int kSeparatorWidth = 96;

// Names that files of the field give these parts.
const QStringList kQuestion = {QStringLiteral("question"), QStringLiteral("query"),
                               QStringLiteral("input"), QStringLiteral("instruction"),
                               QStringLiteral("prompt")};
const QStringList kContext = {QStringLiteral("context"), QStringLiteral("document"),
                              QStringLiteral("passage"), QStringLiteral("article"),
                              QStringLiteral("text")};
const QStringList kAnswers = {QStringLiteral("answers"),   QStringLiteral("answer"),
                              QStringLiteral("reference"), QStringLiteral("target"),
                              QStringLiteral("output"),    QStringLiteral("label")};
const QStringList kChoices = {QStringLiteral("choices"), QStringLiteral("options")};
const QStringList kId = {QStringLiteral("id"), QStringLiteral("_id"), QStringLiteral("qid")};

QString usual_name(const std::vector<std::string>& columns, const QStringList& names) {
  for (const QString& name : names)
    for (const std::string& column : columns)
      if (QString::fromStdString(column).compare(name, Qt::CaseInsensitive) == 0)
        return QString::fromStdString(column);
  return {};
}

std::string chosen(const QComboBox& box) {
  return box.currentData().toString().toStdString();
}

void fill(QComboBox& box, const std::vector<std::string>& columns, const QStringList& names) {
  const QSignalBlocker quiet(&box);
  box.clear();
  box.addItem(ColumnFields::tr("None"), QString());
  for (const std::string& column : columns)
    box.addItem(QString::fromStdString(column), QString::fromStdString(column));
  box.setCurrentIndex(std::max(0, box.findData(usual_name(columns, names))));
  box.setEnabled(!columns.empty());
  box.setToolTip(columns.empty() ? ColumnFields::tr("Choose a file to see its columns")
                                 : QString());
}

void add_pair(QFormLayout& form, const QString& label, QWidget* field, QWidget* beside) {
  auto* row = new QHBoxLayout;
  row->setSpacing(spacing::small);
  row->addWidget(field, 1);
  row->addWidget(beside);
  auto* words = new QLabel(label);
  words->setBuddy(field);
  form.addRow(words, row);
}

}  // namespace

ColumnFields::ColumnFields(QWidget* parent)
    : QWidget(parent),
      choices_(new ColumnsButton(this)),
      question_message_(new FieldMessage(this)),
      answers_message_(new FieldMessage(this)),
      choices_message_(new FieldMessage(this)) {
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  question_ = add_column(tr("Question"), "question_column");
  form->addRow(tr("&Question"), question_);
  form->addRow(question_message_);
  context_ = add_column(tr("Document"), "context_column");
  form->addRow(tr("&Document"), context_);
  answers_ = add_column(tr("Answers"), "answers_column");
  answer_separator_ = add_separator(tr("Separator of the answers"), "answer_separator");
  add_pair(*form, tr("&Answers"), answers_, answer_separator_);
  form->addRow(answers_message_);
  choice_separator_ = add_separator(tr("Separator of the choices"), "choice_separator");
  choices_->setObjectName(QStringLiteral("choices_columns"));
  choices_->setAccessibleName(tr("Choices"));
  add_pair(*form, tr("C&hoices"), choices_, choice_separator_);
  form->addRow(choices_message_);
  id_ = add_column(tr("Id"), "id_column");
  form->addRow(tr("&Id"), id_);
  connect(choices_, &ColumnsButton::changed, this, &ColumnFields::changed);
  set_columns({});
}

QComboBox* ColumnFields::add_column(const QString& name, const char* object) {
  auto* box = new QComboBox(this);
  box->setObjectName(QLatin1String(object));
  box->setAccessibleName(name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(10);
  connect(box, &QComboBox::currentIndexChanged, this, &ColumnFields::changed);
  return box;
}

QLineEdit* ColumnFields::add_separator(const QString& name, const char* object) {
  auto* line = new QLineEdit(this);
  line->setObjectName(QLatin1String(object));
  line->setAccessibleName(name);
  line->setPlaceholderText(tr("separator"));
  line->setToolTip(tr("What stands between several of them in one cell; a JSON list needs none"));
  line->setFixedWidth(kSeparatorWidth);
  connect(line, &QLineEdit::textChanged, this, &ColumnFields::changed);
  return line;
}

void ColumnFields::set_columns(const std::vector<std::string>& columns) {
  {
    const QSignalBlocker quiet(choices_);
    fill(*question_, columns, kQuestion);
    fill(*context_, columns, kContext);
    fill(*answers_, columns, kAnswers);
    fill(*id_, columns, kId);
    choices_->set_columns(columns);
    const QString options = usual_name(columns, kChoices);
    std::vector<std::string> lettered;
    for (const char* letter : {"A", "B", "C", "D"})
      if (std::find(columns.begin(), columns.end(), letter) != columns.end())
        lettered.emplace_back(letter);
    if (!options.isEmpty())
      choices_->choose({options.toStdString()});
    else if (lettered.size() == 4)
      choices_->choose(lettered);
  }
  Q_EMIT changed();
}

CustomColumns ColumnFields::columns() const {
  CustomColumns columns;
  columns.id = chosen(*id_);
  columns.question = chosen(*question_);
  columns.context = chosen(*context_);
  if (const std::string answers = chosen(*answers_); !answers.empty()) columns.answers = {answers};
  columns.choices = choices_->chosen();
  columns.answer_separator = answer_separator_->text().toStdString();
  columns.choice_separator = choice_separator_->text().toStdString();
  return columns;
}

void ColumnFields::focus_answers() {
  answers_->setFocus(Qt::OtherFocusReason);
}

}  // namespace loom::ui
