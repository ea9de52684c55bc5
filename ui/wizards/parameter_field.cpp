#include "ui/wizards/parameter_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/shell/field_message.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"
#include "ui/wizards/token_counts.h"

namespace loom::ui {
namespace {

constexpr int kControlWidth = 220;

QString number_text(double value) {
  return QLocale().toString(value, 'g', QLocale::FloatingPointShortest);
}

QString list_text(const nlohmann::json& value) {
  QStringList parts;
  for (const auto& item : value) parts << QString::number(item.get<qint64>());
  return parts.join(QStringLiteral(", "));
}

QString value_text(const Parameter& parameter, const nlohmann::json& value) {
  if (parameter.type == "integer" && value.is_number_unsigned())
    return QString::number(value.get<quint64>());
  if (parameter.type == "integer" && value.is_number()) return QString::number(value.get<qint64>());
  if (parameter.type == "number" && value.is_number()) return number_text(value.get<double>());
  if (parameter.type == "integer_list" && value.is_array()) return list_text(value);
  return value.is_string() ? text(value.get<std::string>()) : QString();
}

std::optional<double> parse_number(const QString& input) {
  bool good = false;
  double value = QLocale().toDouble(input, &good);
  if (!good) value = input.toDouble(&good);
  return good && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<nlohmann::json> parse_integer(const QString& input) {
  bool good = false;
  if (quint64 value = input.toULongLong(&good); good) return nlohmann::json(value);
  if (qint64 value = input.toLongLong(&good); good) return nlohmann::json(value);
  if (auto tokens = parse_tokens(input)) return nlohmann::json(*tokens);
  return std::nullopt;
}

}  // namespace

ParameterField::ParameterField(Parameter parameter, QWidget* parent)
    : QWidget(parent), parameter_(std::move(parameter)) {
  message_ = new FieldMessage(this);
  create_control();
  control()->setObjectName(text(parameter_.id));
  control()->setAccessibleName(registry_text(parameter_.label));
  // What a tool tip says is heard too.
  control()->setAccessibleDescription(
      QStringList{registry_text(parameter_.help), registry_text(parameter_.effect)}
          .join(u' ')
          .trimmed());
  control()->setToolTip(registry_text(parameter_.effect));
  message_->setObjectName(text(parameter_.id) + QStringLiteral("_message"));
  lay_out();
  set_value(parameter_.default_value);
}

QWidget* ParameterField::control() const {
  if (line_) return line_;
  if (check_) return check_;
  return combo_;
}

void ParameterField::create_control() {
  if (parameter_.type == "boolean") {
    check_ = new QCheckBox(registry_text(parameter_.label), this);
    connect(check_, &QCheckBox::toggled, this, &ParameterField::edited);
  } else if (parameter_.type == "choice") {
    combo_ = new QComboBox(this);
    for (const std::string& choice : parameter_.choices) combo_->addItem(text(choice));
    combo_->setMinimumWidth(kControlWidth);
    connect(combo_, &QComboBox::currentIndexChanged, this, &ParameterField::edited);
  } else {
    line_ = new QLineEdit(this);
    line_->setMinimumWidth(kControlWidth / 2);  // narrow windows
    line_->setMaximumWidth(kControlWidth);
    connect(line_, &QLineEdit::textEdited, this, &ParameterField::edited);
  }
}

void ParameterField::lay_out() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  if (!check_) {
    auto* label = new QLabel(registry_text(parameter_.label), this);
    label->setBuddy(control());
    column->addWidget(label);
  }
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(control());
  if (!parameter_.unit.empty()) row->addWidget(new QLabel(registry_text(parameter_.unit), this));
  if (const QString fallback = default_text(); !fallback.isEmpty()) {
    QLabel* hint = help_line(fallback, this);
    row->addWidget(hint, 1);  // wraps where the form is narrow
  } else {
    row->addStretch(1);
  }
  column->addLayout(row);
  column->addWidget(message_);
  if (!parameter_.help.empty()) column->addWidget(help_line(registry_text(parameter_.help), this));
}

QString ParameterField::default_text() const {
  if (!line_) return {};
  if (!parameter_.default_label.empty()) return text(parameter_.default_label);
  const QString value = value_text(parameter_, parameter_.default_value);
  return value.isEmpty() ? QString() : tr("default %1").arg(value);
}

void ParameterField::set_choice_titles(const QStringList& titles) {
  for (int i = 0; combo_ && i < combo_->count() && i < titles.size(); ++i)
    combo_->setItemText(i, titles.at(i));
}

void ParameterField::set_above_minimum() {
  above_minimum_ = true;
  show_problem();
}

void ParameterField::set_value(const nlohmann::json& value) {
  const QSignalBlocker quiet(control());
  if (check_) check_->setChecked(value.is_boolean() && value.get<bool>());
  if (line_) line_->setText(value_text(parameter_, value));
  for (size_t i = 0; combo_ && i < parameter_.choices.size(); ++i)
    if (value == parameter_.choices[i]) combo_->setCurrentIndex(static_cast<int>(i));
  show_problem();
}

QString ParameterField::input() const {
  return line_ ? line_->text() : QString();
}

void ParameterField::set_input(const QString& input) {
  if (line_) line_->setText(input);
  show_problem();
}

void ParameterField::edited() {
  show_problem();
  Q_EMIT changed();
}

std::optional<nlohmann::json> ParameterField::parsed() const {
  if (check_) return nlohmann::json(check_->isChecked());
  if (combo_) {
    auto index = static_cast<size_t>(combo_->currentIndex());
    if (index >= parameter_.choices.size()) return std::nullopt;
    return nlohmann::json(parameter_.choices[index]);
  }
  const QString input = line_->text().trimmed();
  if (parameter_.type == "integer") return parse_integer(input);
  if (parameter_.type == "number") {
    auto number = parse_number(input);
    return number ? std::optional<nlohmann::json>(*number) : std::nullopt;
  }
  if (parameter_.type == "integer_list") {
    auto list = parse_token_list(input);
    return list ? std::optional<nlohmann::json>(*list) : std::nullopt;
  }
  return nlohmann::json(input.toStdString());
}

bool ParameterField::in_range(const nlohmann::json& value) const {
  if (value.is_array())
    return std::all_of(value.begin(), value.end(),
                       [this](const nlohmann::json& item) { return in_range(item); });
  if (!value.is_number()) return true;
  double number = value.get<double>();
  if (above_minimum_ && parameter_.minimum && number <= *parameter_.minimum) return false;
  return number >= parameter_.minimum.value_or(number) &&
         number <= parameter_.maximum.value_or(number);
}

std::optional<nlohmann::json> ParameterField::value() const {
  auto value = parsed();
  return value && in_range(*value) ? value : std::nullopt;
}

QString ParameterField::expected() const {
  const bool list = parameter_.type == "integer_list";
  const QString kind = list                          ? tr("Enter whole numbers with commas between")
                       : parameter_.type == "number" ? tr("Enter a number")
                                                     : tr("Enter a whole number");
  if (above_minimum_ && parameter_.minimum && parameter_.maximum)
    return tr("%1 above %2, up to %3.")
        .arg(kind, number_text(*parameter_.minimum), number_text(*parameter_.maximum));
  if (parameter_.minimum && parameter_.maximum)
    return tr("%1 from %2 to %3.")
        .arg(kind, number_text(*parameter_.minimum), number_text(*parameter_.maximum));
  if (parameter_.minimum) return tr("%1, %2 or more.").arg(kind, number_text(*parameter_.minimum));
  if (parameter_.maximum) return tr("%1, at most %2.").arg(kind, number_text(*parameter_.maximum));
  return kind + QLatin1Char('.');
}

QString ParameterField::problem() const {
  return value() ? QString() : expected();
}

void ParameterField::show_problem() {
  message_->set_message(problem());
}

}  // namespace loom::ui
