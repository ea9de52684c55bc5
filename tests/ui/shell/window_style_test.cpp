// How the window's style measures and paints controls.
#include "ui/shell/window_style.h"

#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QStyleOptionComboBox>
#include <QStyleOptionMenuItem>
#include <QTableView>
#include <QtTest>

#include "ui/shell/theme.h"
#include "ui/shell/theme_colors.h"

using namespace loom::ui;

class WindowStyleTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    QApplication::setStyle(new WindowStyle);
    QApplication::setPalette(make_palette(light_colors()));
  }

  void fields_of_a_form_are_of_one_height() {
    QSpinBox number;
    number.ensurePolished();
    QCOMPARE(number.sizeHint().height(), QLineEdit().sizeHint().height());
    QCOMPARE(number.sizeHint().height(), QComboBox().sizeHint().height());
  }

  void the_line_of_a_menu_is_no_row() {
    QStyleOptionMenuItem item;
    item.text = QStringLiteral("Rename");
    auto height = [&item] {
      return QApplication::style()
          ->sizeFromContents(QStyle::CT_MenuItem, &item, QSize(80, 10), nullptr)
          .height();
    };
    QVERIFY(height() >= spacing::row);
    item.menuItemType = QStyleOptionMenuItem::Separator;
    QVERIFY(height() < spacing::row / 2);
  }

  // Right of its own column's border there is the next title.
  void a_title_stays_in_its_column() {
    QStandardItemModel model(1, 2);
    model.setHeaderData(0, Qt::Horizontal, QStringLiteral("Window of the model, tokens"));
    model.setHeaderData(0, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter),
                        Qt::TextAlignmentRole);
    model.setHeaderData(1, Qt::Horizontal, QString());
    QTableView table;
    table.setModel(&model);
    table.verticalHeader()->hide();
    table.setColumnWidth(0, 80);
    table.resize(300, 120);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    const QImage shown = table.horizontalHeader()->grab().toImage();
    const int margin = 2;  // less than the style's own
    for (int x : {0, margin, 80 - margin, 79})
      for (int y = 2; y < shown.height() - 3; ++y)
        QVERIFY2(shown.pixelColor(x, y) == light_colors().surface,
                 qPrintable(QStringLiteral("ink at %1, %2").arg(x).arg(y)));
  }

  void what_a_choice_cuts_ends_in_an_ellipsis() {
    const QString words = QStringLiteral("Overlap of words with the best reference of several");
    QComboBox box;
    box.addItem(words);
    box.resize(180, box.sizeHint().height());
    QStyleOptionComboBox option;
    option.initFrom(&box);
    const int room =
        box.style()
            ->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box)
            .width();
    const QImage cut = box.grab().toImage();
    box.setItemText(0, box.fontMetrics().elidedText(words, Qt::ElideRight, room - 2));
    QVERIFY(box.currentText().endsWith(QChar(0x2026)));
    QCOMPARE(cut, box.grab().toImage());
  }

  void the_title_of_a_group_stands_above_its_frame() {
    QGroupBox group(QStringLiteral("Devices"));
    group.resize(200, 120);
    const QImage shown = group.grab().toImage();
    const int title = group.fontMetrics().height() / 2;
    for (int y : {0, title}) QCOMPARE(shown.pixelColor(199, y), light_colors().window);
    bool framed = false;  // half a pixel either way is the painter's
    for (int x : {198, 199}) framed |= shown.pixelColor(x, 80) != light_colors().window;
    QVERIFY(framed);
  }
};

QTEST_MAIN(WindowStyleTest)
#include "window_style_test.moc"
