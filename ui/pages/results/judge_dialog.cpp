#include "ui/pages/results/judge_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "core/judge/judging.h"
#include "core/judge/task_rubric.h"
#include "ui/execution/workspace.h"
#include "ui/pages/results/judge_source.h"
#include "ui/shell/form_labels.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

constexpr int kWidth = 560, kSteps = 1000, kMostAnswers = 1'000'000;

QString rubric_words(const std::string& id) {
  if (id == kTaskRubric)
    return JudgeDialog::tr("Each task's own, in the shape of its official score");
  if (id == "correct") return JudgeDialog::tr("Right or wrong against the reference");
  if (id == "grade") return JudgeDialog::tr("A grade from 1 to 10 against the reference");
  if (id == "grade5") return JudgeDialog::tr("A grade from 0 to 5 against the reference");
  if (id == "quality") return JudgeDialog::tr("Quality of writing in six dimensions");
  return text(id);
}

}  // namespace

JudgeDialog::JudgeDialog(Workspace& workspace, qint64 run, const QString& run_name,
                         RunSummary summary, QWidget* parent)
    : Dialog(parent),
      workspace_(workspace),
      run_(run),
      run_name_(run_name),
      summary_(std::move(summary)) {
  setObjectName(QStringLiteral("judge_dialog"));
  setWindowTitle(tr("Judge answers of “%1”").arg(run_name));
  setMinimumWidth(kWidth);
  auto* column = new QVBoxLayout(this);
  column->setSpacing(spacing::medium);
  column->addWidget(create_choices());
  column->addWidget(create_progress());
  column->addWidget(create_buttons());
  align_form_labels(*this);
  connect(source_, &JudgeSource::changed, this, &JudgeDialog::check);
  connect(rubric_, &QComboBox::currentIndexChanged, this, &JudgeDialog::check);
  connect(limit_, &QSpinBox::valueChanged, this, &JudgeDialog::check);
  Judgings& judgings = workspace_.judgings();
  connect(&judgings.work(), &FileWork::changed, this, &JudgeDialog::show_work);
  connect(&judgings, &Judgings::ended, this, &JudgeDialog::show_outcome);
  working_ = judgings.is_judging(run_name_);
  check();
  show_work();
}

QWidget* JudgeDialog::create_choices() {
  choices_ = new QWidget(this);
  source_ = new JudgeSource(workspace_, choices_);
  rubric_ = new QComboBox(choices_);
  rubric_->setObjectName(QStringLiteral("judge_rubric"));
  rubric_->setAccessibleName(tr("Rubric"));
  if (has_task_rubrics(summary_))
    rubric_->addItem(rubric_words(kTaskRubric), QString::fromLatin1(kTaskRubric));
  for (const Rubric& rubric : all_rubrics())
    if (rubric.kind != Rubric::Kind::preference)
      rubric_->addItem(rubric_words(rubric.id), QString::fromLatin1(rubric.id));
  limit_ = new QSpinBox(choices_);
  limit_->setObjectName(QStringLiteral("judge_limit"));
  limit_->setAccessibleName(tr("Answers of each task"));
  limit_->setRange(0, kMostAnswers);
  limit_->setSpecialValueText(tr("all"));
  estimate_ = new QLabel(choices_);
  estimate_->setObjectName(QStringLiteral("judge_estimate"));
  estimate_->setWordWrap(true);
  estimate_->setForegroundRole(QPalette::PlaceholderText);
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("&Rubric"), rubric_);
  form->addRow(tr("Answers of each &task"), limit_);
  form->addRow(QString(), estimate_);
  auto* column = new QVBoxLayout(choices_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::medium);
  column->addWidget(source_);
  column->addLayout(form);
  return choices_;
}

QWidget* JudgeDialog::create_progress() {
  auto* part = new QWidget(this);
  share_ = new QProgressBar(part);
  share_->setObjectName(QStringLiteral("judge_progress"));
  share_->setAccessibleName(tr("Progress of the judging"));
  share_->setRange(0, kSteps);
  share_->setTextVisible(false);
  message_ = new QLabel(part);
  message_->setObjectName(QStringLiteral("judge_message"));
  message_->setTextFormat(Qt::PlainText);
  message_->setWordWrap(true);
  // Room for both from the start: what stands above keeps its place when they come.
  message_->setMinimumHeight(2 * message_->fontMetrics().lineSpacing());
  QSizePolicy kept = share_->sizePolicy();
  kept.setRetainSizeWhenHidden(true);
  share_->setSizePolicy(kept);
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(share_);
  column->addWidget(message_);
  return part;
}

QWidget* JudgeDialog::create_buttons() {
  auto* buttons = new QDialogButtonBox(this);
  judge_ = buttons->addButton(tr("&Judge answers"), QDialogButtonBox::ActionRole);
  judge_->setObjectName(QStringLiteral("begin_judging"));
  judge_->setProperty("primary", true);
  judge_->setDefault(true);
  stop_ = buttons->addButton(tr("&Cancel judging"), QDialogButtonBox::ActionRole);
  stop_->setObjectName(QStringLiteral("stop_judging"));
  stop_->setAutoDefault(false);
  stop_->setToolTip(tr("Verdicts so far are kept; judging again goes on with them."));
  close_ = buttons->addButton(QDialogButtonBox::Close);
  close_->setObjectName(QStringLiteral("close_judging"));
  close_->setAutoDefault(false);
  connect(judge_, &QPushButton::clicked, this, &JudgeDialog::begin);
  connect(stop_, &QPushButton::clicked, &workspace_.judgings().work(), &FileWork::cancel);
  connect(close_, &QPushButton::clicked, this, &QDialog::reject);
  return buttons;
}

JudgeChoice JudgeDialog::choice() const {
  JudgeChoice choice;
  source_->write_to(choice);
  choice.rubric = rubric_->currentData().toString();
  choice.limit = static_cast<size_t>(limit_->value());
  return choice;
}

void JudgeDialog::check() {
  const JudgeChoice chosen = choice();
  const auto rubric = rubric_for_run(chosen.rubric.toStdString(), summary_);
  const size_t questions =
      rubric ? expected_questions({run_, *rubric, chosen.limit, {}}, summary_) : 0;
  const QString known =
      tr("A few more are on answers whose verdict is known. What was asked before is not asked "
         "again.");
  estimate_->setText((questions == 1 ? tr("About 1 question.")
                                     : tr("About %1 questions.").arg(format_count(questions))) +
                     QLatin1Char(' ') + known);
  source_->show_problem();
  judge_->setEnabled(!working_ && source_->problem().isEmpty());
  if (!working_) message_->clear();  // the outcome of other choices
}

void JudgeDialog::begin() {
  source_->save();
  working_ = true;
  message_->setText(tr("Beginning…"));
  workspace_.judgings().begin(run_, run_name_, choice());
  show_work();
}

void JudgeDialog::show_work() {
  const FileWork& work = workspace_.judgings().work();
  choices_->setEnabled(!working_);
  share_->setVisible(working_);
  stop_->setVisible(working_);
  judge_->setEnabled(!working_ && source_->problem().isEmpty());
  close_->setText(working_ ? tr("Go on in the background") : tr("Close"));
  if (!working_ || !workspace_.judgings().is_at_work(run_name_)) return;
  share_->setValue(static_cast<int>(work.share() * kSteps));
  const QString detail = work.detail();
  if (!detail.isEmpty()) message_->setText(detail);
}

void JudgeDialog::show_outcome(const JudgingOutcome& outcome) {
  if (outcome.run != run_ || !working_) return;
  working_ = false;
  show_work();
  QStringList sentences;
  if (!outcome.problem.isEmpty()) sentences << outcome.problem;
  sentences << (outcome.judged == 1 ? tr("%1 answer judged, %2 without verdict, %3 failed.")
                                    : tr("%1 answers judged, %2 without verdict, %3 failed."))
                   .arg(format_count(outcome.judged), format_count(outcome.unparsed),
                        format_count(outcome.failed));
  if (outcome.labelled > 0)
    sentences << tr("The judge agrees with %1 of %2 labelled answers.")
                     .arg(format_count(outcome.agreed), format_count(outcome.labelled));
  if (outcome.labelled > 0 && outcome.no_better_than_guessing)
    sentences << tr("Guessing could do as well: its verdicts say little.");
  message_->setText(sentences.join(QLatin1Char(' ')));
}

}  // namespace loom::ui
