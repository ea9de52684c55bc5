#include "ui/pages/benchmarks/answer_fields.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/pages/benchmarks/column_fields.h"
#include "ui/pages/benchmarks/metric_fields.h"
#include "ui/pages/benchmarks/named.h"

namespace loom::ui {
namespace {

constexpr int kUsualLimit = 64;
constexpr int kUnscoredLimit = 1;  // of an answer that is there to read and counts for nothing

}  // namespace

AnswerFields::AnswerFields(const Workspace& workspace, QWidget* parent)
    : QWidget(parent), columns_(new ColumnFields(this)) {
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(columns_);
  column->addLayout(form);
  column->addStretch();
  metric_ = new MetricFields(workspace, *form, this);
  prefix_ = named(new QLineEdit(QStringLiteral("Answer:"), this), "custom_prefix",
                  tr("Answer begins with"));
  limit_ = named(new QSpinBox(this), "custom_limit", tr("Answer, at most, tokens"));
  limit_->setRange(1, 1'000'000);
  limit_->setValue(kUsualLimit);
  chat_ = new QCheckBox(tr("Use the model's chat template"), this);
  chat_->setObjectName(QStringLiteral("custom_chat"));
  chat_->setChecked(true);
  form->addRow(tr("Answer &begins"), prefix_);
  form->addRow(tr("At &most, tokens"), limit_);
  form->addRow(chat_);
  connect(columns_, &ColumnFields::changed, this, &AnswerFields::changed);
  connect(prefix_, &QLineEdit::textChanged, this, &AnswerFields::changed);
  connect(metric_, &MetricFields::changed, this, &AnswerFields::changed);
  connect(limit_, &QSpinBox::valueChanged, this, [this] { limited_ = true; });
}

void AnswerFields::propose() {
  metric_->propose(columns_->columns());
  if (limited_) return;
  const QSignalBlocker quiet(limit_);
  limit_->setValue(metric_->metric() == "reference_perplexity" ? kUnscoredLimit : kUsualLimit);
}

void AnswerFields::write(CustomBenchmark& benchmark) const {
  benchmark.columns = columns_->columns();
  benchmark.answer_prefix = prefix_->text().toStdString();
  benchmark.max_new_tokens = limit_->value();
  benchmark.chat_template = chat_->isChecked();
  metric_->write(benchmark);
}

}  // namespace loom::ui
