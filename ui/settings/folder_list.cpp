#include "ui/settings/folder_list.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/execution/workspace.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
constexpr int kRowsShown = 4;
}

FolderList::FolderList(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      list_(new QListWidget(this)),
      add_(new QPushButton(tr("Add folder"), this)),
      remove_(new QPushButton(tr("Remove from list"), this)) {
  list_->setObjectName(QStringLiteral("model_folders"));
  list_->setAccessibleName(tr("Folders with models"));
  list_->setFixedHeight(kRowsShown * spacing::row + spacing::small);
  list_->setTextElideMode(Qt::ElideMiddle);
  add_->setObjectName(QStringLiteral("add_model_folder"));
  add_->setAccessibleName(add_->text());
  add_->setIcon(icon(Icon::add));
  remove_->setObjectName(QStringLiteral("remove_model_folder"));
  remove_->setAccessibleName(remove_->text());
  remove_->setToolTip(tr("The folder and its files stay as they are"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(add_);
  buttons->addWidget(remove_);
  buttons->addStretch();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(list_);
  column->addLayout(buttons);
  connect(add_, &QPushButton::clicked, this, &FolderList::add);
  connect(remove_, &QPushButton::clicked, this, &FolderList::remove_current);
  connect(list_, &QListWidget::currentRowChanged, this, &FolderList::show_removable);
  connect(&workspace_, &Workspace::folders_changed, this, &FolderList::show_folders);
  show_folders();
}

void FolderList::show_folders() {
  list_->clear();
  QStringList added = workspace_.added_model_folders();
  for (const auto& folder : workspace_.model_folders()) {
    QString path = QString::fromStdString(folder.string());
    auto* item = new QListWidgetItem(icon(Icon::folder, IconTone::secondary), path, list_);
    item->setData(Qt::UserRole, added.contains(path));
    item->setToolTip(path);
  }
  show_removable();
}

void FolderList::show_removable() {
  remove_->setEnabled(current_is_added());
  remove_->setToolTip(remove_->isEnabled()
                          ? tr("The folder itself stays as it is")
                          : tr("Select a folder that you added; the program's own stay"));
}

bool FolderList::current_is_added() const {
  return list_->currentItem() && list_->currentItem()->data(Qt::UserRole).toBool();
}

void FolderList::add() {
  QString folder = QFileDialog::getExistingDirectory(this, tr("Folder with models"));
  QStringList folders = workspace_.added_model_folders();
  if (!folder.isEmpty() && !folders.contains(folder))
    workspace_.set_added_model_folders(folders << folder);
}

void FolderList::remove_current() {
  if (!current_is_added()) return;
  QStringList folders = workspace_.added_model_folders();
  folders.removeAll(list_->currentItem()->text());
  workspace_.set_added_model_folders(folders);
}

}  // namespace loom::ui
