#include "ui/shell/theme_colors.h"

namespace loom::ui {

const ThemeColors& light_colors() {
  static const ThemeColors colors = [] {
    ThemeColors c;
    c.window = QColor(0xf6f7f9);
    c.surface = QColor(0xffffff);
    c.rail = QColor(0xeceef2);
    c.hover = QColor(0xeef1f5);
    c.selection = QColor(0xdfe8fb);
    c.border = QColor(0xdde1e7);
    c.control_border = QColor(0xb4bbc6);
    c.text = QColor(0x1a1e24);
    c.secondary = QColor(0x565f6d);
    c.disabled = QColor(0x8b93a0);
    c.accent = QColor(0x2459d3);
    c.accent_hover = QColor(0x1c4bb8);
    c.on_accent = QColor(0xffffff);
    c.accent_text = QColor(0x1f51c4);
    c.success = QColor(0x1b6a3a);
    c.warning = QColor(0x804d00);
    c.danger = QColor(0xb0241c);
    c.info_surface = QColor(0xe8effd);
    c.warning_surface = QColor(0xfdf3dc);
    c.danger_surface = QColor(0xfcebe9);
    return c;
  }();
  return colors;
}

const ThemeColors& dark_colors() {
  static const ThemeColors colors = [] {
    ThemeColors c;
    c.window = QColor(0x16181c);
    c.surface = QColor(0x1d2025);
    c.rail = QColor(0x111316);
    c.hover = QColor(0x272b32);
    c.selection = QColor(0x22345c);
    c.border = QColor(0x2e333b);
    c.control_border = QColor(0x4b525e);
    c.text = QColor(0xe7eaee);
    c.secondary = QColor(0xa6aebb);
    c.disabled = QColor(0x6d7582);
    c.accent = QColor(0x3a66d4);
    c.accent_hover = QColor(0x4070dc);
    c.on_accent = QColor(0xffffff);
    c.accent_text = QColor(0x94b4ff);
    c.success = QColor(0x6ccb8b);
    c.warning = QColor(0xe9b44c);
    c.danger = QColor(0xff8f86);
    c.info_surface = QColor(0x1c2840);
    c.warning_surface = QColor(0x332a12);
    c.danger_surface = QColor(0x3a1d1c);
    return c;
  }();
  return colors;
}

bool is_dark(const QPalette& palette) {
  return palette.color(QPalette::Active, QPalette::Window).lightness() <
         palette.color(QPalette::Active, QPalette::WindowText).lightness();
}

const ThemeColors& theme_colors(const QPalette& palette) {
  return is_dark(palette) ? dark_colors() : light_colors();
}

QPalette make_palette(const ThemeColors& c) {
  QPalette palette;
  palette.setColor(QPalette::Window, c.window);
  palette.setColor(QPalette::WindowText, c.text);
  palette.setColor(QPalette::Base, c.surface);
  palette.setColor(QPalette::AlternateBase, c.window);
  palette.setColor(QPalette::Text, c.text);
  palette.setColor(QPalette::Button, c.surface);
  palette.setColor(QPalette::ButtonText, c.text);
  palette.setColor(QPalette::BrightText, c.danger);
  palette.setColor(QPalette::Highlight, c.accent);
  palette.setColor(QPalette::HighlightedText, c.on_accent);
  palette.setColor(QPalette::Link, c.accent_text);
  palette.setColor(QPalette::LinkVisited, c.accent_text);
  palette.setColor(QPalette::PlaceholderText, c.secondary);
  palette.setColor(QPalette::ToolTipBase, c.surface);
  palette.setColor(QPalette::ToolTipText, c.text);
  // Bevel roles: what Fusion still draws by itself stays as flat as the rest.
  palette.setColor(QPalette::Light, c.surface);
  palette.setColor(QPalette::Midlight, c.hover);
  palette.setColor(QPalette::Mid, c.border);
  palette.setColor(QPalette::Dark, c.control_border);
  palette.setColor(QPalette::Shadow, c.border);
  for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, c.disabled);
  palette.setColor(QPalette::Disabled, QPalette::Highlight, c.hover);
  palette.setColor(QPalette::Disabled, QPalette::HighlightedText, c.disabled);
  return palette;
}

}  // namespace loom::ui
