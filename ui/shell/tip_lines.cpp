#include "ui/shell/tip_lines.h"

#include <QLabel>
#include <QScreen>
#include <QTextDocument>
#include <algorithm>

namespace loom::ui {
namespace {
constexpr int kCharacters = 60;
}

void break_tip_lines(QObject& window) {
  if (!window.inherits("QTipLabel")) return;
  auto* tip = qobject_cast<QLabel*>(&window);
  const int widest = tip ? tip->fontMetrics().averageCharWidth() * kCharacters : 0;
  // Rich text breaks by itself; Qt breaks the rest where it is wider than the screen only.
  if (!tip || Qt::mightBeRichText(tip->text()) || tip->width() <= widest) return;
  tip->setWordWrap(true);
  tip->resize(widest, tip->heightForWidth(widest));
  const QRect screen = tip->screen()->availableGeometry();
  tip->move(tip->x(), std::max(screen.top(), std::min(tip->y(), screen.bottom() - tip->height())));
}

}  // namespace loom::ui
