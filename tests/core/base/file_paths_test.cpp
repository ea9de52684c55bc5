// Where things lie when the environment says little or something useless.
#include "core/base/file_paths.h"

#include <pwd.h>
#include <unistd.h>

#include <QtTest>

using namespace loom;

class FilePathsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    for (const char* name : {"LOOMSCOPE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"}) qunsetenv(name);
    qputenv("HOME", "/home/somebody");
  }

  void the_users_folders() {
    QCOMPARE(paths::store().string(),
             std::string("/home/somebody/.local/share/loomscope/history.sqlite"));
    qputenv("XDG_DATA_HOME", "/data");
    QCOMPARE(paths::models().string(), std::string("/data/loomscope/models"));
    qputenv("LOOMSCOPE_HOME", "/all of it");
    QCOMPARE(paths::models().string(), std::string("/all of it/data/models"));
    QCOMPARE(paths::cache().string(), std::string("/all of it/cache"));
  }

  // The XDG rules have them ignored: a history must not depend on where the program was started.
  void relative_folders_are_ignored() {
    qputenv("XDG_DATA_HOME", "data");
    QCOMPARE(paths::data().string(), std::string("/home/somebody/.local/share/loomscope"));
  }

  void without_HOME_the_system_knows() {
    const passwd* user = getpwuid(getuid());
    if (!user || user->pw_dir[0] != '/') QSKIP("skipped: the system knows no home of this user");
    for (const bool empty : {false, true}) {
      if (empty)
        qputenv("HOME", "");
      else
        qunsetenv("HOME");
      QCOMPARE(paths::user_home().string(), std::string(user->pw_dir));
      QCOMPARE(paths::data(), paths::user_home() / ".local/share/loomscope");
    }
  }
};

QTEST_GUILESS_MAIN(FilePathsTest)
#include "file_paths_test.moc"
