#include "ui/pages/compare/difference_view.h"

#include "core/export/figure_caption.h"

namespace loom::ui {

DifferenceView::DifferenceView(QWidget* parent) : ChartView(parent) {
  set_title(tr("Differences per task"));
}

void DifferenceView::set_model(DifferenceModel model) {
  model_ = std::move(model);
  FigureSource source;
  source.draw = [model = model_](double width, double height, const FigureTheme& theme) {
    return draw_differences(model, width, height, theme);
  };
  source.table = [model = model_] { return to_table(model); };
  source.file_stem = QStringLiteral("differences");
  source.caption = QString::fromStdString(figure_caption(model_));
  set_source(std::move(source));
}

}  // namespace loom::ui
