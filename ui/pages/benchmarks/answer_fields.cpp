#include "ui/pages/benchmarks/answer_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "core/metrics/metric.h"
#include "ui/pages/benchmarks/benchmark_words.h"
#include "ui/pages/benchmarks/column_fields.h"
#include "ui/wizards/field_message.h"

namespace loom::ui {
namespace {

template <typename Field>
Field* named(Field* field, const char* object, const QString& name) {
  field->setObjectName(QLatin1String(object));
  field->setAccessibleName(name);
  return field;
}

}  // namespace

AnswerFields::AnswerFields(QWidget* parent)
    : QWidget(parent),
      columns_(new ColumnFields(this)),
      metric_(named(new QComboBox(this), "custom_metric", tr("Score"))),
      metric_message_(new FieldMessage(this)),
      prefix_(named(new QLineEdit(this), "custom_prefix", tr("Answer begins with"))),
      limit_(named(new QSpinBox(this), "custom_limit", tr("Answer, at most, tokens"))),
      chat_(new QCheckBox(tr("Use the model's chat template"), this)) {
  metric_message_->setObjectName(QStringLiteral("metric_message"));
  fill_metrics();
  limit_->setRange(1, 1'000'000);
  limit_->setValue(64);
  prefix_->setText(QStringLiteral("Answer:"));
  chat_->setObjectName(QStringLiteral("custom_chat"));
  chat_->setChecked(true);
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("&Score"), metric_);
  form->addRow(metric_message_);
  form->addRow(tr("Answer &begins"), prefix_);
  form->addRow(tr("At &most, tokens"), limit_);
  form->addRow(chat_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(columns_);
  column->addLayout(form);
  column->addStretch();
  connect(columns_, &ColumnFields::changed, this, &AnswerFields::changed);
  connect(prefix_, &QLineEdit::textChanged, this, &AnswerFields::changed);
  connect(metric_, &QComboBox::currentIndexChanged, this, &AnswerFields::changed);
  connect(metric_, &QComboBox::activated, this, [this] { chosen_ = true; });
}

// What has words in this program comes first; the others show their ids.
void AnswerFields::fill_metrics() {
  metric_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  metric_->setMinimumContentsLength(10);
  for (bool worded : {true, false})
    for (const Metric& metric : all_metrics()) {
      if (metric.source == MetricSource::encoder) continue;  // its encoder has no field here
      const QString title = metric_title(metric.id), id = QLatin1String(metric.id);
      if ((title != id) == worded) metric_->addItem(title, id);
    }
  choose_metric(QStringLiteral("token_f1"));
}

void AnswerFields::choose_metric(const QString& id) {
  metric_->setCurrentIndex(metric_->findData(id));
}

void AnswerFields::propose_metric() {
  if (chosen_) return;
  const QSignalBlocker quiet(metric_);
  choose_metric(columns_->columns().choices.empty() ? QStringLiteral("token_f1")
                                                    : QStringLiteral("choice"));
}

void AnswerFields::write(CustomBenchmark& benchmark) const {
  benchmark.columns = columns_->columns();
  benchmark.answer_prefix = prefix_->text().toStdString();
  benchmark.max_new_tokens = limit_->value();
  benchmark.chat_template = chat_->isChecked();
  benchmark.metric = metric_->currentData().toString().toStdString();
}

}  // namespace loom::ui
