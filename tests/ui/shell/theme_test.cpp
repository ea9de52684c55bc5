#include "ui/shell/theme.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QToolTip>
#include <QWindow>
#include <QtTest>
#include <cmath>

#include "ui/shell/field_message.h"
#include "ui/shell/theme_colors.h"
#include "ui/shell/theme_tint.h"

using namespace loom::ui;

namespace {

// WCAG 2.1, relative luminance and contrast ratio.
double luminance(const QColor& color) {
  auto linear = [](double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
         0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  double lighter = std::max(luminance(a), luminance(b));
  double darker = std::min(luminance(a), luminance(b));
  return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace

class ThemeTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    QCoreApplication::setOrganizationName(QStringLiteral("loomscope-test"));
  }

  void contrast_is_computed_as_published() {
    QCOMPARE(std::round(contrast(Qt::black, Qt::white)), 21.0);
    QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01);
  }

  void every_text_is_readable_on_every_surface() {
    for (const ThemeColors* c : {&light_colors(), &dark_colors()}) {
      const QColor surfaces[] = {c->window, c->surface, c->rail, c->hover, c->selection};
      const QColor texts[] = {c->text,    c->secondary, c->accent_text,
                              c->success, c->warning,   c->danger};
      for (const QColor& surface : surfaces)
        for (const QColor& text : texts)
          QVERIFY2(contrast(text, surface) >= 4.5, describe(text, surface));
      for (const QColor& bar : {c->info_surface, c->warning_surface, c->danger_surface})
        for (const QColor& text : {c->text, c->secondary})
          QVERIFY2(contrast(text, bar) >= 4.5, describe(text, bar));
      for (const QColor& fill : {c->accent, c->accent_hover})
        QVERIFY2(contrast(c->on_accent, fill) >= 4.5, describe(c->on_accent, fill));
      // The focus ring is no text: 3 is what the guidelines ask for.
      for (const QColor& surface : surfaces) QVERIFY(contrast(c->accent_text, surface) >= 3);
    }
  }

  void palette_roles_are_readable() {
    for (const ThemeColors* c : {&light_colors(), &dark_colors()}) {
      QPalette p = make_palette(*c);
      const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
          {QPalette::WindowText, QPalette::Window},
          {QPalette::Text, QPalette::Base},
          {QPalette::Text, QPalette::AlternateBase},
          {QPalette::ButtonText, QPalette::Button},
          {QPalette::HighlightedText, QPalette::Highlight},
          {QPalette::Link, QPalette::Window},
          {QPalette::PlaceholderText, QPalette::Base},
          {QPalette::ToolTipText, QPalette::ToolTipBase}};
      for (auto [text, surface] : pairs)
        QVERIFY2(contrast(p.color(text), p.color(surface)) >= 4.5,
                 describe(p.color(text), p.color(surface)));
    }
  }

  void theme_is_told_from_the_palette() {
    QVERIFY(!is_dark(make_palette(light_colors())));
    QVERIFY(is_dark(make_palette(dark_colors())));
  }

  void choice_is_applied_and_kept() {
    {
      Theme theme(*qApp);
      QSignalSpy changed(&theme, &Theme::changed);
      theme.set_appearance(Appearance::dark);
      QCOMPARE(changed.count(), 1);
      QVERIFY(is_dark(QApplication::palette()));
      theme.set_appearance(Appearance::dark);
      QCOMPARE(changed.count(), 1);
    }
    Theme next(*qApp);
    QCOMPARE(next.appearance(), Appearance::dark);
    QVERIFY(is_dark(QApplication::palette()));
    next.set_appearance(Appearance::light);
    QVERIFY(!is_dark(QApplication::palette()));
  }

  void a_widgets_own_colour_follows_the_theme() {
    Theme theme(*qApp);
    theme.set_appearance(Appearance::light);
    QWidget bar;
    keep_tint(bar, QPalette::Window, &ThemeColors::warning_surface);
    FieldMessage message;
    QCOMPARE(bar.palette().color(QPalette::Window), light_colors().warning_surface);
    QCOMPARE(message.palette().color(QPalette::WindowText), light_colors().danger);
    // Shown or hidden while the theme changes.
    bar.show();
    theme.set_appearance(Appearance::dark);
    QEvent told(QEvent::ApplicationPaletteChange);  // Qt tells of it only while the program runs
    QCoreApplication::sendEvent(&bar, &told);
    message.set_message(QStringLiteral("Choose a model."));
    QCOMPARE(bar.palette().color(QPalette::Window), dark_colors().warning_surface);
    QCOMPARE(message.palette().color(QPalette::WindowText), dark_colors().danger);
    // Everything else is the application's.
    QCOMPARE(bar.palette().color(QPalette::Base), QApplication::palette().color(QPalette::Base));
    theme.set_appearance(Appearance::light);
  }

  void follows_the_system_while_running() {
    Theme theme(*qApp);
    theme.set_appearance(Appearance::system);
    QVERIFY(!theme.is_dark());
    QSignalSpy changed(&theme, &Theme::changed);
    QWindow window;
    auto change_system = [&window](const char* name) {
      qputenv("GTK_THEME", name);
      QEvent told(QEvent::ThemeChange);
      QCoreApplication::sendEvent(&window, &told);
    };
    change_system("Adwaita:dark");
    QVERIFY(theme.is_dark() && is_dark(QApplication::palette()));
    QCOMPARE(changed.count(), 1);
    theme.set_appearance(Appearance::light);
    change_system("Adwaita");
    change_system("Adwaita:dark");
    QVERIFY(!is_dark(QApplication::palette()));
    change_system("Adwaita");
    theme.set_appearance(Appearance::system);
    QVERIFY(!is_dark(QApplication::palette()));
  }

  void long_tool_tips_are_broken_into_lines() {
    Theme theme(*qApp);
    QWidget window;
    window.show();
    auto tip_of = [&window](const QString& words) {
      QToolTip::showText(window.mapToGlobal(QPoint(5, 5)), words, &window);
      QWidget* shown = nullptr;
      for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->inherits("QTipLabel") && widget->isVisible()) shown = widget;
      return shown;
    };
    const QWidget* brief = tip_of(QStringLiteral("Copy the picture and its data"));
    QVERIFY(brief);
    const int line = brief->height();
    const QString words =
        QStringLiteral("How many depths lie between beginning and end. ").repeated(5);
    const QWidget* tip = tip_of(words.trimmed());
    QVERIFY(tip);
    QVERIFY(tip->width() <= 61 * tip->fontMetrics().averageCharWidth());
    QVERIFY(tip->height() > 2 * line);
    QCOMPARE(QToolTip::text(), words.trimmed());
    QToolTip::hideText();
  }

  void unknown_name_means_system() {
    QCOMPARE(appearance_from(QStringLiteral("sepia")), Appearance::system);
    for (Appearance each : {Appearance::system, Appearance::light, Appearance::dark})
      QCOMPARE(appearance_from(to_string(each)), each);
  }

 private:
  const char* describe(const QColor& text, const QColor& surface) {
    words_ = QStringLiteral("%1 on %2 has %3")
                 .arg(text.name(), surface.name())
                 .arg(contrast(text, surface))
                 .toUtf8();
    return words_.constData();
  }
  QTemporaryDir folder_;
  QByteArray words_;
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
