#include "ui/pages/benchmarks/benchmark_files.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "core/catalog/benchmark_data.h"
#include "core/catalog/custom_benchmark.h"
#include "ui/execution/downloads.h"
#include "ui/execution/workspace.h"
#include "ui/shell/icons.h"
#include "ui/shell/quantity_text.h"

namespace loom::ui {
namespace {

QString state_text(const BenchmarkData& data, bool on_hub, bool own) {
  if (data.files.empty()) return BenchmarkFiles::tr("Its samples are made on this machine.");
  if (own)
    return data.absent.empty() ? BenchmarkFiles::tr("Made of your own data.")
                               : BenchmarkFiles::tr("Your data is not where it was: %1")
                                     .arg(QString::fromStdString(data.files.front().file.path));
  const QString here = BenchmarkFiles::tr("%L1 of %L2 files are here.")
                           .arg(data.files.size() - data.absent.size())
                           .arg(data.files.size());
  if (data.state == BenchmarkData::generated)
    return BenchmarkFiles::tr(
               "Its samples are made on this machine; official files replace them.") +
           QLatin1Char(' ') + here;
  if (data.absent.empty() || on_hub) return here;
  return here + QLatin1Char(' ') +
         BenchmarkFiles::tr("The others are on no hub: put them into the folder.");
}

}  // namespace

BenchmarkFiles::BenchmarkFiles(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      state_(new QLabel(this)),
      fetch_(new QPushButton(this)),
      open_folder_(new QPushButton(tr("Open folder"), this)) {
  state_->setObjectName(QStringLiteral("data_state"));
  state_->setWordWrap(true);
  fetch_->setObjectName(QStringLiteral("fetch_data"));
  fetch_->setIcon(icon(Icon::download));
  open_folder_->setObjectName(QStringLiteral("open_data_folder"));
  open_folder_->setAccessibleName(open_folder_->text());
  open_folder_->setToolTip(tr("For files of your own; the folder is made when it is missing"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(fetch_);
  buttons->addWidget(open_folder_);
  buttons->addStretch();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(state_);
  column->addLayout(buttons);
  connect(fetch_, &QPushButton::clicked, this, &BenchmarkFiles::fetch);
  connect(open_folder_, &QPushButton::clicked, this, &BenchmarkFiles::open_folder);
  connect(&workspace_, &Workspace::folders_changed, this, &BenchmarkFiles::show_state);
  connect(&workspace_.downloads().work(), &FileWork::changed, this, [this] {
    if (!benchmark_) return;
    const bool fetching = workspace_.downloads().is_fetching(*benchmark_);
    if (fetching) show_progress();
    if (!fetching && fetching_) show_state();
  });
  show_benchmark(nullptr);
}

void BenchmarkFiles::show_benchmark(const BenchmarkDescription* benchmark) {
  benchmark_ = benchmark;
  setVisible(benchmark != nullptr);
  show_state();
}

void BenchmarkFiles::show_state() {
  if (!benchmark_) return;
  if (workspace_.downloads().is_fetching(*benchmark_)) return show_progress();
  fetching_ = false;
  const BenchmarkData found = benchmark_data(*benchmark_, workspace_.data_folder());
  const bool on_hub = std::any_of(found.absent.begin(), found.absent.end(),
                                  [](const DataFile& file) { return !file.hub_id.empty(); });
  state_->setText(state_text(found, on_hub, benchmark_->custom != nullptr));
  fetch_->setVisible(on_hub);
  set_button(
      found.absent_bytes == 0 ? tr("Fetch") : tr("Fetch %1").arg(bytes_text(found.absent_bytes)),
      true);
  fetch_->setIcon(icon(Icon::download));
  open_folder_->setVisible(!found.files.empty());
}

void BenchmarkFiles::show_progress() {
  fetching_ = true;
  const Downloads& downloads = workspace_.downloads();
  const bool at_work = downloads.is_at_work(*benchmark_);
  const QString detail = at_work ? downloads.work().detail() : QString();
  state_->setText(!at_work           ? tr("Waiting for other downloads.")
                  : detail.isEmpty() ? tr("Asking the hub for its files.")
                                     : detail);
  fetch_->show();
  set_button(at_work ? tr("Stop") : tr("Waiting"), at_work);
  fetch_->setIcon(icon(at_work ? Icon::cancel : Icon::clock));
}

void BenchmarkFiles::set_button(const QString& label, bool enabled) {
  fetch_->setText(label);
  fetch_->setAccessibleName(label);
  fetch_->setEnabled(enabled);
}

void BenchmarkFiles::fetch() {
  if (!benchmark_) return;
  Downloads& downloads = workspace_.downloads();
  if (downloads.is_at_work(*benchmark_)) return downloads.work().cancel();
  downloads.fetch(*benchmark_);
}

void BenchmarkFiles::open_folder() {
  if (!benchmark_) return;
  if (benchmark_->custom) {
    const auto& own = benchmark_->custom->data;
    const bool folder = benchmark_->custom->kind == CustomBenchmark::documents;
    const QString shown = QString::fromStdString((folder ? own : own.parent_path()).string());
    QDesktopServices::openUrl(QUrl::fromLocalFile(shown));
    return;
  }
  const auto folder = workspace_.data_folder() / benchmark_->id;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return state_->setText(
        tr("%1 cannot be made: %2")
            .arg(QString::fromStdString(folder.string()), QString::fromStdString(error.message())));
  QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(folder.string())));
}

}  // namespace loom::ui
