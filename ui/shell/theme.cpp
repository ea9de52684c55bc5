#include "ui/shell/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QSettings>

#include "ui/shell/theme_colors.h"
#include "ui/shell/tip_lines.h"
#include "ui/shell/window_style.h"

namespace loom::ui {
namespace {

constexpr double kSmallestText_pt = 10;

QString appearance_key() { return QStringLiteral("appearance"); }

// Desktops without a Qt platform theme tell their preference through GTK's variable only.
bool system_prefers_dark(const QPalette& palette) {
  return is_dark(palette) || qEnvironmentVariable("GTK_THEME").endsWith(QStringLiteral("dark"));
}

QFont scaled(double factor, QFont::Weight weight) {
  QFont font = QApplication::font();
  font.setPointSizeF(font.pointSizeF() * factor);
  font.setWeight(weight);
  return font;
}

}  // namespace

QString to_string(Appearance appearance) {
  switch (appearance) {
    case Appearance::light: return QStringLiteral("light");
    case Appearance::dark: return QStringLiteral("dark");
    case Appearance::system: break;
  }
  return QStringLiteral("system");
}

Appearance appearance_from(const QString& name) {
  if (name == QStringLiteral("light")) return Appearance::light;
  if (name == QStringLiteral("dark")) return Appearance::dark;
  return Appearance::system;
}

Theme::Theme(QApplication& application)
    : QObject(&application),
      application_(application),
      system_is_dark_(system_prefers_dark(QApplication::palette())),
      appearance_(appearance_from(QSettings().value(appearance_key()).toString())) {
  QFont font = QApplication::font();
  if (font.pointSizeF() > 0 && font.pointSizeF() < kSmallestText_pt) {
    font.setPointSizeF(kSmallestText_pt);
    QApplication::setFont(font);
  }
  application_.setStyle(new WindowStyle);  // the application owns it
  apply();
  application_.installEventFilter(this);
}

// The desktop's own palette shows only while ours is away.
bool Theme::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Show || event->type() == QEvent::Resize) break_tip_lines(*watched);
  if (event->type() != QEvent::ThemeChange || !watched->isWindowType())
    return QObject::eventFilter(watched, event);
  application_.setPalette(QPalette());
  const bool dark = system_prefers_dark(QApplication::palette());
  const bool shows = appearance_ == Appearance::system && dark != system_is_dark_;
  system_is_dark_ = dark;
  apply();
  if (shows) Q_EMIT changed();
  return false;
}

bool Theme::is_dark() const {
  return appearance_ == Appearance::dark ||
         (appearance_ == Appearance::system && system_is_dark_);
}

void Theme::set_appearance(Appearance appearance) {
  if (appearance == appearance_) return;
  appearance_ = appearance;
  QSettings().setValue(appearance_key(), to_string(appearance));
  apply();
  Q_EMIT changed();
}

void Theme::apply() {
  application_.setPalette(make_palette(is_dark() ? dark_colors() : light_colors()));
}

QFont title_font() { return scaled(1.6, QFont::DemiBold); }
QFont heading_font() { return scaled(1.1, QFont::DemiBold); }

QFont fixed_font() {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setPointSizeF(QApplication::font().pointSizeF());
  return font;
}

}  // namespace loom::ui
