#include "ui/pages/results/score_cards.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

#include "ui/shell/theme.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

constexpr int kCardWidth = 180;

QString counts(const GroupScore& group) {
  QStringList parts{ScoreCards::tr("n = %1").arg(format_count(group.scored))};
  if (group.truncated > 0)
    parts << ScoreCards::tr("%1 truncated").arg(format_count(group.truncated));
  if (group.failed > 0) parts << ScoreCards::tr("%1 failed").arg(format_count(group.failed));
  if (group.unparsed > 0) parts << ScoreCards::tr("%1 unparsed").arg(format_count(group.unparsed));
  return parts.join(QStringLiteral(" · "));
}

std::vector<std::string> capabilities_of(const RunSummary& summary) {
  std::vector<std::string> keys;
  for (const RunColumn& column : summary.columns)
    for (const GroupScore& group : column.capabilities)
      if (std::find(keys.begin(), keys.end(), group.key) == keys.end()) keys.push_back(group.key);
  return keys;
}

}  // namespace

ScoreCards::ScoreCards(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setSpacing(spacing::small);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  setSizePolicy(policy);
}

QWidget* ScoreCards::make_line(const RunSummary& summary, size_t column, const GroupScore& group) {
  auto* line = new QWidget;
  auto* layout = new QGridLayout(line);
  layout->setContentsMargins(spacing::small, 0, 0, 0);  // where the words of the button begin
  layout->setSpacing(0);
  auto* score = new QLabel(format_score(group.score));
  score->setObjectName(QStringLiteral("score"));
  score->setFont(title_font());
  auto* interval = new QLabel(format_interval(group.low, group.high));
  interval->setToolTip(tr("95 % interval"));
  if (interval->text().isEmpty() && group.score) {
    interval->setText(tr("no interval"));
    interval->setForegroundRole(QPalette::PlaceholderText);
    interval->setToolTip(tr("The scores of one of its tasks allow none"));
  }
  layout->addWidget(score, 0, 0);
  layout->addWidget(interval, 0, 1, Qt::AlignLeft | Qt::AlignVCenter);
  layout->setColumnStretch(1, 1);
  layout->setHorizontalSpacing(spacing::small);
  int row = 1;
  if (summary.columns.size() > 1) {
    auto* model = new QLabel(text(summary.columns[column].label));
    model->setWordWrap(true);
    layout->addWidget(model, row++, 0, 1, 2);
  }
  auto* small = new QLabel(counts(group));
  small->setForegroundRole(QPalette::PlaceholderText);
  small->setWordWrap(true);
  layout->addWidget(small, row, 0, 1, 2);
  return line;
}

QWidget* ScoreCards::make_card(const RunSummary& summary, const std::string& capability) {
  auto* card = new QFrame;
  card->setFrameShape(QFrame::StyledPanel);
  card->setMinimumWidth(kCardWidth - spacing::small);
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(spacing::hair, spacing::small, spacing::medium, spacing::small);
  layout->setSpacing(spacing::hair);
  auto* name = new QToolButton;
  name->setText(capability_name(capability));
  name->setAutoRaise(true);
  name->setToolTip(tr("Show the samples"));
  layout->addWidget(name, 0, Qt::AlignLeft);
  QStringList spoken{capability_name(capability)};
  size_t first = summary.columns.size();
  for (size_t column = 0; column < summary.columns.size(); ++column)
    for (const GroupScore& group : summary.columns[column].capabilities)
      if (group.key == capability) {
        first = std::min(first, column);
        layout->addWidget(make_line(summary, column, group));
        spoken << format_score(group.score) << format_interval(group.low, group.high);
      }
  layout->addStretch();
  card->setAccessibleName(spoken.join(QLatin1Char(' ')));
  // The card itself takes no focus: its button tells the scores.
  name->setAccessibleDescription(spoken.mid(1).join(QLatin1Char(' ')));
  connect(name, &QToolButton::clicked, this,
          [this, first, key = text(capability)] { Q_EMIT activated(first, key); });
  return card;
}

void ScoreCards::set_summary(const RunSummary& summary) {
  qDeleteAll(cards_);
  cards_.clear();
  for (const std::string& capability : capabilities_of(summary))
    cards_ << make_card(summary, capability);
  per_row_ = 0;
  arrange();
}

void ScoreCards::arrange() {
  const int fitting = std::clamp(width() / kCardWidth, 1, 6);
  if (fitting == per_row_ || cards_.isEmpty()) return;
  for (int column = 0; column < per_row_; ++column) grid_->setColumnStretch(column, 0);
  per_row_ = fitting;
  for (int i = 0; i < cards_.size(); ++i) grid_->addWidget(cards_[i], i / per_row_, i % per_row_);
  for (int column = 0; column < per_row_; ++column) grid_->setColumnStretch(column, 1);
}

void ScoreCards::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

}  // namespace loom::ui
