#include "ui/shell/fact_list.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

#include "ui/shell/style_shapes.h"
#include "ui/shell/theme.h"

namespace loom::ui {

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
    if (fact.fixed_width) {
      value->setFont(fixed_font());
      // A path has no spaces to wrap at.
      value->setText(QString(fact.value).replace(QLatin1Char('/'), QStringLiteral("/\u200b")));
    }
    grid_->addWidget(name, row, 0, Qt::AlignTop);
    grid_->addWidget(value, row++, 1, Qt::AlignTop);
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
