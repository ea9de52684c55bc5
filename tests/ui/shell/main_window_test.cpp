#include "ui/shell/main_window.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QtTest>
#include <thread>

#include "ui/execution/downloads.h"
#include "ui/execution/file_work.h"
#include "ui/execution/judgings.h"
#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmarks_page.h"
#include "ui/pages/models/models_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/help_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/theme.h"

using namespace loom;
using namespace loom::ui;

namespace {

class PlainPage : public Page {
 public:
  explicit PlainPage(const QString& name) : name_(name), export_(new QAction(this)) {
    export_->setText(QStringLiteral("Export"));
  }
  QString title() const override { return name_; }
  QString help_topic() const override { return QStringLiteral("compare"); }
  QString search_hint() const override { return QStringLiteral("Search here"); }
  void search(const QString& text) override { searched = text; }
  QAction* export_action() override { return export_; }
  void refresh() override { ++refreshed; }
  void save_state() const override { ++saved; }

  QString searched;
  int refreshed = 0;
  mutable int saved = 0;

 private:
  QString name_;
  QAction* export_;
};

}  // namespace

class MainWindowTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    qputenv("LOOMSCOPE_HOME", folder_.path().toUtf8());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    QCoreApplication::setOrganizationName(QStringLiteral("loomscope-test"));
    theme_ = new Theme(*qApp);
    auto opened = Workspace::open(folder_.filePath(QStringLiteral("h.sqlite")).toStdString());
    QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
    workspace_ = std::move(*opened);
  }

  void init() {
    QSettings().clear();
    open_window();
  }
  void cleanup() { window_.reset(); }
  void cleanupTestCase() { workspace_.reset(); }

  void pages_are_made_when_first_shown() {
    QCOMPARE(made_, 1);
    press(Qt::Key_3);
    QCOMPARE(made_, 2);
    press(Qt::Key_1);
    press(Qt::Key_3);
    QCOMPARE(made_, 2);
  }

  void shortcuts_switch_pages() {
    for (int place = 1; place <= 6; ++place) {
      press(static_cast<Qt::Key>(Qt::Key_0 + place));
      QCOMPARE(window_->current_page_id(), ids_[place - 1]);
      auto* title = window_->findChild<QLabel*>(QStringLiteral("page_title"));
      QCOMPARE(title->text(), window_->page(ids_[place - 1])->title());
    }
    press(Qt::Key_1);
    press(Qt::Key_Comma);
    QCOMPARE(window_->current_page_id(), QStringLiteral("settings"));
  }

  void page_shortcuts_reach_the_page() {
    auto* page = static_cast<PlainPage*>(window_->page(QStringLiteral("evaluate")));
    int before = page->refreshed;
    QTest::keyClick(window_.get(), Qt::Key_F5);
    QCOMPARE(page->refreshed, before + 1);
    QSignalSpy exported(page->export_action(), &QAction::triggered);
    press(Qt::Key_E);
    QCOMPARE(exported.count(), 1);
    QSignalSpy wanted(window_.get(), &MainWindow::evaluation_requested);
    press(Qt::Key_N);
    QCOMPARE(wanted.count(), 1);
    press(Qt::Key_F);
    auto* search = window_->findChild<QLineEdit*>(QStringLiteral("page_search"));
    QCOMPARE(QApplication::focusWidget(), search);
    QTest::keyClicks(search, QStringLiteral("niah"));
    QCOMPARE(page->searched, QStringLiteral("niah"));
    // Another page has words of its own; coming back brings the first ones.
    press(Qt::Key_2);
    QCOMPARE(search->text(), QString());
    press(Qt::Key_1);
    QCOMPARE(search->text(), QStringLiteral("niah"));
  }

  void inner_page_leads_back() {
    window_->show_page(QStringLiteral("runs"));
    window_->show_page(QStringLiteral("results"));
    QVERIFY(window_->findChild<QAbstractButton*>(QStringLiteral("back"))->isVisible());
    window_->go_back();
    QCOMPARE(window_->current_page_id(), QStringLiteral("runs"));
    QVERIFY(!window_->findChild<QAbstractButton*>(QStringLiteral("back"))->isVisible());
  }

  void requests_of_pages_are_passed_on() {
    Page* page = window_->page(QStringLiteral("runs"));
    QSignalSpy run(window_.get(), &MainWindow::run_requested);
    Q_EMIT page->open_run(7);
    QCOMPARE(run.value(0).value(0).toLongLong(), 7);
  }

  void problem_shows_on_its_page_only() {
    Page* shown = window_->page(QStringLiteral("evaluate"));
    Page* hidden = window_->page(QStringLiteral("runs"));
    Q_EMIT hidden->problem({ErrorKind::io, "not seen", "", ""});
    QCOMPARE(window_->message_bar().sentence(), QString());
    Q_EMIT shown->problem({ErrorKind::io, "the disk is full", "", ""});
    QCOMPARE(window_->message_bar().sentence(), QStringLiteral("The disk is full"));
    press(Qt::Key_2);
    QCOMPARE(window_->message_bar().sentence(), QString());
  }

  void size_and_page_are_kept() {
    window_->show_page(QStringLiteral("models"));
    window_->resize(1100, 700);
    auto* page = static_cast<PlainPage*>(window_->page(QStringLiteral("evaluate")));
    window_->close();
    QCOMPARE(page->saved, 1);
    open_window();
    QCOMPARE(window_->current_page_id(), QStringLiteral("models"));
    QCOMPARE(window_->size(), QSize(1100, 700));
  }

  void closing_asks_for_work_on_files_data() {
    QTest::addColumn<int>("which");
    QTest::addRow("exports") << 0;
    QTest::addRow("downloads") << 1;
    QTest::addRow("judging") << 2;
  }
  void closing_asks_for_work_on_files() {
    QFETCH(int, which);
    FileWork* const works[] = {&workspace_->file_work(), &workspace_->downloads().work(),
                               &workspace_->judgings().work()};
    FileWork& work = *works[which];
    FileWork::Job job;
    job.title = QStringLiteral("Counting sheep");
    job.if_stopped = QStringLiteral("The sheep so far are kept.");
    job.work = [](const WorkControl& control) -> Status {
      while (!control.stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return Error{ErrorKind::cancelled, "stopped", "", ""};
    };
    work.begin(job);
    QVERIFY(work.is_busy());
    QString asked;
    QTimer::singleShot(0, [&asked] {
      auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      if (!question) return;
      asked = question->informativeText();
      QTest::keyClick(question, Qt::Key_Escape);  // stay
    });
    window_->close();
    QVERIFY2(asked.contains(job.title) && asked.contains(job.if_stopped), qPrintable(asked));
    QVERIFY(window_->isVisible());
    QVERIFY(work.is_busy());
    work.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!work.is_busy(), 5000);
    window_->close();  // nothing is asked
    QVERIFY(!window_->isVisible());
  }

  void help_opens_at_the_topic_of_the_page() {
    QTest::keyClick(window_.get(), Qt::Key_F1);
    auto* help = window_->findChild<HelpWindow*>(QStringLiteral("help_window"));
    QVERIFY(help && help->isVisible());
    QCOMPARE(help->shown_topic(), QStringLiteral("compare"));
    auto* text = help->findChild<QTextBrowser*>(QStringLiteral("help_text"));
    for (const char* topic : {"evaluate", "runs", "run", "results", "compare", "models",
                              "benchmarks", "settings", "command-line"}) {
      help->show_topic(QString::fromLatin1(topic));
      QVERIFY2(text->toPlainText().size() > 200, topic);
      QVERIFY2(!text->toPlainText().contains(QStringLiteral("Install LoomScope again")), topic);
    }
  }

  void everything_has_a_name_and_takes_focus() {
    for (const QString& id : ids_) {
      window_->show_page(id);
      for (QWidget* widget : window_->findChildren<QWidget*>()) {
        if (!widget->isVisible() || !is_interactive(*widget)) continue;
        QByteArray which = (id + QLatin1Char('/') + widget->objectName() + QLatin1Char(' ') +
                            QString::fromLatin1(widget->metaObject()->className()))
                               .toUtf8();
        QVERIFY2(!widget->accessibleName().isEmpty(), which.constData());
        QVERIFY2(takes_focus(*widget), which.constData());
      }
    }
  }

  void works_at_its_smallest_size() {
    window_->resize(960, 600);
    for (const QString& id : ids_) {
      window_->show_page(id);
      QTest::qWait(0);
      QCOMPARE(window_->size(), QSize(960, 600));
    }
  }

  void benchmark_files_lie_where_settings_say() {
    window_->show_page(QStringLiteral("settings"));
    auto* path = window_->findChild<QLabel*>(QStringLiteral("data_folder"));
    auto* own = window_->findChild<QPushButton*>(QStringLiteral("own_data_folder"));
    QVERIFY(path && own && !own->isEnabled());
    const QString before = path->text();
    workspace_->set_data_folder(folder_.filePath(QStringLiteral("sets")));
    QCOMPARE(path->text(), folder_.filePath(QStringLiteral("sets")));
    QCOMPARE(workspace_->data_folder().string(), path->text().toStdString());
    QVERIFY(own->isEnabled());
    own->click();
    QCOMPARE(path->text(), before);
    QVERIFY(!own->isEnabled());
  }

 private:
  static bool is_interactive(const QWidget& widget) {
    // Parts of a control, such as a header's corner or a field's clear button, belong to it.
    if (widget.objectName().startsWith(QStringLiteral("qt_"))) return false;
    if (qobject_cast<QLineEdit*>(widget.parentWidget())) return false;
    if (qobject_cast<QAbstractItemView*>(widget.parentWidget())) return false;
    return qobject_cast<const QAbstractButton*>(&widget) ||
           qobject_cast<const QLineEdit*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
           qobject_cast<const QAbstractItemView*>(&widget);
  }

  static bool takes_focus(const QWidget& widget) {
    if (widget.focusPolicy() & Qt::TabFocus) return true;
    // Of buttons that exclude each other Tab reaches one, arrow keys the others.
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    if (!button || !button->group() || !button->group()->exclusive()) return false;
    const auto all = button->group()->buttons();
    return std::any_of(all.begin(), all.end(), [](const QAbstractButton* other) {
      return other->focusPolicy() & Qt::TabFocus;
    });
  }

  void press(Qt::Key key) { QTest::keyClick(window_.get(), key, Qt::ControlModifier); }

  void open_window() {
    window_ = std::make_unique<MainWindow>(*workspace_);
    made_ = 0;
    auto plain = [this](const QString& id) {
      return [this, id]() -> Page* {
        ++made_;
        return new PlainPage(id);
      };
    };
    auto add = [this](const QString& id, MainWindow::MakePage make) {
      window_->add_page(id, Icon::runs, id, std::move(make));
    };
    add(ids_[0], plain(ids_[0]));
    add(ids_[1], plain(ids_[1]));
    add(ids_[2], plain(ids_[2]));
    add(ids_[3], [this] { return new ModelsPage(*workspace_); });
    add(ids_[4], [this] { return new BenchmarksPage(*workspace_); });
    add(ids_[5], [this] { return new SettingsPage(*workspace_, *theme_); });
    window_->add_inner_page(QStringLiteral("results"), ids_[1], plain(QStringLiteral("results")));
    window_->show_last_page();
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }

  const QStringList ids_{QStringLiteral("evaluate"),   QStringLiteral("runs"),
                         QStringLiteral("compare"),    QStringLiteral("models"),
                         QStringLiteral("benchmarks"), QStringLiteral("settings")};
  QTemporaryDir folder_;
  Theme* theme_ = nullptr;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<MainWindow> window_;
  int made_ = 0;
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
