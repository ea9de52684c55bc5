#include "ui/settings/data_folder.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/base/file_paths.h"
#include "ui/execution/workspace.h"
#include "ui/shell/icons.h"

namespace loom::ui {

DataFolder::DataFolder(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      path_(new QLabel(this)),
      choose_(new QPushButton(tr("Choose folder…"), this)),
      own_(new QPushButton(tr("Use the program's own"), this)) {
  path_->setObjectName(QStringLiteral("data_folder"));
  path_->setTextFormat(Qt::PlainText);
  path_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  path_->setWordWrap(true);
  path_->setAccessibleName(tr("Folder with benchmark files"));
  choose_->setObjectName(QStringLiteral("choose_data_folder"));
  choose_->setAccessibleName(tr("Choose the folder with benchmark files"));
  choose_->setIcon(icon(Icon::folder));
  own_->setObjectName(QStringLiteral("own_data_folder"));
  own_->setAccessibleName(own_->text());
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(choose_);
  buttons->addWidget(own_);
  buttons->addStretch();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(path_);
  column->addLayout(buttons);
  connect(choose_, &QPushButton::clicked, this, &DataFolder::choose);
  connect(own_, &QPushButton::clicked, this, [this] { workspace_.set_data_folder({}); });
  connect(&workspace_, &Workspace::folders_changed, this, &DataFolder::show_folder);
  show_folder();
}

void DataFolder::show_folder() {
  const auto folder = workspace_.data_folder();
  path_->setText(QString::fromStdString(folder.string()));
  own_->setEnabled(folder != paths::benchmarks());
  own_->setToolTip(own_->isEnabled() ? tr("Files in the folder chosen before stay as they are")
                                     : tr("It is the program's own now"));
}

void DataFolder::choose() {
  const QString folder =
      QFileDialog::getExistingDirectory(this, tr("Folder with benchmark files"), path_->text());
  if (!folder.isEmpty()) workspace_.set_data_folder(folder);
}

}  // namespace loom::ui
