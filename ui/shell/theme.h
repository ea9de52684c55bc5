// Dresses the application: style, palette and font, light or dark as the system has it or as the
// user chose. Made before the first widget.
#pragma once

#include <QApplication>
#include <QPalette>

namespace loom::ui {

enum class Appearance { system, light, dark };
QString to_string(Appearance appearance);
Appearance appearance_from(const QString& name);  // unknown names mean system

class Theme : public QObject {
  Q_OBJECT
 public:
  // Reads the kept appearance from QSettings.
  explicit Theme(QApplication& application);
  Appearance appearance() const { return appearance_; }
  bool is_dark() const;

 public Q_SLOTS:
  void set_appearance(loom::ui::Appearance appearance);  // kept for the next start

 Q_SIGNALS:
  void changed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;  // the desktop changed its colours

 private:
  void apply();
  QApplication& application_;
  bool system_is_dark_ = false;  // asked before our own palette hides the system's
  Appearance appearance_ = Appearance::system;
};

// Sizes in pixels at 100 %: every layout takes its distances from here.
namespace spacing {
inline constexpr int hair = 4, small = 8, medium = 12, large = 16, huge = 24;
inline constexpr int page = 12;  // from the page's edge to its content
inline constexpr int row = 28, control = 32;
}  // namespace spacing

QFont title_font();    // page titles
QFont heading_font();  // titles of groups and cards
QFont fixed_font();    // prompts and ids only

}  // namespace loom::ui
