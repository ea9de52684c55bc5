#include "ui/shell/fact_list.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QRegularExpression>
#include <QToolButton>

#include "ui/shell/icons.h"
#include "ui/shell/style_shapes.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {

QToolButton* copy_button(const Fact& fact, QWidget& parent) {
  auto* button = new QToolButton(&parent);
  button->setIcon(icon(Icon::copy, IconTone::secondary));
  button->setIconSize({14, 14});
  button->setFixedSize(22, 22);
  button->setFocusPolicy(Qt::StrongFocus);
  button->setToolTip(FactList::tr("Copy"));
  button->setAccessibleName(FactList::tr("Copy %1").arg(fact.name));
  QObject::connect(button, &QToolButton::clicked, button,
                   [value = fact.value] { QGuiApplication::clipboard()->setText(value); });
  return button;
}

}  // namespace

QString breakable(QString text) {
  return text.replace(QRegularExpression(QStringLiteral("([/._-])")),
                      QStringLiteral("\\1\u200b"));
}

FactList::FactList(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(spacing::large);
  grid_->setVerticalSpacing(spacing::small - 2);
  grid_->setColumnStretch(1, 1);
}

void FactList::set_facts(const QList<Fact>& facts) {
  while (QLayoutItem* item = grid_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  int row = 0;
  for (const Fact& fact : facts) {
    if (fact.value.isEmpty()) continue;
    auto* name = new QLabel(fact.name, this);
    name->setForegroundRole(QPalette::PlaceholderText);
    auto* value = new QLabel(fact.value, this);
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(fact.name + QStringLiteral(": ") + fact.value);
    grid_->addWidget(name, row, 0, Qt::AlignTop);
    grid_->addWidget(value, row, 1, Qt::AlignTop);
    if (fact.fixed_width) {
      value->setFont(fixed_font());
      value->setText(breakable(fact.value));
      // What is selected would carry the invisible places to break at; the button copies without.
      value->setTextInteractionFlags(Qt::NoTextInteraction);
      grid_->addWidget(copy_button(fact, *this), row, 2, Qt::AlignTop);
    }
    ++row;
  }
}

Card::Card(const QString& title, QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
  column->setSpacing(spacing::medium);
  if (title.isEmpty()) return;
  auto* heading = new QLabel(title, this);
  heading->setFont(heading_font());
  heading->setWordWrap(true);
  column->addWidget(heading);
}

void Card::add(QWidget* content) { layout()->addWidget(content); }

void Card::paintEvent(QPaintEvent*) {
  const ThemeColors& colors = theme_colors(palette());
  QPainter painter(this);
  shapes::rounded(painter, rect(), colors.surface, colors.border);
}

}  // namespace loom::ui
