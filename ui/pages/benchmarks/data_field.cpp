#include "ui/pages/benchmarks/data_field.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/pages/benchmarks/named.h"
#include "ui/shell/field_message.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

namespace loom::ui {

DataField::DataField(QWidget* parent)
    : QWidget(parent),
      line_(named(new QLineEdit(this), "custom_data", tr("Data file or folder"))),
      file_(named(new QPushButton(tr("File…"), this), "pick_file", tr("Choose a file"))),
      folder_(named(new QPushButton(tr("Folder…"), this), "pick_folder", tr("Choose a folder"))),
      message_(new FieldMessage(this)),
      state_(help_line(QString(), this)) {
  message_->setObjectName(QStringLiteral("data_message"));
  state_->setObjectName(QStringLiteral("custom_state"));
  line_->setPlaceholderText(tr("A JSONL, CSV, TSV or Parquet file, or a folder of documents"));
  file_->setIcon(icon(Icon::document));
  folder_->setIcon(icon(Icon::folder));
  for (QPushButton* button : {file_, folder_}) button->setAutoDefault(false);
  auto* label = new QLabel(tr("Da&ta"), this);
  label->setBuddy(line_);
  auto* row = new QHBoxLayout;
  row->setSpacing(spacing::small);
  row->addWidget(label);
  row->addWidget(line_, 1);
  row->addWidget(file_);
  row->addWidget(folder_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::hair);
  column->addLayout(row);
  column->addWidget(message_);
  column->addWidget(state_);
  connect(line_, &QLineEdit::editingFinished, this, &DataField::edited);
  connect(file_, &QPushButton::clicked, this, &DataField::pick_file);
  connect(folder_, &QPushButton::clicked, this, &DataField::pick_folder);
}

std::filesystem::path DataField::path() const {
  return line_->text().trimmed().toStdString();
}

void DataField::set_path(const std::filesystem::path& path) {
  line_->setText(QString::fromStdString(path.string()));
}

void DataField::set_state(const QString& state) {
  state_->setText(state);
}

// What is read to the end is not replaced meanwhile.
void DataField::set_busy(bool busy) {
  for (QWidget* part : std::initializer_list<QWidget*>{line_, file_, folder_})
    part->setEnabled(!busy);
}

void DataField::focus() {
  line_->setFocus();
}

void DataField::pick_file() {
  const QString file = QFileDialog::getOpenFileName(
      this, tr("Data of the benchmark"), QString(),
      tr("Data (*.jsonl *.json *.csv *.tsv *.parquet *.gz *.zip);;All files (*)"));
  if (!file.isEmpty()) Q_EMIT picked(file.toStdString());
}

void DataField::pick_folder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of documents"));
  if (!folder.isEmpty()) Q_EMIT picked(folder.toStdString());
}

}  // namespace loom::ui
