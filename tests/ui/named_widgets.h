// For tests that act on one window by the object names of its parts, as a user does with mouse and
// keys.
#pragma once

#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

namespace loom::testing {

class NamedWidgets {
 public:
  virtual ~NamedWidgets() = default;

 protected:
  virtual QWidget& acted_on() = 0;

  template <typename Widget>
  Widget& find(const char* name) {
    auto* found = acted_on().findChild<Widget*>(QLatin1String(name));
    if (!found) qFatal("no %s", name);
    return *found;
  }
  void click(const char* button) { QTest::mouseClick(&find<QPushButton>(button), Qt::LeftButton); }
  void type(const char* field, const QString& words) {
    auto& line = find<QLineEdit>(field);
    line.selectAll();
    QTest::keyClick(&line, Qt::Key_Delete);
    QTest::keyClicks(&line, words);
  }
};

}  // namespace loom::testing
