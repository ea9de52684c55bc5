#include "ui/wizards/benchmark_panel.h"

#include <QLabel>
#include <QShowEvent>
#include <QVBoxLayout>
#include <set>

#include "ui/pages/benchmarks/benchmark_files.h"
#include "ui/pages/benchmarks/benchmark_words.h"
#include "ui/pages/benchmarks/first_samples.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"
#include "ui/wizards/length_chooser.h"
#include "ui/wizards/parameter_field.h"
#include "ui/wizards/parameter_form.h"

namespace loom::ui {
namespace {

constexpr double kMostSamples = 1'000'000;

QString fact(const QString& name, const QString& value) {
  if (value.isEmpty()) return {};
  return QStringLiteral("<p style=\"margin-bottom:8px\"><b>%1</b><br>%2</p>")
      .arg(name, value.toHtmlEscaped());
}

QString facts_of(const BenchmarkDescription& benchmark) {
  std::set<std::string> languages(benchmark.languages.begin(), benchmark.languages.end());
  QStringList metrics;
  for (const TaskDescription& task : benchmark.tasks) {
    if (const QString title = metric_title(task.metric); !metrics.contains(title)) metrics << title;
    languages.insert(task.language);
  }
  return fact(BenchmarkPanel::tr("Metric"), metrics.join(QStringLiteral("; "))) +
         fact(BenchmarkPanel::tr("Tasks"), format_count(benchmark.tasks.size())) +
         fact(BenchmarkPanel::tr("Languages"),
              language_names({languages.begin(), languages.end()})) +
         fact(BenchmarkPanel::tr("Version"), text(benchmark.version)) +
         fact(BenchmarkPanel::tr("Licence"), text(benchmark.licence)) +
         fact(BenchmarkPanel::tr("Citation"), text(benchmark.citation)) +
         fact(BenchmarkPanel::tr("Paper"), text(benchmark.paper));
}

Parameter samples_parameter(const BenchmarkDescription& benchmark) {
  Parameter samples;
  samples.id = "samples";
  samples.label = BenchmarkPanel::tr("Samples per task and length").toStdString();
  samples.type = "integer";
  samples.default_value = 0;
  samples.minimum = 0;
  samples.maximum = kMostSamples;
  const bool own = benchmark.default_samples > 0;
  const QString number = format_count(benchmark.default_samples);
  samples.help = (own ? BenchmarkPanel::tr("0 takes the benchmark's default of %1.").arg(number)
                      : BenchmarkPanel::tr("0 takes each task's official number."))
                     .toStdString();
  samples.default_label = (own ? BenchmarkPanel::tr("default %1").arg(number)
                               : BenchmarkPanel::tr("default: official number"))
                              .toStdString();
  samples.effect =
      BenchmarkPanel::tr("More samples narrow the interval and take longer.").toStdString();
  return samples;
}

QLabel* wrapped(const QString& name, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

}  // namespace

BenchmarkPanel::BenchmarkPanel(Workspace& workspace, QWidget* parent) : QScrollArea(parent) {
  setObjectName(QStringLiteral("benchmark_panel"));
  setAccessibleName(tr("About the benchmark"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(12, 0, 12, 12);
  column->setSpacing(12);
  title_ = wrapped(QStringLiteral("benchmark_title"), content);
  QFont bold = title_->font();
  bold.setBold(true);
  bold.setPointSizeF(bold.pointSizeF() * 1.2);
  title_->setFont(bold);
  column->addWidget(title_);
  summary_ = wrapped(QStringLiteral("benchmark_summary"), content);
  column->addWidget(summary_);
  files_ = new BenchmarkFiles(workspace, content);
  column->addWidget(files_);
  settings_ = create_settings();
  column->addWidget(settings_);
  facts_ = wrapped(QStringLiteral("benchmark_facts"), content);
  column->addWidget(facts_);
  auto* heading = wrapped(QStringLiteral("examples_title"), content);
  heading->setText(tr("Example prompts"));
  QFont strong = heading->font();
  strong.setBold(true);
  heading->setFont(strong);
  examples_title_ = heading;
  column->addWidget(examples_title_);
  examples_ = new FirstSamples(workspace, content);
  column->addWidget(examples_);
  column->addStretch(1);
  setWidget(content);
  show_nothing();
}

QWidget* BenchmarkPanel::create_settings() {
  auto* group = new QWidget(this);
  auto* column = new QVBoxLayout(group);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(12);
  length_label_ = new QLabel(tr("Lengths in tokens"), group);
  lengths_ = new LengthChooser(group);
  samples_ = new ParameterForm(group);
  parameters_ = new ParameterForm(group);
  for (QWidget* widget : {static_cast<QWidget*>(length_label_), static_cast<QWidget*>(lengths_),
                          static_cast<QWidget*>(samples_), static_cast<QWidget*>(parameters_)})
    column->addWidget(widget);
  connect(lengths_, &LengthChooser::changed, this, &BenchmarkPanel::changed);
  connect(samples_, &ParameterForm::changed, this, &BenchmarkPanel::changed);
  connect(parameters_, &ParameterForm::changed, this, &BenchmarkPanel::changed);
  return group;
}

void BenchmarkPanel::show_nothing() {
  benchmark_ = nullptr;
  title_->setText(tr("Benchmarks"));
  summary_->setText(
      tr("Tick what to evaluate. Select a benchmark to read what it measures and to set its "
         "lengths and samples."));
  files_->show_benchmark(nullptr);
  facts_->clear();
  settings_->hide();
  examples_->show_nothing();
  examples_title_->hide();
  examples_->hide();
}

// Models are looked for once somebody looks: their tokenizers make the prompts.
void BenchmarkPanel::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  if (!event->spontaneous()) examples_->look_for_models();
}

void BenchmarkPanel::show_examples(const std::string& task) {
  if (benchmark_)
    examples_->show_task(*benchmark_, task.empty() ? nullptr : benchmark_->task(task));
}

void BenchmarkPanel::show_benchmark(const BenchmarkDescription& benchmark,
                                    const PlanBenchmark& settings) {
  benchmark_ = &benchmark;
  title_->setText(registry_text(benchmark.title, benchmark.custom != nullptr));
  summary_->setText(registry_text(benchmark.summary, benchmark.custom != nullptr));
  facts_->setText(facts_of(benchmark));
  suite_ = settings.suite;
  suite_lengths_ = settings.lengths;
  const bool has_lengths = !benchmark.lengths.empty(), own = !suite_.empty();
  files_->show_benchmark(own ? nullptr : &benchmark);
  length_label_->setText(own ? tr("Read whole from the suite's own files.")
                             : tr("Lengths in tokens"));
  length_label_->setVisible(has_lengths || own);
  lengths_->setVisible(has_lengths && !own);
  lengths_->show_lengths(
      benchmark.lengths,
      settings.lengths.empty() || own ? benchmark.default_lengths : settings.lengths,
      benchmark.minimum_length);
  samples_->set_parameters({samples_parameter(benchmark)});
  samples_->set_values({{"samples", settings.samples}});
  parameters_->set_parameters(benchmark.parameters);
  parameters_->set_values(settings.parameters);
  parameters_->setVisible(!benchmark.parameters.empty());
  settings_->show();
  examples_title_->show();
  examples_->show();
}

PlanBenchmark BenchmarkPanel::settings() const {
  PlanBenchmark settings;
  if (!benchmark_) return settings;
  settings.id = benchmark_->id;
  if (!benchmark_->lengths.empty()) settings.lengths = lengths_->chosen();
  if (settings.lengths == benchmark_->default_lengths) settings.lengths.clear();
  settings.suite = suite_;
  if (!suite_.empty()) settings.lengths = suite_lengths_;
  settings.samples = samples_->values().value("samples", size_t{0});
  settings.parameters = parameters_->changed_values();
  return settings;
}

BenchmarkPanel::Draft BenchmarkPanel::draft() const {
  return {settings(), lengths_->chosen(), lengths_->input(), samples_->inputs(),
          parameters_->inputs()};
}

void BenchmarkPanel::show_draft(const BenchmarkDescription& benchmark, const Draft& draft) {
  show_benchmark(benchmark, draft.settings);
  lengths_->show_lengths(benchmark.lengths, draft.lengths, benchmark.minimum_length);
  lengths_->set_input(draft.further_lengths);
  samples_->set_inputs(draft.samples);
  parameters_->set_inputs(draft.parameters);
}

bool BenchmarkPanel::is_valid() const {
  return !benchmark_ ||
         ((benchmark_->lengths.empty() || !suite_.empty() || lengths_->problem().isEmpty()) &&
          samples_->is_valid() && parameters_->is_valid());
}

void BenchmarkPanel::focus_lengths() {
  lengths_->focus_input();
}

void BenchmarkPanel::focus_first_problem() {
  if (!benchmark_) return;
  if (!benchmark_->lengths.empty() && suite_.empty() && !lengths_->problem().isEmpty()) {
    lengths_->focus_problem();
  } else if (!samples_->is_valid()) {
    samples_->focus_first_problem();
  } else {
    parameters_->focus_first_problem();
  }
}

}  // namespace loom::ui
