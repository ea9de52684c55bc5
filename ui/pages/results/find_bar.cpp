#include "ui/pages/results/find_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/shell/icons.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"

namespace loom::ui {

FindBar::FindBar(QWidget* parent) : QWidget(parent), words_(new QLineEdit), count_(new QLabel) {
  words_->setObjectName(QStringLiteral("find_words"));
  words_->setAccessibleName(tr("Find in prompt and answer"));
  words_->setPlaceholderText(tr("Find in prompt and answer"));
  words_->setClearButtonEnabled(true);
  setFocusProxy(words_);
  connect(words_, &QLineEdit::textChanged, this, &FindBar::words_changed);
  count_->setObjectName(QStringLiteral("find_count"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(spacing::hair);
  row->addWidget(words_, 1);
  row->addWidget(count_);
  auto button = [&](const char* name, const QString& label, const QString& tip) {
    auto* made = new QToolButton;
    made->setObjectName(QLatin1String(name));
    made->setText(label);
    made->setAccessibleName(tip);
    made->setToolTip(tip);
    made->setFocusPolicy(Qt::TabFocus);
    row->addWidget(made);
    return made;
  };
  auto* previous =
      button("find_previous", tr("Previous"), tr("Go to the previous place (Shift+F3)"));
  auto* next = button("find_next", tr("Next"), tr("Go to the next place (F3)"));
  auto* close = button("find_close", QString(), tr("Close (Escape)"));
  close->setIcon(icon(Icon::close));
  connect(previous, &QToolButton::clicked, this, [this] { Q_EMIT step_wanted(-1); });
  connect(next, &QToolButton::clicked, this, [this] { Q_EMIT step_wanted(1); });
  connect(close, &QToolButton::clicked, this, &FindBar::closed);
  hide();
}

void FindBar::open(const QString& words) {
  show();
  if (!words.isEmpty()) words_->setText(words);
  words_->setFocus(Qt::ShortcutFocusReason);
  words_->selectAll();
}

QString FindBar::words() const {
  return words_->text();
}

void FindBar::show_count(int current, size_t count) {
  QString sentence;
  if (!words().isEmpty())
    sentence = count == 0 ? tr("Not found")
               : current < 0
                   ? tr("%1 found").arg(format_count(count))
                   : tr("%1 of %2")
                         .arg(format_count(static_cast<size_t>(current) + 1), format_count(count));
  if (sentence == count_->text()) return;
  count_->setText(sentence);
  count_->setAccessibleName(sentence);
  QAccessibleEvent news(count_, QAccessible::Alert);
  QAccessible::updateAccessibility(&news);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return void(Q_EMIT closed());
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
    return void(Q_EMIT step_wanted(event->modifiers() & Qt::ShiftModifier ? -1 : 1));
  QWidget::keyPressEvent(event);
}

}  // namespace loom::ui
