#include "ui/wizards/prompt_pack_field.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/evaluation/prompt_pack.h"
#include "core/execution/pack_wording.h"
#include "ui/shell/field_message.h"
#include "ui/view_models/format.h"

namespace loom::ui {

PromptPackField::PromptPackField(QStringList benchmarks, QWidget* parent)
    : QWidget(parent),
      benchmarks_(std::move(benchmarks)),
      name_(new QLabel(this)),
      remove_(new QPushButton(tr("Remove"), this)),
      message_(new FieldMessage(this)) {
  name_->setObjectName(QStringLiteral("prompt_pack"));
  name_->setWordWrap(true);
  remove_->setObjectName(QStringLiteral("remove_prompt_pack"));
  message_->setObjectName(QStringLiteral("prompt_pack_message"));
  auto* import = new QPushButton(tr("Import…"), this);
  import->setObjectName(QStringLiteral("import_prompt_pack"));
  import->setAccessibleName(tr("Import prompts"));
  remove_->setAccessibleName(tr("Remove the imported prompts"));
  connect(import, &QPushButton::clicked, this, &PromptPackField::pick);
  connect(remove_, &QPushButton::clicked, this, [this] {
    set_pack(nullptr);
    Q_EMIT changed();
  });
  auto* row = new QHBoxLayout;
  row->addWidget(name_, 1);
  row->addWidget(remove_);
  row->addWidget(import);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 8, 0, 0);  // as far from the field above as those from each other
  column->setSpacing(4);
  column->addWidget(new QLabel(tr("Prompts"), this));
  column->addLayout(row);
  column->addWidget(message_);
  column->addWidget(
      help_line(tr("A prompt pack, or prompts as other programs keep them in JSON, YAML or Python; "
                   "nothing is executed. The plan keeps a copy, and every score names it."),
                this));
  set_pack(nullptr);
}

void PromptPackField::set_pack(const nlohmann::json& pack) {
  pack_ = pack;
  remove_->setVisible(!pack.is_null());
  name_->setText(pack.is_null() ? tr("The official ones where they lie with the data, else ours")
                                : text(pack.value("prompt_pack", "")));
  message_->set_message({});
}

void PromptPackField::import(const QString& file, const QString& benchmark) {
  auto pack = read_prompt_pack(file.toStdString(), benchmark.toStdString());
  if (!pack) return message_->set_message(text(describe(pack.error())));
  if (Status checked = check_pack_fields(*pack, file.toStdString()); !checked)
    return message_->set_message(text(describe(checked.error())));
  set_pack(*pack);
  Q_EMIT changed();
}

void PromptPackField::pick() {
  const QString file = QFileDialog::getOpenFileName(this, tr("Import prompts"), {},
                                                    tr("Prompts (*.json *.yaml *.yml *.py)"));
  if (file.isEmpty()) return;
  auto foreign = needs_benchmark(file.toStdString());
  if (!foreign) return message_->set_message(text(describe(foreign.error())));
  QString benchmark;
  if (*foreign) {
    bool chosen = false;
    benchmark = QInputDialog::getItem(this, tr("Import prompts"),
                                      tr("The file does not say which benchmark asks like this:"),
                                      benchmarks_, 0, false, &chosen);
    if (!chosen) return;
  }
  import(file, benchmark);
}

}  // namespace loom::ui
