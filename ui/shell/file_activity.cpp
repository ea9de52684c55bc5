#include "ui/shell/file_activity.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include "ui/execution/file_work.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
constexpr int kShareWidth = 100, kSteps = 1000;
}

FileActivity::FileActivity(FileWork& work, QWidget* parent)
    : QWidget(parent),
      work_(work),
      title_(new QLabel(this)),
      share_(new QProgressBar(this)),
      cancel_(new QToolButton(this)) {
  title_->setObjectName(QStringLiteral("file_work"));
  title_->setTextFormat(Qt::PlainText);
  share_->setTextVisible(false);
  share_->setFixedSize(kShareWidth, 6);
  share_->setRange(0, kSteps);
  share_->setAccessibleName(tr("Progress of the work on files"));
  cancel_->setObjectName(QStringLiteral("cancel_file_work"));
  cancel_->setIcon(icon(Icon::cancel));
  cancel_->setAccessibleName(tr("Stop"));
  cancel_->setFocusPolicy(Qt::StrongFocus);
  connect(cancel_, &QToolButton::clicked, &work_, &FileWork::cancel);
  connect(&work_, &FileWork::changed, this, &FileActivity::show_work);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(spacing::small);
  for (QWidget* widget : std::initializer_list<QWidget*>{title_, share_, cancel_})
    row->addWidget(widget);
  show_work();
}

void FileActivity::show_work() {
  setVisible(work_.is_busy());
  if (!work_.is_busy()) return;
  cancel_->setToolTip(tr("Stop. %1").arg(work_.if_stopped()));
  cancel_->setAccessibleDescription(work_.if_stopped());
  const QString detail = work_.detail();
  const QString part = detail.isEmpty()
                           ? tr("%1 · %2 %").arg(work_.title()).arg(int(work_.share() * 100))
                           : tr("%1 · %2").arg(work_.title(), detail);
  title_->setText(work_.waiting() == 0 ? part
                                       : tr("%1 · %2 in line").arg(part).arg(work_.waiting()));
  share_->setValue(int(work_.share() * kSteps));
}

}  // namespace loom::ui
