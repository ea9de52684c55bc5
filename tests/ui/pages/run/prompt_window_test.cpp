#include "ui/pages/run/prompt_window.h"

#include <QtTest>

using loom::ByteSpan;
using loom::ui::PromptWindow;
using loom::ui::window_of;

class PromptWindowTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void shortPromptIsWhole();
  void longPromptShowsHeadTailAndEvidence();
  void charactersStayWhole();
  void wrongSpansDoNoHarm();
};

namespace {
QString marked(const PromptWindow& window, size_t index) {
  const auto& span = window.evidence.at(index);
  return window.text.mid(span.begin, span.length);
}
}  // namespace

void PromptWindowTest::shortPromptIsWhole() {
  const std::string prompt = "Где ключ? The key is 42. Where?";
  const size_t at = prompt.find("42");
  PromptWindow window = window_of(prompt, {{at, at + 2}});
  QCOMPARE(window.text, QString::fromStdString(prompt));
  QCOMPARE(window.evidence.size(), size_t{1});
  QCOMPARE(marked(window, 0), QStringLiteral("42"));
  QVERIFY(window.gaps.empty());
}

void PromptWindowTest::longPromptShowsHeadTailAndEvidence() {
  std::string prompt = "BEGIN " + std::string(2'000'000, 'x') + " END";
  const std::string needle = "the code word is tulip";
  prompt.replace(900'000, needle.size(), needle);
  PromptWindow window = window_of(prompt, {{900'000, 900'000 + needle.size()}});
  QVERIFY(window.text.size() < 21'000);
  QVERIFY(window.text.startsWith(QStringLiteral("BEGIN ")));
  QVERIFY(window.text.endsWith(QStringLiteral(" END")));
  QCOMPARE(marked(window, 0), QString::fromStdString(needle));
  QCOMPARE(window.gaps.size(), size_t{2});
}

void PromptWindowTest::charactersStayWhole() {
  std::string prompt;
  for (int i = 0; i < 20'000; ++i) prompt += "字";
  PromptWindow window = window_of(prompt, {{30'001, 30'004}});
  QVERIFY(!window.text.contains(QChar::ReplacementCharacter));
  QCOMPARE(marked(window, 0), QStringLiteral("字"));
  QVERIFY(window.text.size() < 20'000);
}

void PromptWindowTest::wrongSpansDoNoHarm() {
  const std::string prompt(50'000, 'y');
  PromptWindow window = window_of(prompt, {{60'000, 70'000}, {5, 5}, {9, 3}});
  QVERIFY(window.evidence.empty());
  QVERIFY(!window.text.isEmpty());
  QVERIFY(window_of("", {}).text.isEmpty());
}

QTEST_APPLESS_MAIN(PromptWindowTest)
#include "prompt_window_test.moc"
