#include "ui/pages/results/sample_reader.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include "core/metrics/metric.h"
#include "ui/pages/results/find_bar.h"
#include "ui/pages/results/text_window.h"
#include "ui/shell/scroll_area.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/sample_list_model.h"

namespace loom::ui {
namespace {

std::optional<double> value_of(const Sample& sample) {
  return sample.score ? sample.score->value : std::nullopt;
}

bool is_measure(const Sample& sample) {
  return sample.score && lower_is_better(sample.score->metric);
}

QLabel* plain_label() {
  auto* label = new QLabel;
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

QString finish_words(FinishReason reason) {
  switch (reason) {
    case FinishReason::end_of_text:
      return SampleReader::tr("ended by the model");
    case FinishReason::stop_string:
      return SampleReader::tr("ended at a stop string");
    case FinishReason::token_limit:
      return SampleReader::tr("ended at the answer's token limit");
    case FinishReason::window_full:
      return SampleReader::tr("ended because the window was full");
  }
  return {};
}

}  // namespace

SampleReader::SampleReader(QWidget* parent) : QWidget(parent) {
  heading_ = plain_label();
  heading_->setFont(heading_font());
  heading_->setObjectName(QStringLiteral("sample_heading"));
  notice_ = plain_label();
  notice_->setObjectName(QStringLiteral("sample_notice"));
  splitter_ = new QSplitter(Qt::Vertical);
  splitter_->addWidget(create_prompt());
  splitter_->addWidget(create_answer());
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 2);
  splitter_->setChildrenCollapsible(false);
  auto* filled = new QWidget;
  auto* inside = new QVBoxLayout(filled);
  inside->setContentsMargins(spacing::medium, 0, 0, 0);
  inside->setSpacing(spacing::small);
  inside->addWidget(heading_);
  inside->addWidget(notice_);
  create_find();
  inside->addWidget(find_);
  inside->addWidget(splitter_, 1);
  nothing_ = plain_label();
  nothing_->setAlignment(Qt::AlignCenter);
  stack_ = new QStackedWidget;
  stack_->addWidget(nothing_);
  stack_->addWidget(filled);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(stack_);
}

QWidget* SampleReader::create_prompt() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(spacing::hair);
  auto* bar = new QHBoxLayout;
  bar->addWidget(new QLabel(tr("Prompt")));
  bar->addStretch();
  evidence_count_ = new QLabel;
  evidence_count_->setObjectName(QStringLiteral("evidence_count"));
  previous_ = new QToolButton;
  previous_->setText(tr("Previous"));
  previous_->setToolTip(tr("Go to the previous passage that holds the answer (Shift+E)"));
  next_ = new QToolButton;
  next_->setText(tr("Next"));
  next_->setToolTip(tr("Go to the next passage that holds the answer (E)"));
  connect(previous_, &QToolButton::clicked, this, &SampleReader::previous_evidence);
  connect(next_, &QToolButton::clicked, this, &SampleReader::next_evidence);
  bar->addWidget(evidence_count_);
  bar->addWidget(previous_);
  bar->addWidget(next_);
  prompt_ = new TextWindow;
  layout->addLayout(bar);
  layout->addWidget(prompt_, 1);
  return panel;
}

QLabel* SampleReader::add_row(QFormLayout& form, const QString& label, const QString& name) {
  QLabel* value = plain_label();
  value->setObjectName(name);
  value->setAccessibleName(label);
  form.addRow(label, value);
  return value;
}

QWidget* SampleReader::create_answer() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, spacing::small, 0, 0);
  layout->setSpacing(spacing::hair);
  answer_ = new QPlainTextEdit;
  answer_->setObjectName(QStringLiteral("answer_text"));
  answer_->setAccessibleName(tr("Answer"));
  answer_->setReadOnly(true);
  answer_->setFont(fixed_font());
  answer_->setMinimumHeight(56);
  layout->addWidget(new QLabel(tr("Answer")));
  layout->addWidget(answer_, 1);
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(spacing::medium);
  form->setVerticalSpacing(spacing::hair);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  extracted_ = add_row(*form, tr("Extracted"), QStringLiteral("extracted"));
  reference_ = add_row(*form, tr("Reference"), QStringLiteral("reference"));
  score_ = add_row(*form, tr("Score"), QStringLiteral("sample_score"));
  timing_ = add_row(*form, tr("Timing"), QStringLiteral("sample_timing"));
  layout->addLayout(form);
  // A long reference or rule may need more lines than a small window has.
  QScrollArea* scroll = scrolled(panel, nullptr);
  scroll->setAccessibleName(tr("Answer and score"));
  scroll->setFocusPolicy(Qt::NoFocus);
  return scroll;
}

void SampleReader::show_nothing(const QString& sentence) {
  sample_ = {};
  nothing_->setText(sentence);
  stack_->setCurrentIndex(0);
}

void SampleReader::show_sample(Sample sample, const Job& job) {
  sample_ = std::move(sample);
  QStringList heading{text(job.benchmark_id), text(job.task)};
  if (job.length_tokens > 0) heading << tr("%1 tokens").arg(format_count(job.length_tokens));
  heading << tr("sample %1").arg(format_count(static_cast<size_t>(sample_.index) + 1))
          << verdict_word(verdict(sample_.state, value_of(sample_), is_measure(sample_)));
  heading_->setText(heading.join(QStringLiteral(" · ")));
  QStringList notices;
  if (sample_.error) notices << QString::fromStdString(describe(*sample_.error));
  if (sample_.prompt.truncation.cut) notices << truncation_sentence();
  notice_->setText(notices.join(QLatin1Char('\n')));
  notice_->setVisible(!notices.isEmpty());
  answer_->setPlainText(text(sample_.result.text));
  extracted_->setText(sample_.score ? text(sample_.score->parsed) : QString());
  QStringList references;
  for (const std::string& reference : sample_.references) references << text(reference);
  reference_->setText(references.join(tr("  or  ")));
  score_->setText(score_sentence());
  timing_->setText(timing_sentence());
  prompt_->set_text(std::move(sample_.prompt.text), sample_.prompt.evidence);
  find_words();
  evidence_ = -1;
  show_evidence_count();
  stack_->setCurrentIndex(1);
}

QString SampleReader::truncation_sentence() const {
  const Truncation& cut = sample_.prompt.truncation;
  QString sentence = tr("Truncated: %1 of %2 tokens were sent; tokens %3 to %4 were cut.")
                         .arg(format_count(cut.sent_tokens), format_count(cut.intended_tokens),
                              format_count(cut.cut_begin), format_count(cut.cut_end));
  if (const auto rule = sample_.metadata.find("truncation_rule");
      rule != sample_.metadata.end() && rule->is_string())
    sentence += QLatin1Char(' ') + tr("Rule: %1.").arg(text(rule->get<std::string>()));
  if (cut.evidence_lost)
    sentence += QLatin1Char(' ') + tr("The evidence was in the part cut away.");
  return sentence;
}

QString SampleReader::score_sentence() const {
  if (sample_.state != SampleState::done) return state_word(sample_.state);
  if (!sample_.score) return tr("Not scored yet");
  const SampleScore& score = *sample_.score;
  const QString value =
      score.value ? format_score(*score.value * 100) : tr("The answer could not be parsed");
  const QString metric = tr("%1, version %2").arg(text(score.metric)).arg(score.metric_version);
  QString sentence = value + QStringLiteral("  ·  ") + metric;
  if (!score.rule.empty())
    sentence += QStringLiteral("  ·  ") + tr("rule: %1").arg(text(score.rule));
  return sentence;
}

QString SampleReader::timing_sentence() const {
  if (sample_.state != SampleState::done) return {};
  const GenerationResult& result = sample_.result;
  const Timings& times = result.timings;
  QStringList parts{
      tr("tokenise %1").arg(format_duration(times.tokenise_s)),
      tr("prefill %1 (%2 new, %3 reused tokens)")
          .arg(format_duration(times.prefill_new_s + times.prefill_reused_s),
               format_count(result.tokens_prefilled), format_count(result.tokens_reused)),
      (result.ids.size() == 1 ? tr("decode %1 (%2 token)") : tr("decode %1 (%2 tokens)"))
          .arg(format_duration(times.decode_s), format_count(result.ids.size())),
      finish_words(result.finish_reason)};
  if (result.remembered) parts << tr("answer and times of an earlier run");
  if (result.attempt > 1) parts << tr("second attempt");
  return parts.join(QStringLiteral("  ·  "));
}

void SampleReader::next_evidence() {
  step_evidence(1);
}
void SampleReader::previous_evidence() {
  step_evidence(-1);
}

void SampleReader::step_evidence(int step) {
  const auto count = static_cast<int>(prompt_->marks().size());
  if (count == 0) return;
  evidence_ = evidence_ < 0 ? (step > 0 ? 0 : count - 1) : (evidence_ + step + count) % count;
  prompt_->go_to_mark(static_cast<size_t>(evidence_));
  show_evidence_count();
}

void SampleReader::show_evidence_count() {
  const auto count = static_cast<int>(prompt_->marks().size());
  previous_->setEnabled(count > 0);
  next_->setEnabled(count > 0);
  evidence_count_->setText(count == 0      ? tr("No evidence marked")
                           : evidence_ < 0 ? tr("Passages of evidence: %1").arg(count)
                                           : tr("Evidence %1 of %2").arg(evidence_ + 1).arg(count));
}

}  // namespace loom::ui
