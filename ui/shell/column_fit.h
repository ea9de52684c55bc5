// Keeps the columns of a list within its width, so that nothing has to be scrolled sideways: spare
// room goes to the columns that can use it, and where room is short they give way first. Titles are
// whole as long as all of them fit. What is cut ends in an ellipsis, and the tool tip tells it
// whole.
#pragma once

#include <QObject>
#include <vector>

class QAbstractItemView;
class QHeaderView;
class QHelpEvent;
class QWidget;

namespace loom::ui {

struct ColumnWidth {
  int wanted = 0;
  int least = 0;  // as far as it gives way while others still can
  bool takes_rest = false;
};

// The width of each column in `room`: all of it is used, and no more.
std::vector<int> fitted_widths(const std::vector<ColumnWidth>& columns, int room);

// What a column's title needs to be shown whole, with the arrow where it is the sorted one: Qt's
// own hint leaves room for an arrow in every column, which together is that of a column more.
int title_width(const QHeaderView& header, int column);

class ColumnFit : public QObject {
  Q_OBJECT
 public:
  // One entry for each column of the model; the header goes with the view.
  ColumnFit(QAbstractItemView& view, QHeaderView& header, std::vector<ColumnWidth> columns);
  // What the header shows now, restored from an earlier start, is what is wanted.
  void take_widths();
  void fit();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool tells_whole(const QHelpEvent& event) const;
  std::vector<ColumnWidth> with_titles(const std::vector<int>& shown, int room) const;

  QAbstractItemView& view_;
  QWidget* viewport_;  // sends events until it is gone, when the view is no view any more
  QHeaderView& header_;
  std::vector<ColumnWidth> columns_;
  std::vector<bool> dragged_;  // in this session
  bool fitting_ = false;
};

}  // namespace loom::ui
