// A saved plan dropped onto the window.
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include "ui/shell/main_window.h"

namespace loom::ui {
namespace {

// Empty: what is dragged is no plan.
QString dropped_plan(const QMimeData& dragged) {
  const QList<QUrl> places = dragged.urls();
  if (places.size() != 1 || !places.first().isLocalFile()) return {};
  const QString file = places.first().toLocalFile();
  return file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) && QFileInfo(file).isFile()
             ? file
             : QString();
}

}  // namespace

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!dropped_plan(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QString file = dropped_plan(*event->mimeData());
  if (file.isEmpty()) return;
  event->acceptProposedAction();
  Q_EMIT plan_dropped(file);
}

}  // namespace loom::ui
