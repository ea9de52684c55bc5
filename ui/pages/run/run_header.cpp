#include "ui/pages/run/run_header.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/shell/allow.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/state_icon.h"

namespace loom::ui {
namespace {
constexpr int kBarSteps = 1000, kIconSize = 16;
}

RunHeader::RunHeader(QWidget* parent)
    : QWidget(parent),
      bar_(new QProgressBar(this)),
      icon_(new QLabel(this)),
      state_(new QLabel(this)),
      notice_(new QLabel(this)),
      reasons_(new QLabel(this)),
      cancel_(new QPushButton(tr("Cancel run"), this)),
      results_(new QPushButton(tr("Show results so far"), this)),
      again_(new QPushButton(tr("Ask failed samples again"), this)),
      failed_(create_chip("failed_chip")),
      truncated_(create_chip("truncated_chip")),
      unparsed_(create_chip("unparsed_chip")) {
  state_->setObjectName(QStringLiteral("run_state"));
  state_->setTextFormat(Qt::PlainText);
  state_->setWordWrap(true);
  notice_->setObjectName(QStringLiteral("run_notice"));
  notice_->setWordWrap(true);
  notice_->setTextFormat(Qt::PlainText);
  notice_->hide();
  reasons_->setObjectName(QStringLiteral("failure_reasons"));
  reasons_->setAccessibleName(tr("Why samples failed"));
  reasons_->setWordWrap(true);
  reasons_->setTextFormat(Qt::PlainText);
  reasons_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  reasons_->hide();
  set_up_buttons();
  bar_->setObjectName(QStringLiteral("run_progress"));
  bar_->setAccessibleName(tr("Progress of the run"));
  bar_->setRange(0, kBarSteps);
  bar_->setTextVisible(false);
  bar_->setFixedHeight(spacing::small);
  failed_->setIcon(icon(Icon::error, IconTone::danger));
  truncated_->setIcon(icon(Icon::warning, IconTone::warning));
  unparsed_->setIcon(icon(Icon::help, IconTone::secondary));
  auto* row = new QHBoxLayout;
  row->setSpacing(spacing::small);
  row->addWidget(icon_);
  row->addWidget(state_, 1);
  for (QToolButton* chip : {failed_, truncated_, unparsed_}) row->addWidget(chip);
  row->addWidget(again_);
  row->addWidget(results_);
  row->addWidget(cancel_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::hair);
  column->addLayout(row);
  column->addWidget(bar_);
  column->addWidget(notice_);
  column->addWidget(reasons_);
  show_counts({});
}

void RunHeader::set_up_buttons() {
  results_->setObjectName(QStringLiteral("results_so_far"));
  results_->setToolTip(tr("Scores, charts and answers of the samples that are finished"));
  results_->hide();
  connect(results_, &QPushButton::clicked, this, &RunHeader::results_wanted);
  again_->setObjectName(QStringLiteral("ask_failed_again"));
  again_->hide();
  connect(again_, &QPushButton::clicked, this, &RunHeader::ask_again_wanted);
  cancel_->setObjectName(QStringLiteral("cancel_run"));
  connect(cancel_, &QPushButton::clicked, this, [this] {
    cancel_->setEnabled(false);
    Q_EMIT cancel_wanted();
  });
}

QToolButton* RunHeader::create_chip(const char* name) {
  auto* chip = new QToolButton(this);
  chip->setObjectName(QLatin1String(name));
  chip->setCheckable(true);
  chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  chip->setToolTip(tr("Show only jobs that have such samples"));
  connect(chip, &QToolButton::toggled, this, [this] {
    Q_EMIT kinds_chosen(failed_->isChecked(), truncated_->isChecked(), unparsed_->isChecked());
  });
  return chip;
}

void RunHeader::show_state(RunState state, const QString& words, double share, GiveUp give_up) {
  icon_->setPixmap(sign_icon(sign_of(state)).pixmap(kIconSize, kIconSize));
  state_->setText(words);
  bar_->setValue(static_cast<int>(share * kBarSteps));
  const bool in_line = give_up == GiveUp::place_in_line;
  cancel_->setText(in_line ? tr("Take out of line") : tr("Cancel run"));
  cancel_->setToolTip(
      in_line ? tr("The run will not start. It stays in the history and can be resumed.")
              : tr("Stops now. What is finished stays, and the run can be resumed."));
  cancel_->setVisible(give_up != GiveUp::nothing);
  if (give_up != GiveUp::run_at_work) cancel_->setEnabled(true);
}

void RunHeader::show_counts(const std::vector<JobSummary>& jobs) {
  size_t failed = 0, truncated = 0, unparsed = 0;
  for (const JobSummary& job : jobs) {
    failed += job.failed;
    truncated += job.truncated;
    unparsed += job.unparsed;
  }
  auto show = [](QToolButton* chip, size_t count, const QString& words) {
    chip->setText(words.arg(format_count(count)));
    chip->setAccessibleName(chip->text());
    chip->setVisible(count > 0 || chip->isChecked());
  };
  show(failed_, failed, tr("%1 failed"));
  show(truncated_, truncated, tr("%1 truncated"));
  show(unparsed_, unparsed, tr("%1 unparsed"));
}

void RunHeader::show_notice(const QString& notice) {
  notice_->setText(notice);
  notice_->setVisible(!notice.isEmpty());
}

void RunHeader::show_reasons(const QStringList& reasons) {
  constexpr qsizetype most = 240;  // characters of each; the whole is in the tool tip
  QStringList shown;
  for (const QString& reason : reasons)
    shown << (reason.size() > most ? QString(reason.left(most) + u'…') : reason);
  reasons_->setText(shown.join(QLatin1Char('\n')));
  const QString whole = reasons.join(QLatin1Char('\n'))
                            .toHtmlEscaped()
                            .replace(QLatin1Char('\n'), QStringLiteral("<br>"));
  reasons_->setToolTip(shown == reasons ? QString() : QStringLiteral("<p>%1</p>").arg(whole));
  reasons_->setVisible(!reasons.isEmpty());
}

void RunHeader::show_results_so_far(bool are_there) {
  results_->setVisible(are_there);
}

void RunHeader::show_ask_again(bool is_offered, const QString& reason) {
  again_->setVisible(is_offered);
  allow(*again_, true, tr("Answers that are there stay; only what failed is asked"), reason);
}

void RunHeader::show_all_kinds() {
  for (QToolButton* chip : {failed_, truncated_, unparsed_}) chip->setChecked(false);
}

}  // namespace loom::ui
