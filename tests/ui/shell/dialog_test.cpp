// A dialog opens as high as what it holds, also where that is more than two thirds of the screen.
#include "ui/shell/dialog.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QTest>

using namespace loom::ui;

class DialogTest : public QObject {
  Q_OBJECT

  static QList<QLineEdit*> fill(Dialog& dialog, int height) {
    auto* form = new QFormLayout(&dialog);
    auto* words = new QLabel(QStringLiteral("words that wrap ").repeated(20));
    words->setWordWrap(true);
    form->addRow(words);
    QList<QLineEdit*> fields;
    const int row = QLineEdit().sizeHint().height();
    for (int i = 0; i * row < height; ++i) {
      fields.append(new QLineEdit);
      form->addRow(fields.last());
    }
    return fields;
  }

 private Q_SLOTS:
  void rows_are_whole() {
    Dialog dialog;
    const int screen = dialog.screen()->availableSize().height();
    const QList<QLineEdit*> fields = fill(dialog, screen * 68 / 100);
    dialog.show();
    QVERIFY(dialog.height() > screen * 2 / 3);
    for (const QLineEdit* field : fields) QVERIFY(field->height() >= field->sizeHint().height());
  }

  void never_higher_than_the_screen() {
    Dialog dialog;
    const int screen = dialog.screen()->availableSize().height();
    fill(dialog, screen * 2);
    dialog.show();
    QVERIFY(dialog.height() <= std::max(screen, dialog.minimumSizeHint().height()));
  }

  void a_size_of_its_own_is_kept() {
    Dialog dialog;
    fill(dialog, 100);
    dialog.resize(400, 333);
    dialog.show();
    QCOMPARE(dialog.size(), QSize(400, 333));
  }

  // The buttons are at the bottom right.
  void a_size_of_its_own_is_no_larger_than_the_screen() {
    Dialog dialog;
    fill(dialog, 100);
    const QSize screen = dialog.screen()->availableSize().expandedTo(QSize(960, 600));
    dialog.resize(screen * 2);
    dialog.show();
    QCOMPARE(dialog.size(), screen);
  }
};

QTEST_MAIN(DialogTest)
#include "dialog_test.moc"
