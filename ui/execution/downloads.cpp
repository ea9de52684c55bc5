#include "ui/execution/downloads.h"

#include <QLocale>

#include "core/catalog/fetch_benchmark.h"
#include "core/catalog/fetch_model.h"
#include "ui/execution/key_ring.h"
#include "ui/execution/workspace.h"

namespace loom::ui {
namespace {

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

QString title_of(const BenchmarkDescription& benchmark) {
  return Downloads::tr("Fetching %1").arg(text(benchmark.title));
}

// "12 MB of 1.2 GB · 3 MB/s · 6:10 left"
QString detail_of(const FetchProgress& progress) {
  const QLocale locale;
  auto size = [&locale](uint64_t bytes) {
    return locale.formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
  };
  QStringList parts{Downloads::tr("%1 of %2").arg(size(progress.bytes_done), size(progress.bytes))};
  if (progress.bytes_per_second > 0)
    parts << Downloads::tr("%1/s").arg(size(static_cast<uint64_t>(progress.bytes_per_second)));
  if (progress.seconds_left >= 0) {
    const auto seconds = static_cast<int>(progress.seconds_left + 0.5);
    parts
        << Downloads::tr("%1:%2 left").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
  }
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

Downloads::Downloads(Workspace& workspace) : workspace_(workspace) {}

bool Downloads::is_fetching(const BenchmarkDescription& benchmark) const {
  return work_.has(title_of(benchmark));
}

bool Downloads::is_at_work(const BenchmarkDescription& benchmark) const {
  return work_.title() == title_of(benchmark);
}

void Downloads::fetch(const BenchmarkDescription& benchmark) {
  begin(
      title_of(benchmark), tr("%1 was fetched.").arg(text(benchmark.title)),
      [&benchmark, folder = workspace_.data_folder()](
          const HubSettings& settings, const WatchFetch& watch, std::stop_token stop) -> Status {
        LOOM_CHECK(fetch_benchmark(benchmark, folder, settings, benchmark.generated, watch, stop));
        return {};
      });
}

void Downloads::fetch(const HubRepo& model, const QString& file) {
  begin(tr("Fetching %1").arg(text(model.id)), tr("%1 was added.").arg(text(model.id)),
        [model, pattern = file.toStdString()](const HubSettings& settings, const WatchFetch& watch,
                                              std::stop_token stop) -> Status {
          LOOM_CHECK(fetch_model(settings, model, pattern, watch, stop));
          return {};
        });
}

// The key is asked for each time, so that one given a moment ago counts; the environment's goes
// first. Without a key ring public repositories still come.
void Downloads::begin(const QString& title, const QString& sentence, Fetch fetch) {
  FileWork::Job job;
  job.title = title;
  job.sentence = sentence;
  job.if_stopped = tr("What came is kept; fetching again goes on with it.");
  job.asker = this;
  job.done = [this] { Q_EMIT workspace_.folders_changed(); };
  HubSettings settings = workspace_.hub_settings();
  auto start = [this, job, settings, fetch = std::move(fetch)](const QString& key) mutable {
    if (!key.isEmpty()) settings.token = key.toStdString();
    job.work = [this, settings, fetch](const WorkControl& control) {
      auto watch = [this, &control](const FetchProgress& progress) {
        work_.say(detail_of(progress));
        if (progress.bytes > 0)
          (void)control.at(static_cast<double>(progress.bytes_done) /
                           static_cast<double>(progress.bytes));
      };
      return fetch(settings, watch, control.stop);
    };
    work_.begin(std::move(job));
  };
  if (!settings.token.empty() || settings.offline) return start({});
  workspace_.key_ring().read(kHubKey, this,
                             [start](const QString& key, const QString&) mutable { start(key); });
}

}  // namespace loom::ui
