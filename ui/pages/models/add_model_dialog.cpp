#include "ui/pages/models/add_model_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/shell/field_message.h"
#include "ui/shell/form_labels.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
constexpr int kWidth = 520;
}

AddModelDialog::AddModelDialog(const HubSettings& hub, QWidget* parent) : Dialog(parent) {
  setObjectName(QStringLiteral("add_model_dialog"));
  setWindowTitle(tr("Add model"));
  setMinimumWidth(kWidth);
  auto* buttons = new QDialogButtonBox(this);
  buttons->addButton(QDialogButtonBox::Cancel)->setText(tr("Cancel"));  // Qt may have no words
  fetch_ = buttons->addButton(tr("Fetch"), QDialogButtonBox::AcceptRole);
  fetch_->setObjectName(QStringLiteral("fetch_model"));
  fetch_->setProperty("primary", true);
  auto* folder = buttons->addButton(tr("Add a folder instead"), QDialogButtonBox::ResetRole);
  folder->setObjectName(QStringLiteral("add_model_folder"));
  folder->setIcon(icon(Icon::folder));
  folder->setAutoDefault(false);  // would look like the main action while Fetch cannot be pressed
  folder->setToolTip(tr("Models that are already on this machine are used where they lie"));
  connect(folder, &QPushButton::clicked, this, &AddModelDialog::choose_folder);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->setSpacing(spacing::medium);
  column->addWidget(create_hub(hub));
  column->addWidget(buttons);
  align_form_labels(*this);
  connect(repo_, &QLineEdit::textChanged, this, &AddModelDialog::check);
  check();
}

QWidget* AddModelDialog::create_hub(const HubSettings& hub) {
  auto* part = new QWidget(this);
  repo_ = new QLineEdit(part);
  repo_->setObjectName(QStringLiteral("hub_repo"));
  repo_->setPlaceholderText(tr("ORG/NAME or ORG/NAME@REVISION"));
  file_ = new QLineEdit(part);
  file_->setObjectName(QStringLiteral("hub_file"));
  file_->setPlaceholderText(tr("only where it has several, for example Q4_K_M"));
  problem_ = new FieldMessage(part);
  problem_->setObjectName(QStringLiteral("repo_problem"));
  auto* note = new QLabel(
      hub.offline ? tr("The program works offline: only what was fetched before can be added.")
                  : tr("From %1 into the Hugging Face cache (%2), which other programs share. "
                       "Safetensors come before GGUF; pickle files are never taken.")
                        .arg(QString::fromStdString(hub.endpoint),
                             QString::fromStdString(hub.cache.string())),
      part);
  note->setWordWrap(true);
  auto* form = new QFormLayout(part);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(note);
  form->addRow(tr("&Repository"), repo_);
  form->addRow(QString(), problem_);
  form->addRow(tr("&GGUF file"), file_);
  repo_->setAccessibleName(tr("Repository"));
  file_->setAccessibleName(tr("GGUF file"));
  return part;
}

void AddModelDialog::check() {
  const bool empty = repo_->text().trimmed().isEmpty();
  fetch_->setEnabled(repo().has_value());
  fetch_->setToolTip(fetch_->isEnabled() ? QString() : tr("Name a repository to fetch"));
  problem_->set_message(empty || repo()
                            ? QString()
                            : tr("A repository is written ORG/NAME, as in the address of "
                                 "its page."));
}

std::optional<HubRepo> AddModelDialog::repo() const {
  if (!folder_.isEmpty()) return std::nullopt;
  const std::string typed = repo_->text().trimmed().toStdString();
  const auto parsed =
      typed.empty() ? Result<HubRepo>(Error{}) : parse_hub_repo(typed, HubRepo::model);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

QString AddModelDialog::file() const {
  return file_->text().trimmed();
}

void AddModelDialog::choose_folder() {
  folder_ = QFileDialog::getExistingDirectory(this, tr("Folder with models"));
  if (!folder_.isEmpty()) accept();
}

}  // namespace loom::ui
