#include "ui/pages/benchmarks/prompt_editor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/shell/field_message.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {

constexpr qsizetype kPromptHead = 3000, kTail = 1500;  // characters of a long prompt that are shown

QString shortened(const std::string& utf8) {
  const QString whole = QString::fromStdString(utf8);
  if (whole.size() <= kPromptHead + kTail) return whole;
  return whole.left(kPromptHead) + QStringLiteral("\n\n[…]\n\n") + whole.right(kTail);
}

QPlainTextEdit* text_box(const char* object, const QString& name, QWidget* parent) {
  auto* box = new QPlainTextEdit(parent);
  box->setObjectName(QLatin1String(object));
  box->setAccessibleName(name);
  box->setTabChangesFocus(true);
  box->setFont(fixed_font());
  return box;
}

}  // namespace

PromptEditor::PromptEditor(QWidget* parent)
    : QWidget(parent),
      prompt_(text_box("prompt_template", tr("Prompt template"), this)),
      preview_(text_box("prompt_preview", tr("Prompt of the first record"), this)),
      more_(new QToolButton(this)),
      expected_(new QLabel(this)),
      message_(new FieldMessage(this)),
      preview_message_(new FieldMessage(this)) {
  preview_->setReadOnly(true);
  preview_->setPlaceholderText(tr("Choose a file to see its first record here."));
  expected_->setObjectName(QStringLiteral("expected_answer"));
  expected_->setWordWrap(true);
  expected_->setTextFormat(Qt::PlainText);
  message_->setObjectName(QStringLiteral("prompt_message"));
  preview_message_->setObjectName(QStringLiteral("preview_message"));
  auto* gaps = new QHBoxLayout;
  gaps->setSpacing(spacing::hair);
  create_gaps(*gaps);
  auto* prompt_label = new QLabel(tr("&Prompt"), this);
  prompt_label->setBuddy(prompt_);
  auto* preview_label = new QLabel(tr("Prompt of the &first record"), this);
  preview_label->setBuddy(preview_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::hair);
  column->addWidget(prompt_label);
  column->addLayout(gaps);
  column->addWidget(prompt_, 2);
  column->addWidget(message_);
  column->addSpacing(spacing::small);
  column->addWidget(preview_label);
  column->addWidget(preview_, 3);
  column->addWidget(preview_message_);
  column->addWidget(expected_);
  connect(prompt_, &QPlainTextEdit::textChanged, this, &PromptEditor::changed);
}

void PromptEditor::create_gaps(QHBoxLayout& row) {
  for (const auto& [gap, words] : {std::pair("context", tr("Insert the document")),
                                   std::pair("question", tr("Insert the question")),
                                   std::pair("choices", tr("Insert the choices"))}) {
    const QString name = QLatin1String(gap);
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1String("insert_") + name);
    button->setText(QLatin1Char('{') + name + QLatin1Char('}'));
    button->setAccessibleName(words);
    button->setToolTip(words);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, name] { insert(name); });
    row.addWidget(button);
  }
  more_->setObjectName(QStringLiteral("insert_column"));
  more_->setText(tr("Column"));
  more_->setAccessibleName(tr("Insert a column"));
  more_->setToolTip(tr("Insert any column of the file"));
  more_->setFocusPolicy(Qt::StrongFocus);
  more_->setPopupMode(QToolButton::InstantPopup);
  more_->setMenu(new QMenu(more_));
  more_->setEnabled(false);
  row.addWidget(more_);
  row.addStretch();
}

void PromptEditor::insert(const QString& gap) {
  prompt_->insertPlainText(QLatin1Char('{') + gap + QLatin1Char('}'));
  prompt_->setFocus(Qt::OtherFocusReason);
}

void PromptEditor::set_columns(const std::vector<std::string>& columns) {
  more_->menu()->clear();
  for (const std::string& column : columns) {
    const QString name = QString::fromStdString(column);
    QString shown = name;
    QAction* action =
        more_->menu()->addAction(shown.replace(QLatin1Char('&'), QLatin1String("&&")));
    connect(action, &QAction::triggered, this, [this, name] { insert(name); });
  }
  more_->setEnabled(!columns.empty());
}

void PromptEditor::propose(const std::string& prompt) {
  if (prompt_->toPlainText() != proposed_) return;
  proposed_ = QString::fromStdString(prompt);
  if (prompt_->toPlainText() != proposed_) prompt_->setPlainText(proposed_);
}

std::string PromptEditor::prompt() const {
  return prompt_->toPlainText().toStdString();
}

void PromptEditor::show_preview(const CustomBenchmark& benchmark, const DataHead& head,
                                const std::filesystem::path& file) {
  if (head.rows.empty()) return clear_preview();
  const RecordPlace place{file.filename().string(), 0, 1, ""};
  const auto record = custom_record(benchmark, wording_of(benchmark), head.rows.front(), place);
  preview_message_->set_message(record ? QString()
                                       : QString::fromStdString(describe(record.error())));
  if (!record) {
    preview_->clear();
    return expected_->clear();
  }
  const std::string system = record->system.empty() ? "" : record->system + "\n\n";
  preview_->setPlainText(shortened(system + record->prompt + record->answer_prefix));
  QStringList answers;
  for (const std::string& reference : record->references)
    answers << QString::fromStdString(reference).left(300);
  expected_->setText(answers.isEmpty()
                         ? tr("No answer is expected.")
                         : tr("Expected answer: %1").arg(answers.join(QStringLiteral(" | "))));
}

void PromptEditor::clear_preview() {
  preview_->clear();
  expected_->clear();
  preview_message_->set_message({});
}

void PromptEditor::focus_prompt() {
  prompt_->setFocus(Qt::OtherFocusReason);
}

}  // namespace loom::ui
