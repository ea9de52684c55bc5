#include "ui/shell/theme_tint.h"

#include <QApplication>
#include <QEvent>

namespace loom::ui {
namespace {

class ThemeTint : public QObject {
 public:
  ThemeTint(QWidget& widget, QPalette::ColorRole role, QColor ThemeColors::*colour)
      : QObject(&widget), widget_(widget), role_(role), colour_(colour) {
    widget.installEventFilter(this);
    tint();
  }

 protected:
  // What is hidden may not hear of a new palette: it is looked at again when it is shown.
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::Show) tint();
    return QObject::eventFilter(watched, event);
  }

 private:
  void tint() {
    QPalette colours;
    colours.setColor(role_, theme_colors(QApplication::palette()).*colour_);
    widget_.setPalette(colours);
  }

  QWidget& widget_;
  QPalette::ColorRole role_;
  QColor ThemeColors::*colour_;
};

}  // namespace

void keep_tint(QWidget& widget, QPalette::ColorRole role, QColor ThemeColors::*colour) {
  new ThemeTint(widget, role, colour);
}

}  // namespace loom::ui
