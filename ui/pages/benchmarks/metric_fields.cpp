#include "ui/pages/benchmarks/metric_fields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

#include "core/metrics/metric.h"
#include "ui/execution/model_finder.h"
#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmark_words.h"
#include "ui/pages/benchmarks/named.h"
#include "ui/shell/field_message.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

constexpr int kLastLayer = -1;

bool compares_meanings(const std::string& metric) {
  const auto known = find_metric(metric);
  return known && (*known)->source == MetricSource::encoder;
}

// Long names of models and metrics do not widen the form.
void keep_narrow(QComboBox& box) {
  box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box.setMinimumContentsLength(10);
}

}  // namespace

MetricFields::MetricFields(const Workspace& workspace, QFormLayout& form, QWidget* parent)
    : QObject(parent),
      workspace_(workspace),
      form_(form),
      finder_(new ModelFinder(this)),
      metric_(named(new QComboBox(parent), "custom_metric", tr("Score"))),
      message_(new FieldMessage(parent)),
      note_(help_line(QString(), parent)),
      encoder_(named(new QComboBox(parent), "custom_encoder", tr("Encoder"))),
      encoder_message_(new FieldMessage(parent)),
      layer_(named(new QSpinBox(parent), "custom_layer", tr("Layer of the encoder"))) {
  message_->setObjectName(QStringLiteral("metric_message"));
  note_->setObjectName(QStringLiteral("metric_note"));
  encoder_message_->setObjectName(QStringLiteral("encoder_message"));
  encoder_->setPlaceholderText(tr("Looking for encoders…"));
  layer_->setSpecialValueText(tr("The last"));
  layer_->setToolTip(tr("Whose hidden states are compared; 0 is the embeddings"));
  for (QComboBox* box : {metric_, encoder_}) keep_narrow(*box);
  fill_metrics();
  show_layers();
  form.addRow(tr("&Score"), metric_);
  form.addRow(message_);
  form.addRow(note_);
  form.addRow(tr("&Encoder"), encoder_);
  form.addRow(encoder_message_);
  form.addRow(tr("&Layer"), layer_);
  show_what_it_needs();
  connect(metric_, &QComboBox::currentIndexChanged, this, [this] {
    chosen_ = true;  // what is proposed says nothing
    show_what_it_needs();
    Q_EMIT changed();
  });
  connect(encoder_, &QComboBox::currentIndexChanged, this, [this] {
    encoder_message_->set_message({});
    show_layers();
  });
  connect(finder_, &ModelFinder::found, this, &MetricFields::show_encoders);
}

// What has words in this program comes first; the others show their ids.
void MetricFields::fill_metrics() {
  for (bool worded : {true, false})
    for (const Metric& metric : all_metrics()) {
      const QString title = metric_title(metric.id), id = QLatin1String(metric.id);
      if ((title != id) == worded) metric_->addItem(title, id);
    }
  choose("token_f1");
}

void MetricFields::choose(const char* id) {
  metric_->setCurrentIndex(metric_->findData(QLatin1String(id)));
}

void MetricFields::propose(const CustomColumns& columns) {
  if (chosen_) return;
  const QSignalBlocker quiet(metric_);
  choose(columns.choices.empty() ? "token_f1" : "choice");
  show_what_it_needs();
}

std::string MetricFields::metric() const {
  return metric_->currentData().toString().toStdString();
}

void MetricFields::show_what_it_needs() {
  const bool encoder = compares_meanings(metric());
  for (QWidget* field : std::initializer_list<QWidget*>{encoder_, layer_})
    form_.setRowVisible(field, encoder);
  encoder_message_->set_message({});
  QString note;
  if (encoder)
    note = tr("Scores of other encoders or layers are not comparable.");
  else if (metric() == "reference_perplexity")
    note =
        tr("The tested model reads the right answers behind its prompt. What it answers itself "
           "is not scored.");
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  if (!encoder || searched_) return;
  searched_ = true;
  finder_->search(workspace_.model_folders());
}

void MetricFields::show_encoders(const std::vector<LocalModel>& models) {
  encoders_.clear();
  encoder_->clear();
  for (const LocalModel& model : models)
    if (model.supported && !model.answers) {
      encoders_.push_back(model);
      encoder_->addItem(text(model.name), text(model.path.string()));
    }
  encoder_->setPlaceholderText(encoders_.empty() ? tr("No encoder is on this machine yet")
                                                 : tr("Choose an encoder"));
  encoder_->setCurrentIndex(encoders_.size() == 1 ? 0 : -1);
  show_layers();
}

void MetricFields::show_layers() {
  const int chosen = encoder_->currentIndex();
  const bool known = chosen >= 0 && chosen < static_cast<int>(encoders_.size());
  const size_t layers = known ? encoders_[static_cast<size_t>(chosen)].layers : 0;
  layer_->setRange(kLastLayer, static_cast<int>(std::min<size_t>(layers, 1000)));
  layer_->setValue(kLastLayer);  // another encoder's layer of that number is another thing
  layer_->setEnabled(known);
}

void MetricFields::write(CustomBenchmark& benchmark) const {
  benchmark.metric = metric();
  if (!compares_meanings(benchmark.metric) || encoder_->currentIndex() < 0) return;
  benchmark.metric_parameters["encoder"] = encoder_->currentData().toString().toStdString();
  if (layer_->value() != kLastLayer) benchmark.metric_parameters["layer"] = layer_->value();
}

bool MetricFields::explain() {
  if (!compares_meanings(metric()) || encoder_->currentIndex() >= 0) return true;
  encoder_message_->set_message(
      encoder_->count() > 0 || finder_->is_searching()
          ? tr("Choose the encoder that compares answers with references.")
          : tr("Get a BERT or RoBERTa model first: Models, Add model. For example "
               "sentence-transformers/all-MiniLM-L6-v2."));
  encoder_->setFocus(Qt::OtherFocusReason);
  return false;
}

}  // namespace loom::ui
