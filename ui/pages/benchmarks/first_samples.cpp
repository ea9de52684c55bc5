#include "ui/pages/benchmarks/first_samples.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/execution/model_finder.h"
#include "ui/execution/workspace.h"
#include "ui/shell/fact_list.h"
#include "ui/shell/quantity_text.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

constexpr int kPromptHeight = 240;
constexpr int kSettle_ms = 250;
constexpr size_t kSamples = 5;
constexpr qsizetype kHead = 700, kTail = 500;  // characters of the prompt that are shown

QString shortened(const QString& prompt) {
  if (prompt.size() <= kHead + kTail) return prompt;
  return prompt.left(kHead) + QStringLiteral("\n\n[…]\n\n") + prompt.right(kTail);
}

QString references_text(const std::vector<std::string>& references) {
  QStringList lines;
  for (const std::string& reference : references) lines << QString::fromStdString(reference);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

FirstSamples::FirstSamples(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      models_(new ModelFinder(this)),
      settle_(new QTimer(this)),
      model_(new QComboBox(this)),
      sample_(new QWidget(this)),
      position_(new QLabel(sample_)),
      note_(new QLabel(this)),
      prompt_(new QPlainTextEdit(sample_)),
      facts_(new FactList(sample_)) {
  model_->setObjectName(QStringLiteral("sample_model"));
  model_->setAccessibleName(tr("Model that would get the samples"));
  model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  note_->setObjectName(QStringLiteral("sample_note"));
  note_->setWordWrap(true);
  note_->setForegroundRole(QPalette::PlaceholderText);
  position_->setObjectName(QStringLiteral("sample_position"));
  position_->setWordWrap(true);
  prompt_->setObjectName(QStringLiteral("sample_prompt"));
  prompt_->setAccessibleName(tr("Prompt of the sample"));
  prompt_->setReadOnly(true);
  prompt_->setTabChangesFocus(true);
  prompt_->setFont(fixed_font());
  prompt_->setFixedHeight(kPromptHeight);
  previous_ = step_button(tr("Sample before"), -1);
  next_ = step_button(tr("Next sample"), 1);
  auto* row = new QHBoxLayout;
  for (QWidget* part : std::initializer_list<QWidget*>{previous_, next_}) row->addWidget(part);
  row->addWidget(position_, 1);
  auto* inner = new QVBoxLayout(sample_);
  inner->setContentsMargins(0, 0, 0, 0);
  inner->addLayout(row);
  inner->addWidget(prompt_);
  inner->addWidget(facts_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  for (QWidget* part : std::initializer_list<QWidget*>{model_, note_, sample_})
    column->addWidget(part);
  settle_->setSingleShot(true);
  settle_->setInterval(kSettle_ms);
  connect(settle_, &QTimer::timeout, this, &FirstSamples::request);
  connect(models_, &ModelFinder::found, this, &FirstSamples::set_models);
  connect(model_, &QComboBox::activated, this, &FirstSamples::ask);
  connect(&finder_, &SampleFinder::found, this, &FirstSamples::show_samples);
  connect(&finder_, &SampleFinder::failed, this,
          [this](const QString& reason) { show_note(tr("No sample: %1").arg(reason)); });
  show_note({});
}

QToolButton* FirstSamples::step_button(const QString& words, int step) {
  auto* button = new QToolButton(sample_);
  button->setArrowType(step < 0 ? Qt::LeftArrow : Qt::RightArrow);
  button->setAccessibleName(words);
  button->setToolTip(words);
  button->setObjectName(step < 0 ? QStringLiteral("previous_sample")
                                 : QStringLiteral("next_sample"));
  connect(button, &QToolButton::clicked, this,
          [this, step] { show_sample(index_ + static_cast<size_t>(step)); });
  return button;
}

void FirstSamples::look_for_models() {
  models_->search(workspace_.model_folders());
}

void FirstSamples::set_models(const std::vector<LocalModel>& models) {
  const QString chosen = model_->currentData().toString();
  model_->clear();
  for (const LocalModel& model : models)
    if (model.can_answer())
      model_->addItem(QString::fromStdString(model.name),
                      QString::fromStdString(model.path.string()));
  model_->setCurrentIndex(std::max(0, model_->findData(chosen)));
  model_->setVisible(model_->count() > 0);
  ask();
}

void FirstSamples::show_task(const BenchmarkDescription& benchmark, const TaskDescription* task) {
  if (!task && !benchmark.tasks.empty()) task = &benchmark.tasks.front();
  wanted_ = {};
  wanted_.catalog = &workspace_.catalog();
  wanted_.benchmark = benchmark.id;
  wanted_.task = task ? task->id : std::string();
  const auto& lengths = benchmark.lengths;
  wanted_.length_tokens = lengths.empty() ? 0 : *std::min_element(lengths.begin(), lengths.end());
  wanted_.samples = kSamples;
  wanted_.data_folder = workspace_.data_folder();
  ask();
}

void FirstSamples::show_nothing() {
  wanted_ = {};
  settle_->stop();
  finder_.cancel();
}

void FirstSamples::ask() {
  finder_.cancel();
  settle_->stop();
  if (wanted_.benchmark.empty()) return;
  if (model_->count() == 0) {
    show_note(models_->is_searching()
                  ? tr("Looking for models.")
                  : tr("Samples are made with a model's tokenizer: add a model first."));
    return;
  }
  show_note(tr("Making the first samples."));
  settle_->start();
}

void FirstSamples::request() {
  wanted_.model = model_->currentData().toString().toStdString();
  finder_.request(wanted_);
}

void FirstSamples::show_samples(const std::vector<SamplePreview>& samples) {
  samples_ = samples;
  show_sample(0);
}

void FirstSamples::show_sample(size_t index) {
  if (index >= samples_.size()) return;
  index_ = index;
  const SamplePreview& sample = samples_[index];
  const Truncation& cut = sample.prompt.truncation;
  QString position = tr("%1 of the first %2: %3, %4")
                         .arg(count_text(index + 1), count_text(samples_.size()),
                              QString::fromStdString(sample.id),
                              tokens_text(sample.prompt.ids.size()));
  if (cut.cut)
    position += tr(", cut from %1 to fit the model (%2)")
                    .arg(tokens_text(cut.intended_tokens),
                         QString::fromLatin1(to_string(sample.truncation)));
  position_->setText(position);
  prompt_->setPlainText(shortened(QString::fromStdString(sample.prompt.text)));
  facts_->set_facts({{tr("Reference"), shortened(references_text(sample.references))}});
  previous_->setEnabled(index > 0);
  next_->setEnabled(index + 1 < samples_.size());
  note_->hide();
  sample_->show();
}

void FirstSamples::show_note(const QString& note) {
  samples_.clear();
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  sample_->hide();
}

}  // namespace loom::ui
