// Every page, both themes, the sizes that the window promises: names for the screen reader, whole
// words, Tab, nothing to scroll sideways. Run a second time with QT_SCALE_FACTOR=2, and a third
// time with SCREEN_LANGUAGE=zh_CN.
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QtTest>

#include "tests/screens/desktop_window.h"
#include "tests/screens/screen_checks.h"
#include "tests/support/patience.h"
#include "tests/ui/stored_runs.h"
#include "ui/charts/figure_export_dialog.h"
#include "ui/charts/score_charts.h"
#include "ui/pages/benchmarks/add_benchmark_dialog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/together_page.h"
#include "ui/pages/evaluate/evaluate_page.h"
#include "ui/pages/models/add_model_dialog.h"
#include "ui/pages/results/judge_dialog.h"
#include "ui/pages/results/overview_tab.h"
#include "ui/pages/results/results_page.h"
#include "ui/pages/run/run_page.h"
#include "ui/settings/language.h"
#include "ui/wizards/evaluation_wizard.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::DesktopWindow;
using loom::testing::RunRecipe;

namespace {

struct Screen {
  QString name;
  std::function<QWidget*()> show;  // the window to look at
};

QString joined_lines(const QStringList& faults, const QString& screen) {
  return faults.isEmpty() ? QString()
                          : screen + QStringLiteral(":\n  ") + faults.join(QStringLiteral("\n  "));
}

}  // namespace

class EveryPageTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void namesWordsAndTab_data();
  void namesWordsAndTab();
  void cleanupTestCase() { desktop_.reset(); }

 private:
  template <typename PageType>
  PageType& page(const char* id) {
    return *static_cast<PageType*>(desktop_->window().page(QLatin1String(id)));
  }
  QWidget* show_page(const QString& id);
  QWidget* show_results(int tab);
  QWidget* show_wizard(int step);
  QWidget* show_figure_dialog();
  QWidget* show_dialog(QDialog* dialog);
  QList<Screen> screens();

  std::unique_ptr<DesktopWindow> desktop_;
  std::unique_ptr<Theme> theme_;
  qint64 first_ = 0, second_ = 0, unfinished_ = 0;
};

void EveryPageTest::initTestCase() {
  desktop_ = std::make_unique<DesktopWindow>();
  desktop_->add_model();
  if (const QString language = qEnvironmentVariable("SCREEN_LANGUAGE"); !language.isEmpty()) {
    choose_language(language);
    if (install_language(*qApp) != language) QSKIP("skipped: built without lrelease");
  }
  theme_ = std::make_unique<Theme>(*qApp);
  QVERIFY(desktop_->open(*theme_).has_value());
  RunStore& store = desktop_->workspace().store();
  RunRecipe recipe;
  recipe.models = {"SmolLM2-135M-Instruct.Q4_1", "tiny"};
  recipe.tags = {"baseline"};
  first_ = loom::testing::store_run(store, recipe);
  recipe.name = "Tail instead of middle";
  recipe.truncation = TruncationRule::tail;
  recipe.score = [](const Job& job, int index) { return (index + job.index) % 3 == 0 ? 1.0 : 0.0; };
  second_ = loom::testing::store_run(store, recipe);
  recipe.name = "Stopped half-way";
  unfinished_ = loom::testing::store_run(store, recipe);
  QVERIFY(first_ > 0 && second_ > 0 && unfinished_ > 0);
  QVERIFY(store.set_state(unfinished_, RunState::paused).has_value());
  Q_EMIT desktop_->workspace().runs_changed();
}

QWidget* EveryPageTest::show_page(const QString& id) {
  desktop_->window().show_page(id);
  return &desktop_->window();
}

QWidget* EveryPageTest::show_results(int tab) {
  auto& results = page<ResultsPage>("results");
  QSignalSpy loaded(&results, &ResultsPage::loaded);
  results.show_run(first_);
  show_page(QStringLiteral("results"));
  if (!loaded.wait(loom::testing::patient(20'000))) return nullptr;
  results.findChild<QTabWidget*>(QStringLiteral("results_tabs"))->setCurrentIndex(tab);
  return &desktop_->window();
}

QWidget* EveryPageTest::show_wizard(int step) {
  show_page(QStringLiteral("evaluate"));
  auto plan = desktop_->workspace().store().plan(first_);
  if (auto model = loom::testing::default_model()) plan = starter_plan(model->string());
  EvaluationWizard* wizard = page<EvaluatePage>("evaluate").open_wizard(*plan);
  if (!QTest::qWaitForWindowActive(wizard)) return nullptr;
  for (int i = 0; i < 200 && wizard->plan().models.empty(); ++i) QTest::qWait(20);
  wizard->go_to(step);
  return wizard;
}

QWidget* EveryPageTest::show_figure_dialog() {
  show_results(0);
  RadarView& radar = page<ResultsPage>("results").overview().radar();
  radar.open_export();
  auto* dialog = radar.findChild<FigureExportDialog*>();
  return QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
}

QWidget* EveryPageTest::show_dialog(QDialog* dialog) {
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->show();
  return QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
}

QList<Screen> EveryPageTest::screens() {
  QList<Screen> all;
  for (const char* id : {"evaluate", "runs", "models", "benchmarks", "settings"})
    all << Screen{QLatin1String(id), [this, id] { return show_page(QLatin1String(id)); }};
  all << Screen{QStringLiteral("compare"), [this] {
                  page<ComparePage>("compare").show_runs({first_, second_});
                  return show_page(QStringLiteral("compare"));
                }};
  all << Screen{QStringLiteral("together"), [this] {
                  page<TogetherPage>("together").show_runs({first_, second_});
                  return show_page(QStringLiteral("together"));
                }};
  all << Screen{QStringLiteral("run"), [this] {
                  page<RunPage>("run").show_run(unfinished_);
                  return show_page(QStringLiteral("run"));
                }};
  for (int tab = 0; tab < 6; ++tab)
    all << Screen{QStringLiteral("results-%1").arg(tab), [this, tab] { return show_results(tab); }};
  all << Screen{QStringLiteral("figure"), [this] { return show_figure_dialog(); }};
  all << Screen{QStringLiteral("add-model"), [this] {
                  return show_dialog(new AddModelDialog(desktop_->workspace().hub_settings(),
                                                        show_page(QStringLiteral("models"))));
                }};
  all << Screen{QStringLiteral("add-benchmark"), [this] {
                  return show_dialog(new AddBenchmarkDialog(
                      desktop_->workspace(), show_page(QStringLiteral("benchmarks"))));
                }};
  all << Screen{
      QStringLiteral("judge"), [this] {
        auto summary = desktop_->workspace().queries().summary(first_);
        return show_dialog(new JudgeDialog(desktop_->workspace(), first_,
                                           QStringLiteral("Baseline"), *summary, show_results(0)));
      }};
  for (int step = 0; step < 6; ++step)
    all << Screen{QStringLiteral("wizard-%1").arg(step),
                  [this, step] { return show_wizard(step); }};
  return all;
}

void EveryPageTest::namesWordsAndTab_data() {
  QTest::addColumn<int>("screen");
  QTest::addColumn<bool>("dark");
  QTest::addColumn<QSize>("size");
  const QList<Screen> all = screens();
  // Words are as long in every theme.
  const bool words_only = qEnvironmentVariableIsSet("SCREEN_LANGUAGE");
  for (const QSize size : {QSize(960, 600), QSize(1280, 800)})
    for (const bool dark : {false, true})
      for (int screen = 0; screen < all.size() && !(words_only && dark); ++screen)
        QTest::addRow("%s-%s-%dx%d", qPrintable(all[screen].name), dark ? "dark" : "light",
                      size.width(), size.height())
            << screen << dark << size;
}

void EveryPageTest::namesWordsAndTab() {
  QFETCH(int, screen);
  QFETCH(bool, dark);
  QFETCH(QSize, size);
  theme_->set_appearance(dark ? Appearance::dark : Appearance::light);
  desktop_->window().resize(size);
  QWidget* window = screens().at(screen).show();
  QVERIFY(window);
  if (window != &desktop_->window()) window->resize(window->size().boundedTo(size));
  QTest::qWait(150);  // what is read from the history arrives
  const QString name = QString::fromLatin1(QTest::currentDataTag());
  DesktopWindow::keep_picture(*window,
                              name + QStringLiteral("@%1").arg(window->devicePixelRatio()));
  const bool wide = size.width() >= 1280;  // where every title has to be whole
  auto seen = [window, wide]() -> QString {
    return joined_lines(loom::testing::nameless_widgets(*window), QStringLiteral("no name")) +
           joined_lines(loom::testing::clipped_texts(*window), QStringLiteral("\nclipped")) +
           joined_lines(loom::testing::sideways_views(*window), QStringLiteral("\nsideways")) +
           joined_lines(wide ? loom::testing::cut_titles(*window) : QStringList(),
                        QStringLiteral("\ntitles"));
  };
  QString faults = seen();
  for (int tries = 0; tries < 30 && !faults.isEmpty(); ++tries) {
    QTest::qWait(100);  // a slow machine is still reading files or laying out
    faults = seen();
  }
  faults += joined_lines(loom::testing::unreachable_widgets(*window), QStringLiteral("\nno Tab"));
  faults += joined_lines(loom::testing::backward_steps(*window), QStringLiteral("\nbackwards"));
  if (window != &desktop_->window()) {
    window->close();
    QTest::qWait(0);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  QVERIFY2(faults.isEmpty(), qPrintable(faults));
}

QTEST_MAIN(EveryPageTest)
#include "every_page_test.moc"
