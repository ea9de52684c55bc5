#include "ui/pages/benchmarks/benchmark_details.h"

#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include "core/catalog/custom_benchmark.h"
#include "ui/pages/benchmarks/benchmark_files.h"
#include "ui/pages/benchmarks/benchmark_words.h"
#include "ui/pages/benchmarks/first_samples.h"
#include "ui/shell/fact_list.h"
#include "ui/shell/quantity_text.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"

namespace loom::ui {
namespace {

QString required_files(const BenchmarkDescription& benchmark) {
  QStringList lines;
  for (const DataFile& file : benchmark.files)
    lines << (file.required ? text(file.path)
                            : BenchmarkDetails::tr("%1 (optional)").arg(text(file.path)));
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

BenchmarkDetails::BenchmarkDetails(Workspace& workspace, QWidget* parent) : QScrollArea(parent) {
  setObjectName(QStringLiteral("benchmark_details"));
  setAccessibleName(tr("Details of the benchmark"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);  // the card inside has the border
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new Card(QString(), this);
  title_ = new QLabel(content);
  title_->setFont(heading_font());
  title_->setWordWrap(true);
  summary_ = new QLabel(content);
  summary_->setWordWrap(true);
  summary_->setTextFormat(Qt::PlainText);
  files_ = new BenchmarkFiles(workspace, content);
  facts_ = new FactList(content);
  auto* heading = new QLabel(tr("Samples"), content);
  heading->setFont(heading_font());
  samples_ = new FirstSamples(workspace, content);
  for (QWidget* part :
       std::initializer_list<QWidget*>{title_, summary_, files_, facts_, heading, samples_})
    content->add(part);
  static_cast<QVBoxLayout*>(content->layout())->addStretch();
  setWidget(content);
  show_nothing();
}

void BenchmarkDetails::show_benchmark(const BenchmarkDescription& benchmark,
                                      const TaskDescription* task,
                                      const std::filesystem::path& folder) {
  const bool own = benchmark.custom != nullptr;
  const QString title = registry_text(benchmark.title, own);
  title_->setText(task ? tr("%1 · %2").arg(title, registry_text(task->title, own)) : title);
  summary_->setText(
      registry_text(task && !task->help.empty() ? task->help : benchmark.summary, own));
  const std::string& capability =
      task && !task->capability.empty() ? task->capability : benchmark.capability;
  QList<Fact> facts{{tr("Capability"), capability_name(capability)}};
  if (task) {
    facts << Fact{tr("Language"), language_names({task->language})}
          << Fact{tr("Score"), metric_title(task->metric)}
          << Fact{tr("Answer, at most"), tokens_text(uint64_t(task->max_new_tokens))};
    if (task->official_samples)
      facts << Fact{tr("Official samples"), count_text(task->official_samples)};
  } else {
    facts << Fact{tr("Tasks"), count_text(benchmark.tasks.size())}
          << Fact{tr("Languages"), language_names(benchmark.languages)};
  }
  facts << Fact{tr("Lengths"), lengths_text(benchmark.lengths)}
        << Fact{tr("Licence"), text(benchmark.licence)}
        << Fact{tr("Citation"), text(benchmark.citation)}
        << Fact{tr("Paper"), text(benchmark.paper)} << Fact{tr("Version"), text(benchmark.version)};
  if (benchmark.custom)
    facts << Fact{tr("Own data"), text(benchmark.custom->data.string()), true};
  else if (!benchmark.files.empty())
    facts << Fact{tr("Official files"), required_files(benchmark), true}
          << Fact{tr("Folder for them"), text(folder.string()), true};
  files_->show_benchmark(&benchmark);
  facts_->set_facts(facts);
  samples_->show_task(benchmark, task);
  widget()->show();
  verticalScrollBar()->setValue(0);
}

void BenchmarkDetails::show_nothing() {
  samples_->show_nothing();
  widget()->hide();
}

void BenchmarkDetails::look_for_models() {
  samples_->look_for_models();
}

}  // namespace loom::ui
