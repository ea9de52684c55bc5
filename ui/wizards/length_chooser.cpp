#include "ui/wizards/length_chooser.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "ui/shell/field_message.h"
#include "ui/wizards/token_counts.h"

namespace loom::ui {
namespace {
constexpr int kChipsPerRow = 5;
constexpr size_t kMostLengths = 1000;  // of a plan's benchmark
}  // namespace

LengthChooser::LengthChooser(QWidget* parent)
    : QWidget(parent),
      chip_grid_(new QGridLayout),
      own_(new QLineEdit(this)),
      message_(new FieldMessage(this)) {
  own_->setObjectName(QStringLiteral("own_lengths"));
  own_->setAccessibleName(tr("Further lengths in tokens"));
  own_->setPlaceholderText(tr("further lengths, for example 6k, 100000"));
  message_->setObjectName(QStringLiteral("own_lengths_message"));
  connect(own_, &QLineEdit::textEdited, this, &LengthChooser::edited);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  chip_grid_->setSpacing(4);
  chip_grid_->setColumnStretch(kChipsPerRow, 1);
  column->addLayout(chip_grid_);
  column->addWidget(own_);
  column->addWidget(message_);
}

void LengthChooser::show_lengths(const std::vector<size_t>& offered,
                                 const std::vector<size_t>& chosen, size_t shortest) {
  shortest_ = shortest;
  for (QToolButton* chip : chips_) delete chip;
  chips_.clear();
  offered_ = offered;
  auto is_in = [](const std::vector<size_t>& list, size_t length) {
    return std::find(list.begin(), list.end(), length) != list.end();
  };
  int widest = 0;
  for (size_t length : offered) {
    auto* chip = new QToolButton(this);
    chip->setText(format_tokens(length));
    chip->setObjectName(QStringLiteral("length_%1").arg(length));
    chip->setAccessibleName(tr("%L1 tokens").arg(length));
    chip->setCheckable(true);
    chip->setChecked(is_in(chosen, length));
    connect(chip, &QToolButton::toggled, this, &LengthChooser::edited);
    const int place = static_cast<int>(chips_.size());
    chip_grid_->addWidget(chip, place / kChipsPerRow, place % kChipsPerRow);
    chips_.push_back(chip);
    widest = std::max(widest, chip->sizeHint().width());
  }
  for (QToolButton* chip : chips_) chip->setMinimumWidth(widest);  // the columns are alike
  QStringList further;
  for (size_t length : chosen)
    if (!is_in(offered, length)) further << QString::number(length);
  own_->setText(further.join(QStringLiteral(", ")));
  message_->set_message(problem());
}

std::vector<size_t> LengthChooser::chosen() const {
  std::set<size_t> lengths;
  for (size_t i = 0; i < chips_.size(); ++i)
    if (chips_[i]->isChecked()) lengths.insert(offered_[i]);
  for (size_t length : parse_token_list(own_->text()).value_or(std::vector<size_t>{}))
    lengths.insert(length);
  return {lengths.begin(), lengths.end()};
}

QString LengthChooser::input() const {
  return own_->text();
}

void LengthChooser::set_input(const QString& input) {
  own_->setText(input);
  message_->set_message(problem());
}

QString LengthChooser::problem() const {
  auto own = parse_token_list(own_->text());
  if (!own) return tr("Enter token counts with commas between, for example 6k, 100000.");
  if (chosen().size() > kMostLengths) return tr("Choose at most %L1 lengths.").arg(kMostLengths);
  for (size_t length : *own)
    if (length < shortest_)
      return tr("A length of %L1 tokens is too short; use %L2 or more.").arg(length).arg(shortest_);
  if (!offered_.empty() && chosen().empty()) return tr("Choose at least one length.");
  return {};
}

void LengthChooser::focus_problem() {
  message_->set_message(problem());
  if (!problem().isEmpty()) own_->setFocus(Qt::OtherFocusReason);
}

void LengthChooser::focus_input() {
  own_->setFocus(Qt::OtherFocusReason);
}

void LengthChooser::edited() {
  message_->set_message(problem());
  Q_EMIT changed();
}

}  // namespace loom::ui
