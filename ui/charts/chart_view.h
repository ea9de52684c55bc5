// A chart on a page: the figure with "Show data", "Copy" and "Export…" above it. The figure, the
// table of data and the exported file come from one FigureSource.
#pragma once

#include <QWidget>
#include <functional>

#include "core/report/charts.h"

class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace loom::ui {

class ChartTableModel;
class FigureView;

// Everything about one figure: how it is drawn, its data and the words that go with it.
struct FigureSource {
  std::function<Figure(double width, double height, const FigureTheme& theme)> draw;
  std::function<ChartTable()> table;
  // The same as source text for LaTeX; none: this chart has no such form.
  std::function<std::string(double width, double height)> pgfplots;
  QString file_stem;     // "radar"
  QString caption;       // what is shown, over which samples, which interval
  double aspect = 0.75;  // height by width when exported
};

class ChartView : public QWidget {
  Q_OBJECT
 public:
  explicit ChartView(QWidget* parent = nullptr);
  void set_title(const QString& title);
  // Goes below the general caption of an export: model versions, sample counts, rule sets.
  void set_provenance(const QString& text);
  FigureView& figure_view() { return *figure_; }
  bool data_shown() const;

 public Q_SLOTS:
  void show_data(bool shown);
  void copy();
  void open_export();

 Q_SIGNALS:
  void activated(const QString& key);  // a point was clicked: "series/axis"

 protected:
  void set_source(FigureSource source);
  virtual void toggle_series(size_t series) { (void)series; }
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void create_actions();
  void hotspot_activated(const QString& key);

  FigureSource source_;
  QString provenance_;
  QLabel* title_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  FigureView* figure_ = nullptr;
  QTableView* data_ = nullptr;
  ChartTableModel* rows_ = nullptr;
  QAction *show_data_ = nullptr, *copy_ = nullptr, *export_ = nullptr;
};

}  // namespace loom::ui
