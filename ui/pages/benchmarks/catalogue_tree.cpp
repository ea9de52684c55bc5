#include "ui/pages/benchmarks/catalogue_tree.h"

#include <QHeaderView>

#include "ui/pages/benchmarks/benchmark_words.h"
#include "ui/shell/copy_rows.h"
#include "ui/shell/quantity_text.h"
#include "ui/view_models/data_words.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"

namespace loom::ui {
namespace {

constexpr int kBenchmark = Qt::UserRole, kTask = Qt::UserRole + 1;

bool show_matching(QTreeWidgetItem& item, const QString& text) {
  bool self = false, below = false;
  for (int column = 0; column < item.columnCount(); ++column)
    self = self || item.text(column).contains(text, Qt::CaseInsensitive);
  for (int row = 0; row < item.childCount(); ++row)
    below = show_matching(*item.child(row), self ? QString() : text) || below;
  item.setHidden(!self && !below);
  return self || below;
}

}  // namespace

CatalogueTree::CatalogueTree(QWidget* parent) : QTreeWidget(parent) {
  setObjectName(QStringLiteral("catalogue_tree"));
  setAccessibleName(tr("Benchmarks"));
  setHeaderLabels({tr("Name"), tr("Languages"), tr("Lengths, tokens"), tr("Samples"), tr("Data")});
  headerItem()->setTextAlignment(samples, Qt::AlignRight | Qt::AlignVCenter);
  setUniformRowHeights(true);
  copy_rows_on_key(*this);
  header()->setStretchLastSection(true);
  connect(this, &QTreeWidget::currentItemChanged, this, &CatalogueTree::tell_current);
}

void CatalogueTree::fill(const Catalog& catalog, const std::filesystem::path& data_folder) {
  const QString before = QString::fromStdString(current_benchmark());
  catalog_ = &catalog;
  clear();
  for (const std::string& capability : kCapabilities) {
    auto* group = new QTreeWidgetItem({capability_name(capability)});
    for (const BenchmarkDescription& benchmark : catalog.benchmarks)
      if (benchmark.capability == capability) add_benchmark(*group, benchmark, data_folder);
    if (group->childCount() == 0) {
      delete group;
      continue;
    }
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    group->setFont(name, bold);
    addTopLevelItem(group);
    group->setExpanded(true);
    for (int row = 0; row < group->childCount(); ++row)
      if (!currentItem() || group->child(row)->data(name, kBenchmark).toString() == before)
        setCurrentItem(group->child(row));
  }
}

void CatalogueTree::add_benchmark(QTreeWidgetItem& parent, const BenchmarkDescription& benchmark,
                                  const std::filesystem::path& data_folder) {
  const BenchmarkData found = benchmark_data(benchmark, data_folder);
  const bool own = benchmark.custom != nullptr;
  auto* row = new QTreeWidgetItem(
      &parent, {registry_text(benchmark.title, own), language_names(benchmark.languages),
                lengths_text(benchmark.lengths), QString(), data_word(found)});
  row->setIcon(data, data_icon(found.state));
  row->setToolTip(data, data_hint(found, data_folder / benchmark.id));
  row->setData(name, kBenchmark, QString::fromStdString(benchmark.id));
  size_t total = 0;
  for (const TaskDescription& task : benchmark.tasks) {
    auto* leaf = new QTreeWidgetItem(
        row, {registry_text(task.title, own), language_names({task.language}), QString(),
              task.official_samples ? count_text(task.official_samples) : QString()});
    leaf->setTextAlignment(samples, Qt::AlignRight | Qt::AlignVCenter);
    leaf->setData(name, kBenchmark, QString::fromStdString(benchmark.id));
    leaf->setData(name, kTask, QString::fromStdString(task.id));
    leaf->setToolTip(name, registry_text(task.help, own));
    total += task.official_samples;
  }
  row->setText(samples, total ? count_text(total) : QString());
  row->setTextAlignment(samples, Qt::AlignRight | Qt::AlignVCenter);
}

void CatalogueTree::go_to(const std::string& benchmark) {
  const QString id = QString::fromStdString(benchmark);
  for (int row = 0; row < topLevelItemCount(); ++row)
    for (int below = 0; below < topLevelItem(row)->childCount(); ++below)
      if (QTreeWidgetItem* item = topLevelItem(row)->child(below);
          item->data(name, kBenchmark).toString() == id) {
        setCurrentItem(item);
        scrollToItem(item);
      }
}

std::string CatalogueTree::current_benchmark() const {
  return currentItem() ? currentItem()->data(name, kBenchmark).toString().toStdString()
                       : std::string();
}

bool CatalogueTree::filter(const QString& text) {
  bool any = false;
  for (int row = 0; row < topLevelItemCount(); ++row)
    any = show_matching(*topLevelItem(row), text) || any;
  return any;
}

void CatalogueTree::tell_current() {
  const BenchmarkDescription* benchmark = nullptr;
  const TaskDescription* task = nullptr;
  if (QTreeWidgetItem* item = currentItem(); item && catalog_) {
    benchmark = catalog_->benchmark(item->data(name, kBenchmark).toString().toStdString());
    if (benchmark) task = benchmark->task(item->data(name, kTask).toString().toStdString());
  }
  Q_EMIT chosen(benchmark, task);
}

}  // namespace loom::ui
