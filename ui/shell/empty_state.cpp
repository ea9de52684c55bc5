#include "ui/shell/empty_state.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
constexpr int kPicture = 40, kTextWidth = 420;
}

EmptyState::EmptyState(Icon which, QWidget* parent)
    : QWidget(parent),
      which_(which),
      picture_(new QLabel(this)),
      title_(new QLabel(this)),
      sentence_(new QLabel(this)),
      button_(new QPushButton(this)) {
  setObjectName(QStringLiteral("empty_state"));
  picture_->setAlignment(Qt::AlignCenter);
  title_->setFont(heading_font());
  title_->setAlignment(Qt::AlignCenter);
  title_->setWordWrap(true);
  sentence_->setAlignment(Qt::AlignCenter);
  sentence_->setWordWrap(true);
  sentence_->setForegroundRole(QPalette::PlaceholderText);
  for (QLabel* text : {title_, sentence_}) text->setFixedWidth(kTextWidth);
  button_->setObjectName(QStringLiteral("empty_action"));
  auto* column = new QVBoxLayout(this);
  column->setSpacing(spacing::small);
  column->addStretch(2);
  column->addWidget(picture_, 0, Qt::AlignHCenter);
  column->addWidget(title_, 0, Qt::AlignHCenter);
  column->addWidget(sentence_, 0, Qt::AlignHCenter);
  column->addSpacing(spacing::small);
  column->addWidget(button_, 0, Qt::AlignHCenter);
  column->addStretch(3);
  show_icon();
}

void EmptyState::set_text(const QString& title, const QString& sentence, QAction* action) {
  title_->setText(title);
  sentence_->setText(sentence);
  // The layout would ask how high they are in the width of the whole page.
  for (QLabel* text : {title_, sentence_})
    text->setMinimumHeight(std::max(0, text->heightForWidth(kTextWidth)));
  button_->disconnect();
  button_->setVisible(action != nullptr);
  if (!action) return;
  button_->setText(action->text());
  button_->setAccessibleName(action->text());
  connect(button_, &QPushButton::clicked, action, &QAction::trigger);
}

void EmptyState::show_icon() {
  picture_->setPixmap(icon(which_, IconTone::secondary)
                          .pixmap(QSize(kPicture, kPicture), devicePixelRatioF()));
}

void EmptyState::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && picture_) show_icon();
}

}  // namespace loom::ui
