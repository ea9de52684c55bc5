#include "ui/shell/empty_state.h"

#include <QLabel>
#include <QtTest>

using namespace loom::ui;

class EmptyStateTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Its words are narrower than the page: a layout asks how high they are in the page's width.
  void a_long_sentence_is_shown_whole() {
    EmptyState state(Icon::models);
    const QString sentence =
        QStringLiteral("Put a GGUF file or a safetensors folder into /home/someone/data/models, "
                       "fetch a model from Hugging Face, or add the folder that holds yours.");
    state.resize(1200, 600);
    state.set_text(QStringLiteral("Looking for models"), QStringLiteral("Reading the headers."));
    state.show();
    QVERIFY(QTest::qWaitForWindowExposed(&state));
    state.set_text(QStringLiteral("No models yet"), sentence);
    const QLabel* shown = nullptr;
    for (const QLabel* label : state.findChildren<QLabel*>())
      if (label->text() == sentence) shown = label;
    QVERIFY(shown);
    QTRY_VERIFY(shown->height() >= shown->heightForWidth(shown->width()));
    QVERIFY(shown->height() > 2 * shown->fontMetrics().height());
  }
};

QTEST_MAIN(EmptyStateTest)
#include "empty_state_test.moc"
