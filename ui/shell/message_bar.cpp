#include "ui/shell/message_bar.h"

#include <QAction>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include "ui/shell/icons.h"
#include "ui/shell/style_shapes.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {

constexpr int kUndo_ms = 20'000, kIcon = 18;

QString sentence_of(const std::string& text) {
  QString sentence = QString::fromStdString(text);
  if (!sentence.isEmpty()) sentence[0] = sentence[0].toUpper();
  return sentence;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), fading_(new QTimer(this)) {
  setObjectName(QStringLiteral("message_bar"));
  fading_->setSingleShot(true);
  fading_->setInterval(kUndo_ms);
  connect(fading_, &QTimer::timeout, this, &MessageBar::dismiss);
  create_widgets();
  hide();
}

void MessageBar::create_widgets() {
  icon_ = new QLabel(this);
  sentence_ = new QLabel(this);
  sentence_->setObjectName(QStringLiteral("message_sentence"));
  sentence_->setWordWrap(true);
  sentence_->setTextFormat(Qt::PlainText);
  details_ = new QLabel(this);
  details_->setObjectName(QStringLiteral("message_details"));
  details_->setWordWrap(true);
  details_->setTextFormat(Qt::PlainText);
  details_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  details_->setForegroundRole(QPalette::PlaceholderText);
  more_ = new QToolButton(this);
  more_->setObjectName(QStringLiteral("message_more"));
  more_->setText(tr("Details"));
  more_->setCheckable(true);
  more_->setAccessibleName(tr("Show details"));
  connect(more_, &QToolButton::toggled, details_, &QLabel::setVisible);
  action_button_ = new QPushButton(this);
  action_button_->setObjectName(QStringLiteral("message_action"));
  close_ = new QToolButton(this);
  close_->setObjectName(QStringLiteral("message_close"));
  close_->setIcon(icon(Icon::close, IconTone::secondary));
  close_->setToolTip(tr("Close this message"));
  close_->setAccessibleName(tr("Close this message"));
  connect(close_, &QToolButton::clicked, this, &MessageBar::dismiss);
  for (QToolButton* button : {more_, close_}) button->setFocusPolicy(Qt::StrongFocus);

  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(spacing::medium, spacing::small, spacing::small, spacing::small);
  grid->setHorizontalSpacing(spacing::small);
  grid->addWidget(icon_, 0, 0);
  grid->addWidget(sentence_, 0, 1);
  grid->addWidget(more_, 0, 2);
  grid->addWidget(action_button_, 0, 3);
  grid->addWidget(close_, 0, 4);
  grid->addWidget(details_, 1, 1, 1, 4);
  grid->setColumnStretch(1, 1);
}

void MessageBar::show_message(MessageKind kind, const QString& sentence, const QString& details,
                              QAction* action) {
  fading_->stop();
  if (sentence.isEmpty()) return dismiss();
  kind_ = kind;
  show_icon();
  sentence_->setText(sentence);
  setAccessibleName(sentence);
  details_->setText(details);
  details_->hide();
  more_->setChecked(false);
  more_->setVisible(!details.isEmpty());
  action_button_->disconnect();
  action_button_->setVisible(action != nullptr);
  if (action) {
    action_button_->setText(action->text());
    action_button_->setAccessibleName(action->text());
    connect(action_button_, &QPushButton::clicked, action, &QAction::trigger);
    connect(action_button_, &QPushButton::clicked, this, &MessageBar::dismiss);
  }
  show();
}

void MessageBar::show_error(const Error& error) {
  QStringList details;
  if (!error.where.empty()) details << tr("Where: %1").arg(QString::fromStdString(error.where));
  if (!error.remedy.empty()) details << sentence_of(error.remedy);
  show_message(MessageKind::problem, sentence_of(error.message), details.join(QLatin1Char('\n')));
  more_->setChecked(!error.remedy.empty());  // what to do now is never hidden
}

void MessageBar::show_undo(const QString& sentence, QAction* undo) {
  show_message(MessageKind::info, sentence, {}, undo);
  fading_->start();
}

QString MessageBar::sentence() const { return isHidden() ? QString() : sentence_->text(); }

void MessageBar::dismiss() {
  fading_->stop();
  hide();
}

void MessageBar::show_icon() {
  Icon which = kind_ == MessageKind::info      ? Icon::info
               : kind_ == MessageKind::warning ? Icon::warning
                                               : Icon::error;
  IconTone tone = kind_ == MessageKind::info      ? IconTone::accent
                  : kind_ == MessageKind::warning ? IconTone::warning
                                                  : IconTone::danger;
  icon_->setPixmap(icon(which, tone).pixmap(QSize(kIcon, kIcon), devicePixelRatioF()));
}

void MessageBar::paintEvent(QPaintEvent*) {
  const ThemeColors& c = theme_colors(palette());
  const QColor& fill = kind_ == MessageKind::info      ? c.info_surface
                       : kind_ == MessageKind::warning ? c.warning_surface
                                                       : c.danger_surface;
  QPainter painter(this);
  shapes::rounded(painter, rect(), fill, c.border);
}

void MessageBar::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && icon_) show_icon();
}

}  // namespace loom::ui
