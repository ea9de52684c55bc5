// The form of the export dialog, apart from what it does.
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/charts/figure_export_dialog.h"
#include "ui/charts/figure_view.h"
#include "ui/shell/field_message.h"
#include "ui/shell/form_labels.h"

namespace loom::ui {
namespace {

QDoubleSpinBox* spin_box(QWidget* parent, double low, double high, double step,
                         const QString& unit) {
  auto box = new QDoubleSpinBox(parent);
  box->setRange(low, high);
  box->setDecimals(1);
  box->setSingleStep(step);
  box->setSuffix(u' ' + unit);
  return box;
}

void add_fonts(QComboBox& box) {
  for (const QString& family : QFontDatabase::families())
    if (QFontDatabase::isSmoothlyScalable(family) && !QFontDatabase::isPrivateFamily(family))
      box.addItem(family);
  int usual = box.findText(QStringLiteral("DejaVu Sans"));
  box.setCurrentIndex(std::max(0, usual));
}

}  // namespace

void FigureExportDialog::create_form() {
  width_ = new QComboBox(this);
  width_->addItem(tr("Column (84 mm)"), 84.0);
  width_->addItem(tr("Page (174 mm)"), 174.0);
  width_->addItem(tr("Own width"), 0.0);
  own_width_ = spin_box(this, 20, 2000, 1, tr("mm"));
  own_width_->setValue(120);
  height_ = spin_box(this, 20, 2000, 1, tr("mm"));
  font_ = new QComboBox(this);
  add_fonts(*font_);
  font_size_ = spin_box(this, 7, 9, 0.5, tr("pt"));  // of printed figures
  font_size_->setObjectName(QStringLiteral("figure_font_size"));
  font_size_->setValue(8);
  format_ = new QComboBox(this);
  format_->addItem(tr("PDF"), QStringLiteral("pdf"));
  format_->addItem(tr("SVG"), QStringLiteral("svg"));
  format_->addItem(tr("PNG"), QStringLiteral("png"));
  if (source_.pgfplots) format_->addItem(tr("LaTeX (pgfplots)"), QStringLiteral("tex"));
  dpi_ = new QComboBox(this);
  for (int dpi : {300, 600}) dpi_->addItem(tr("%1 dpi").arg(dpi), dpi);

  auto form = new QFormLayout;
  form->setHorizontalSpacing(12);
  form->setVerticalSpacing(8);
  form->addRow(tr("&Width"), width_);
  form->addRow(tr("&Own width"), own_width_);
  form->addRow(tr("&Height"), height_);
  form->addRow(tr("&Font"), font_);
  form->addRow(tr("Font &size"), font_size_);
  form->addRow(tr("F&ormat"), format_);
  form->addRow(tr("&Resolution"), dpi_);
  create_file_rows(*form);

  preview_ = new FigureView(this);
  size_ = new QLabel(this);
  size_->setAlignment(Qt::AlignCenter);
  auto right = new QVBoxLayout;
  right->addWidget(preview_, 1);
  right->addWidget(size_);
  auto columns = new QHBoxLayout;
  columns->setSpacing(16);
  columns->addLayout(form);
  columns->addLayout(right, 1);
  auto layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 16, 16, 16);
  layout->addLayout(columns, 1);
  message_ = new FieldMessage(this);
  message_->setObjectName(QStringLiteral("figure_message"));
  layout->addWidget(message_);
  auto buttons = new QDialogButtonBox(this);
  buttons->addButton(QDialogButtonBox::Cancel)->setText(tr("Cancel"));  // Qt may have no words
  write_ = buttons->addButton(tr("Write files"), QDialogButtonBox::AcceptRole);
  write_->setDefault(true);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &FigureExportDialog::write);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  align_form_labels(*this);
}

void FigureExportDialog::create_file_rows(QFormLayout& form) {
  name_ = new QLineEdit(source_.file_stem, this);
  name_->setObjectName(QStringLiteral("figure_name"));
  folder_ = new QLineEdit(this);
  folder_->setObjectName(QStringLiteral("figure_folder"));
  auto button = new QPushButton(tr("&Browse…"), this);
  connect(button, &QPushButton::clicked, this, &FigureExportDialog::browse);
  auto row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(folder_, 1);
  row->addWidget(button);
  auto label = new QLabel(tr("Fol&der"), this);
  label->setBuddy(folder_);
  folder_message_ = new FieldMessage(this);
  folder_message_->setObjectName(QStringLiteral("figure_folder_message"));
  name_message_ = new FieldMessage(this);
  name_message_->setObjectName(QStringLiteral("figure_name_message"));
  form.addRow(label, row);
  form.addRow(QString(), folder_message_);
  form.addRow(tr("&Name"), name_);
  form.addRow(QString(), name_message_);
  auto files = new QLabel(tr("Writes the figure, its data (.csv) and a caption (.txt)."), this);
  files->setWordWrap(true);
  form.addRow(QString(), files);
}

}  // namespace loom::ui
