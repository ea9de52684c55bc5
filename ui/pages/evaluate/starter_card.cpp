#include "ui/pages/evaluate/starter_card.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/shell/allow.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
constexpr int kIconSize = 24;
}

StarterCard::StarterCard(Icon which, const QString& name, const QString& title,
                         const QString& words, const QString& button, QWidget* parent)
    : QFrame(parent), detail_(new QLabel(this)), button_(new QPushButton(button, this)) {
  setObjectName(name);
  setProperty("card", true);
  setFrameShape(QFrame::StyledPanel);
  auto* picture = new QLabel(this);
  picture->setPixmap(icon(which, IconTone::accent).pixmap(kIconSize, kIconSize));
  auto* heading = new QLabel(title, this);
  heading->setFont(heading_font());
  heading->setWordWrap(true);
  auto* text = new QLabel(words, this);
  text->setWordWrap(true);
  detail_->setObjectName(name + QStringLiteral("_detail"));
  detail_->setWordWrap(true);
  detail_->setTextFormat(Qt::PlainText);
  detail_->setForegroundRole(QPalette::PlaceholderText);
  button_->setObjectName(name + QStringLiteral("_button"));
  button_->setAccessibleDescription(words);
  connect(button_, &QPushButton::clicked, this, &StarterCard::pressed);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
  column->setSpacing(spacing::small);
  column->addWidget(picture);
  column->addWidget(heading);
  column->addWidget(text);
  column->addWidget(detail_);
  column->addStretch(1);
  column->addWidget(button_, 0, Qt::AlignLeft);
}

void StarterCard::set_detail(const QString& detail) {
  detail_->setText(detail);
}

void StarterCard::set_enabled(bool enabled) {
  allow(*button_, enabled, {}, reason_);
}

void StarterCard::forbid(const QString& reason) {
  reason_ = reason;
  set_enabled(button_->isEnabled());
}

}  // namespace loom::ui
