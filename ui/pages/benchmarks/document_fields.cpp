#include "ui/pages/benchmarks/document_fields.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/field_message.h"
#include "ui/shell/theme.h"
#include "ui/wizards/token_counts.h"

namespace loom::ui {
namespace {

std::optional<std::vector<int>> parse_depths(const QString& text) {
  static const QRegularExpression kBetween(QStringLiteral("[,;%\\s]+"));
  std::vector<int> depths;
  for (const QString& part : text.split(kBetween, Qt::SkipEmptyParts)) {
    bool whole = false;
    const int depth = part.toInt(&whole);
    if (!whole || depth < 0 || depth > 100) return std::nullopt;
    depths.push_back(depth);
  }
  if (depths.empty() || depths.size() > 100) return std::nullopt;
  return depths;
}

std::optional<std::vector<size_t>> parse_lengths(const QString& text) {
  auto lengths = parse_token_list(text);
  const bool fit =
      lengths && !lengths->empty() && lengths->size() <= 100 &&
      std::all_of(lengths->begin(), lengths->end(), [](size_t tokens) { return tokens >= 256; });
  return fit ? lengths : std::nullopt;
}

}  // namespace

DocumentFields::DocumentFields(QWidget* parent)
    : QWidget(parent),
      lengths_(add_list("document_lengths", tr("Lengths"), QStringLiteral("1k, 2k, 4k, 8k"))),
      depths_(add_list("document_depths", tr("Depths"), QStringLiteral("0, 25, 50, 75, 100"))),
      needles_(new QSpinBox(this)),
      tasks_message_(new FieldMessage(this)),
      lengths_message_(new FieldMessage(this)),
      depths_message_(new FieldMessage(this)) {
  auto* boxes = new QVBoxLayout;
  boxes->setSpacing(spacing::hair);
  for (const auto& [id, words] : {std::pair("needle", tr("One needle")),
                                  std::pair("multi_needle", tr("Several needles at once")),
                                  std::pair("order", tr("The order of several needles"))}) {
    auto* box = new QCheckBox(words, this);
    box->setObjectName(QLatin1String("task_") + QLatin1String(id));
    box->setChecked(true);
    boxes->addWidget(box);
    tasks_.emplace_back(id, box);
  }
  needles_->setObjectName(QStringLiteral("document_needles"));
  needles_->setAccessibleName(tr("Needles at once"));
  needles_->setRange(2, static_cast<int>(kHouseNeedles));
  needles_->setValue(4);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("Tasks"), boxes);
  form->addRow(tasks_message_);
  form->addRow(tr("&Lengths, tokens"), lengths_);
  form->addRow(lengths_message_);
  form->addRow(tr("&Depths, %"), depths_);
  form->addRow(depths_message_);
  form->addRow(tr("&Needles at once"), needles_);
  form->addRow(help_line(tr("A needle is a sentence of ours that is hidden in the text of your "
                            "documents. Each depth is one sample of each task and length; lengths "
                            "are exact for every model."),
                         this));
}

QLineEdit* DocumentFields::add_list(const char* object, const QString& name, const QString& text) {
  auto* line = new QLineEdit(text, this);
  line->setObjectName(QLatin1String(object));
  line->setAccessibleName(name);
  return line;
}

void DocumentFields::write(CustomBenchmark& benchmark) const {
  benchmark.tasks.clear();
  for (const auto& [id, box] : tasks_)
    if (box->isChecked()) benchmark.tasks.emplace_back(id);
  benchmark.lengths = parse_lengths(lengths_->text()).value_or(std::vector<size_t>{});
  benchmark.depths = parse_depths(depths_->text()).value_or(std::vector<int>{});
  benchmark.needles = static_cast<size_t>(needles_->value());
}

bool DocumentFields::explain() {
  const bool task = std::any_of(tasks_.begin(), tasks_.end(),
                                [](const auto& one) { return one.second->isChecked(); });
  const bool lengths = parse_lengths(lengths_->text()).has_value();
  const bool depths = parse_depths(depths_->text()).has_value();
  tasks_message_->set_message(task ? QString() : tr("Tick at least one task."));
  lengths_message_->set_message(
      lengths ? QString() : tr("Write lengths of 256 tokens or more, for example 4k, 8k."));
  depths_message_->set_message(depths ? QString()
                                      : tr("Write depths from 0 to 100, for example 0, 50, 100."));
  if (!task)
    tasks_.front().second->setFocus();
  else if (!lengths)
    lengths_->setFocus();
  else if (!depths)
    depths_->setFocus();
  return task && lengths && depths;
}

}  // namespace loom::ui
