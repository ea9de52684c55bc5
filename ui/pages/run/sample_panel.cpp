#include "ui/pages/run/sample_panel.h"

#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/pages/run/prompt_window.h"
#include "ui/shell/theme.h"
#include "ui/shell/theme_colors.h"
#include "ui/view_models/format.h"
#include "ui/view_models/splitter_state.h"

namespace loom::ui {
namespace {

QPlainTextEdit* reader(const QString& name, const QString& accessible, QWidget* parent) {
  auto* edit = new QPlainTextEdit(parent);
  edit->setObjectName(name);
  edit->setAccessibleName(accessible);
  edit->setReadOnly(true);
  edit->setTabChangesFocus(true);
  edit->setFont(fixed_font());
  return edit;
}

QString title_of(const SampleNews& news, const QString& job_name) {
  QString title = SamplePanel::tr("%1 · sample %L2").arg(job_name).arg(news.sample.index + 1);
  if (news.sample.prompt.truncation.cut) title += SamplePanel::tr(" · truncated");
  return title;
}

QString result_of(const Sample& sample) {
  if (sample.error) return SamplePanel::tr("Failed: %1").arg(text(describe(*sample.error)));
  QStringList parts;
  if (sample.score && sample.score->value)
    parts << SamplePanel::tr("Score %1").arg(format_score(*sample.score->value * 100));
  if (sample.score && !sample.score->value) parts << SamplePanel::tr("No answer could be read");
  if (sample.score && !sample.score->rule.empty()) parts << text(sample.score->rule);
  if (!sample.references.empty())
    parts << SamplePanel::tr("expected: %1").arg(joined(sample.references));
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

SamplePanel::SamplePanel(QWidget* parent)
    : QWidget(parent),
      title_(new QLabel(this)),
      result_(new QLabel(this)),
      prompt_(reader(QStringLiteral("sample_prompt"), tr("Prompt"), this)),
      answer_(reader(QStringLiteral("sample_answer"), tr("Answer"), this)) {
  title_->setObjectName(QStringLiteral("sample_title"));
  title_->setFont(heading_font());
  title_->setTextFormat(Qt::PlainText);
  title_->setWordWrap(true);
  result_->setObjectName(QStringLiteral("sample_result"));
  result_->setTextFormat(Qt::PlainText);
  result_->setWordWrap(true);
  result_->setMinimumHeight(result_->fontMetrics().height());
  auto* below = new QWidget(this);
  auto* lower = new QVBoxLayout(below);
  lower->setContentsMargins(0, 0, 0, 0);
  lower->setSpacing(spacing::hair);
  lower->addWidget(new QLabel(tr("Answer"), below));
  lower->addWidget(answer_, 1);
  lower->addWidget(result_);
  auto* splitter = new QSplitter(Qt::Vertical, this);
  splitter->addWidget(prompt_);
  splitter->addWidget(below);
  splitter->setSizes({300, 140});
  splitter->setChildrenCollapsible(false);
  keep_splitter(*splitter, QStringLiteral("pages/run/sample"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::hair);
  column->addWidget(title_);
  column->addWidget(splitter, 1);
}

void SamplePanel::show_nothing(const QString& reason) {
  job_ = index_ = -1;
  is_answering_ = false;
  title_->setText(reason);
  prompt_->clear();
  answer_->clear();
  result_->clear();
  evidence_.clear();
  gaps_.clear();
  mark();
}

void SamplePanel::show_prompt(const SampleNews& news, const QString& job_name) {
  job_ = news.job;
  index_ = news.sample.index;
  title_->setText(title_of(news, job_name));
  const PromptWindow window = window_of(news.sample.prompt.text, news.sample.prompt.evidence);
  evidence_.clear();
  gaps_.clear();
  for (const auto& span : window.evidence) evidence_.emplace_back(span.begin, span.length);
  for (const auto& span : window.gaps) gaps_.emplace_back(span.begin, span.length);
  prompt_->setPlainText(window.text);
  mark();
  // The question stands at the end.
  prompt_->verticalScrollBar()->setValue(prompt_->verticalScrollBar()->maximum());
}

void SamplePanel::show_started(const SampleNews& news, const QString& job_name) {
  if (news.sample.prompt.text.empty()) return;  // already overtaken by the next one
  show_prompt(news, job_name);
  answer_->clear();
  result_->clear();
  is_answering_ = true;
}

void SamplePanel::add_token(const QString& piece) {
  if (!is_answering_) return;
  QTextCursor end(answer_->document());
  end.movePosition(QTextCursor::End);
  end.insertText(piece);
  answer_->ensureCursorVisible();
}

void SamplePanel::show_finished(const SampleNews& news, const QString& job_name) {
  const bool is_shown = news.job == job_ && news.sample.index == index_;
  if (!is_shown && (is_answering_ || news.sample.prompt.text.empty())) return;
  if (!is_shown) show_prompt(news, job_name);
  answer_->setPlainText(text(news.sample.result.text));
  result_->setText(result_of(news.sample));
  is_answering_ = false;
}

void SamplePanel::mark() {
  const ThemeColors& colors = theme_colors(palette());
  QList<QTextEdit::ExtraSelection> marks;
  auto add = [&](const std::vector<std::pair<int, int>>& spans, const QTextCharFormat& format) {
    for (auto [begin, length] : spans) {
      QTextEdit::ExtraSelection mark;
      mark.cursor = QTextCursor(prompt_->document());
      mark.cursor.setPosition(begin);
      mark.cursor.setPosition(begin + length, QTextCursor::KeepAnchor);
      mark.format = format;
      marks << mark;
    }
  };
  QTextCharFormat evidence, gap;
  evidence.setBackground(colors.warning_surface);
  evidence.setFontUnderline(true);
  gap.setForeground(colors.secondary);
  add(evidence_, evidence);
  add(gaps_, gap);
  prompt_->setExtraSelections(marks);
}

void SamplePanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) mark();
}

}  // namespace loom::ui
