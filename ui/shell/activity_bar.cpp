#include "ui/shell/activity_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include "ui/execution/evaluation_controller.h"
#include "ui/shell/device_line.h"
#include "ui/shell/file_activity.h"
#include "ui/shell/icons.h"
#include "ui/shell/quantity_text.h"
#include "ui/shell/theme.h"
#include "ui/shell/theme_colors.h"

namespace loom::ui {
namespace {

constexpr int kHeight = 40, kRefresh_ms = 5'000, kShareWidth = 120, kSteps = 1000;

}  // namespace

QString activity_line(const RunProgress& progress, bool paused) {
  QStringList parts;
  parts << (progress.job_title.empty() ? ActivityBar::tr("Starting the evaluation")
                                       : QString::fromStdString(progress.job_title));
  if (progress.samples_planned > 0) parts << percent_text(progress.share);
  if (paused)
    parts << ActivityBar::tr("paused");
  else if (progress.remaining_s)
    parts << ActivityBar::tr("%1 left").arg(duration_text(*progress.remaining_s));
  return parts.join(QStringLiteral(" · "));
}

ActivityBar::ActivityBar(EvaluationController& controller, const QList<FileWork*>& files,
                         QWidget* parent)
    : QFrame(parent), controller_(controller), devices_(new QLabel(this)) {
  setObjectName(QStringLiteral("activity_bar"));
  setAccessibleName(tr("Activity"));
  setFixedHeight(kHeight);
  devices_->setObjectName(QStringLiteral("devices"));
  devices_->setForegroundRole(QPalette::PlaceholderText);
  create_activity();
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(spacing::page, 0, spacing::small, 0);
  row->addWidget(devices_);
  row->addStretch();
  for (FileWork* work : files) row->addWidget(new FileActivity(*work, this));
  row->addWidget(activity_);

  auto* clock = new QTimer(this);
  connect(clock, &QTimer::timeout, this, &ActivityBar::show_devices);
  clock->start(kRefresh_ms);
  show_devices();

  using Controller = EvaluationController;
  connect(&controller_, &Controller::run_started, this,
          [this] { show_progress(controller_.progress()); });
  connect(&controller_, &Controller::progressed, this, &ActivityBar::show_progress);
  connect(&controller_, &Controller::line_changed, this,
          [this] { show_progress(controller_.progress()); });
  connect(&controller_, &Controller::paused_changed, this, &ActivityBar::show_paused);
  connect(&controller_, &Controller::run_ended, this, &ActivityBar::show_ended);
  if (controller_.current_run()) show_progress(controller_.progress());
}

void ActivityBar::create_activity() {
  activity_ = new QWidget(this);
  run_ = new QPushButton(activity_);
  run_->setObjectName(QStringLiteral("current_run"));
  run_->setFlat(true);
  run_->setToolTip(tr("Show this run"));
  connect(run_, &QPushButton::clicked, this, [this] {
    if (auto run = controller_.current_run()) Q_EMIT run_clicked(*run);
  });
  share_ = new QProgressBar(activity_);
  share_->setTextVisible(false);
  share_->setFixedSize(kShareWidth, 6);
  share_->setRange(0, kSteps);
  share_->setAccessibleName(tr("Progress of the evaluation"));
  pause_ = add_button(QStringLiteral("pause"), tr("Pause"));
  cancel_ = add_button(QStringLiteral("cancel"), tr("Cancel this run; finished samples stay"));
  cancel_->setIcon(icon(Icon::cancel));
  connect(pause_, &QToolButton::clicked, this,
          [this] { controller_.set_paused(!controller_.is_paused()); });
  connect(cancel_, &QToolButton::clicked, this, [this] { controller_.cancel(); });
  auto* row = new QHBoxLayout(activity_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(spacing::small);
  for (QWidget* widget : std::initializer_list<QWidget*>{run_, share_, pause_, cancel_})
    row->addWidget(widget);
  activity_->hide();
}

QToolButton* ActivityBar::add_button(const QString& name, const QString& text) {
  auto* button = new QToolButton(activity_);
  button->setObjectName(name);
  button->setToolTip(text);
  button->setAccessibleName(text);
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

void ActivityBar::show_devices() {
  std::vector<LocalDevice> found = find_devices();
  devices_->setText(device_line(found));
  devices_->setToolTip(
      tr("%1 · %2 memory in all")
          .arg(QString::fromStdString(found.front().name), bytes_text(found.front().memory_bytes)));
}

void ActivityBar::show_progress(const RunProgress& progress) {
  if (!controller_.current_run()) return;
  show_paused(controller_.is_paused());
  QString line = activity_line(progress, controller_.is_paused());
  size_t waiting = controller_.waiting();
  run_->setText(waiting == 0 ? line : tr("%1 · %2 in line").arg(line).arg(waiting));
  run_->setAccessibleName(run_->text());
  share_->setValue(int(progress.share * kSteps));
  activity_->show();
}

void ActivityBar::show_paused(bool paused) {
  pause_->setIcon(icon(paused ? Icon::play : Icon::pause));
  QString text = paused ? tr("Go on with this run") : tr("Pause after the sample at work");
  pause_->setToolTip(text);
  pause_->setAccessibleName(text);
  run_->setText(activity_line(controller_.progress(), paused));
}

void ActivityBar::show_ended() {
  activity_->setVisible(controller_.current_run().has_value());
}

void ActivityBar::paintEvent(QPaintEvent*) {
  const ThemeColors& colors = theme_colors(palette());
  QPainter painter(this);
  painter.fillRect(rect(), colors.rail);
  painter.fillRect(QRect(0, 0, width(), 1), colors.border);
}

}  // namespace loom::ui
