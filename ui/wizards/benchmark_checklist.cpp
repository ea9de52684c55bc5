#include "ui/wizards/benchmark_checklist.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

#include "ui/shell/column_fit.h"
#include "ui/view_models/data_words.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"
#include "ui/wizards/benchmark_panel.h"

namespace loom::ui {
namespace {

constexpr int kIdRole = Qt::UserRole, kLanguageRole = Qt::UserRole + 1;
constexpr int kNameColumn = 0, kLanguageColumn = 1, kDataColumn = 2;

QTreeWidgetItem* checkable(QTreeWidgetItem* parent, const QString& name) {
  auto* item = new QTreeWidgetItem(parent, {name});
  item->setFlags(item->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsAutoTristate);
  item->setCheckState(kNameColumn, Qt::Unchecked);
  return item;
}

std::vector<QTreeWidgetItem*> items_of(const QTreeWidgetItem* parent) {
  std::vector<QTreeWidgetItem*> items;
  for (int i = 0; i < parent->childCount(); ++i) items.push_back(parent->child(i));
  return items;
}

std::string id_of(const QTreeWidgetItem* item) {
  return item->data(kNameColumn, kIdRole).toString().toStdString();
}

}  // namespace

BenchmarkChecklist::BenchmarkChecklist(QWidget* parent) : QTreeWidget(parent) {
  setObjectName(QStringLiteral("benchmark_tree"));
  setAccessibleName(tr("Benchmarks and their tasks"));
  setHeaderLabels({tr("Benchmark"), tr("Language"), tr("Data")});
  // Names come first: tasks of one benchmark differ in their last words. Languages give way.
  new ColumnFit(*this, *header(), {{270, 210, true}, {140, 60}, {125, 100}});
  setTextElideMode(Qt::ElideMiddle);
  setUniformRowHeights(true);
  connect(this, &QTreeWidget::itemChanged, this, &BenchmarkChecklist::choice_changed);
  connect(this, &QTreeWidget::currentItemChanged, this,
          [this] { Q_EMIT benchmark_selected(text(current_benchmark())); });
}

void BenchmarkChecklist::keyPressEvent(QKeyEvent* event) {
  // Space ticks the row, whichever of its cells was clicked.
  if (event->key() == Qt::Key_Space && currentItem()) setCurrentItem(currentItem(), kNameColumn);
  QTreeWidget::keyPressEvent(event);
}

QTreeWidgetItem* BenchmarkChecklist::add_benchmark(QTreeWidgetItem* capability,
                                                   const BenchmarkDescription& benchmark) {
  const bool own = benchmark.custom != nullptr;
  QTreeWidgetItem* item = checkable(capability, registry_text(benchmark.title, own));
  item->setData(kNameColumn, kIdRole, text(benchmark.id));
  item->setText(kLanguageColumn, language_names(benchmark.languages));
  for (const TaskDescription& task : benchmark.tasks) {
    QTreeWidgetItem* child = checkable(item, registry_text(task.title, own));
    child->setData(kNameColumn, kIdRole, text(task.id));
    child->setData(kNameColumn, kLanguageRole, text(task.language));
    child->setText(kLanguageColumn, language_names({task.language}));
    child->setToolTip(kNameColumn, registry_text(task.help, own));
  }
  return item;
}

void BenchmarkChecklist::show_catalog(const Catalog& catalog,
                                      const std::filesystem::path& data_folder) {
  const QSignalBlocker quiet(this);
  clear();
  for (const std::string& id : kCapabilities) {
    QTreeWidgetItem* capability = nullptr;
    for (const BenchmarkDescription& benchmark : catalog.benchmarks) {
      if (benchmark.capability != id) continue;
      if (!capability) capability = checkable(invisibleRootItem(), capability_name(id));
      add_benchmark(capability, benchmark);
    }
    if (capability) capability->setExpanded(true);
  }
  show_data(catalog, data_folder);
}

void BenchmarkChecklist::show_data(const Catalog& catalog,
                                   const std::filesystem::path& data_folder) {
  const QSignalBlocker quiet(this);
  for (QTreeWidgetItem* item : benchmarks()) {
    const BenchmarkDescription* benchmark = catalog.benchmark(id_of(item));
    if (!benchmark) continue;
    const bool from_suite = from_suite_.contains(benchmark->id);
    const BenchmarkData found = from_suite ? BenchmarkData{BenchmarkData::ready, {}, {}, 0}
                                           : benchmark_data(*benchmark, data_folder);
    item->setText(kDataColumn, data_word(found));
    item->setIcon(kDataColumn, data_icon(found.state));
    item->setToolTip(kDataColumn, from_suite
                                      ? BenchmarkPanel::tr("Read whole from the suite's own files.")
                                      : data_hint(found, data_folder / benchmark->id));
  }
}

void BenchmarkChecklist::take_from_suite(std::set<std::string> benchmarks, const Catalog& catalog,
                                         const std::filesystem::path& data_folder) {
  if (benchmarks == from_suite_) return;
  from_suite_ = std::move(benchmarks);
  show_data(catalog, data_folder);
}

std::vector<QTreeWidgetItem*> BenchmarkChecklist::benchmarks() const {
  std::vector<QTreeWidgetItem*> items;
  for (QTreeWidgetItem* capability : items_of(invisibleRootItem()))
    for (QTreeWidgetItem* item : items_of(capability)) items.push_back(item);
  return items;
}

QTreeWidgetItem* BenchmarkChecklist::find(const std::string& benchmark) const {
  for (QTreeWidgetItem* item : benchmarks())
    if (id_of(item) == benchmark) return item;
  return nullptr;
}

std::vector<std::string> BenchmarkChecklist::chosen_tasks(const std::string& benchmark) const {
  std::vector<std::string> tasks;
  if (const QTreeWidgetItem* item = find(benchmark))
    for (const QTreeWidgetItem* task : items_of(item))
      if (task->checkState(kNameColumn) == Qt::Checked) tasks.push_back(id_of(task));
  return tasks;
}

void BenchmarkChecklist::choose_tasks(const std::string& benchmark,
                                      const std::vector<std::string>& tasks) {
  QTreeWidgetItem* item = find(benchmark);
  if (!item) return;
  const QSignalBlocker quiet(this);
  for (QTreeWidgetItem* task : items_of(item)) {
    bool chosen = std::find(tasks.begin(), tasks.end(), id_of(task)) != tasks.end();
    task->setCheckState(kNameColumn, chosen ? Qt::Checked : Qt::Unchecked);
  }
}

void BenchmarkChecklist::choose_nothing() {
  for (QTreeWidgetItem* item : benchmarks()) choose_tasks(id_of(item), {});
}

size_t BenchmarkChecklist::count_chosen() const {
  size_t count = 0;
  for (QTreeWidgetItem* item : benchmarks()) count += chosen_tasks(id_of(item)).size();
  return count;
}

std::string BenchmarkChecklist::current_benchmark() const {
  for (const QTreeWidgetItem* item = currentItem(); item && item->parent(); item = item->parent())
    if (!item->parent()->parent()) return id_of(item);
  return {};
}

std::string BenchmarkChecklist::current_task() const {
  const QTreeWidgetItem* item = currentItem();
  return item && item->parent() && item->parent()->parent() ? id_of(item) : std::string();
}

void BenchmarkChecklist::go_to(const std::string& benchmark) {
  if (QTreeWidgetItem* item = find(benchmark)) setCurrentItem(item);
}

void BenchmarkChecklist::filter(const QString& words, const QStringList& languages) {
  const QString wanted = words.trimmed();
  auto has_words = [&](const QTreeWidgetItem* item) {
    return item->text(kNameColumn).contains(wanted, Qt::CaseInsensitive) ||
           text(id_of(item)).contains(wanted, Qt::CaseInsensitive);
  };
  for (QTreeWidgetItem* capability : items_of(invisibleRootItem())) {
    bool any_benchmark = false;
    for (QTreeWidgetItem* benchmark : items_of(capability)) {
      bool any_task = false;
      const bool whole = has_words(benchmark) || has_words(capability);
      for (QTreeWidgetItem* task : items_of(benchmark)) {
        const QString language = task->data(kNameColumn, kLanguageRole).toString();
        bool shown =
            (whole || has_words(task)) && (languages.isEmpty() || languages.contains(language));
        task->setHidden(!shown);
        any_task = any_task || shown;
      }
      benchmark->setHidden(!any_task);
      if (!wanted.isEmpty()) benchmark->setExpanded(any_task && !whole);
      any_benchmark = any_benchmark || any_task;
    }
    capability->setHidden(!any_benchmark);
  }
}

}  // namespace loom::ui
