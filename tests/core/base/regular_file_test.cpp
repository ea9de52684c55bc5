// What is no file is refused before it is opened: a pipe without a writer would block for ever.
#include "core/base/regular_file.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <QtTest>

#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "tests/support/test_folders.h"

using namespace loom;

class RegularFileTest : public QObject {
  Q_OBJECT

  testing::TemporaryFolder folder_;

 private Q_SLOTS:
  void initTestCase() {
    const std::string pipe = folder_.path() / "pipe";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QVERIFY(write_file(folder_.path() / "file", "x"));
    std::filesystem::create_symlink("file", folder_.path() / "link");
    std::filesystem::create_symlink("pipe", folder_.path() / "link_to_pipe");
    std::filesystem::create_symlink("nothing", folder_.path() / "broken_link");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string place = folder_.path() / "socket";
    QVERIFY(place.size() < sizeof address.sun_path);
    place.copy(address.sun_path, place.size());
    const int handle = ::socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(::bind(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(handle);  // its name stays
  }

  void kinds_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("message");  // empty: it is a file
    QTest::addColumn<int>("kind");
    auto row = [](const char* name, const char* message, ErrorKind kind) {
      QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(message)
                          << static_cast<int>(kind);
    };
    row("file", "", ErrorKind::internal);
    row("link", "", ErrorKind::internal);
    row("nothing", "does not exist", ErrorKind::not_found);
    row("broken_link", "does not exist", ErrorKind::not_found);
    row("file/below", "does not exist", ErrorKind::not_found);
    row(".", "is a folder, a file was expected", ErrorKind::invalid_input);
    row("pipe", "is a pipe, a file was expected", ErrorKind::invalid_input);
    row("link_to_pipe", "is a pipe, a file was expected", ErrorKind::invalid_input);
    row("socket", "is a socket, a file was expected", ErrorKind::invalid_input);
    row("/dev/zero", "is a device, a file was expected", ErrorKind::invalid_input);
  }
  void kinds() {
    QFETCH(QString, name);
    QFETCH(QString, message);
    QFETCH(int, kind);
    const std::filesystem::path file = folder_.path() / name.toStdString();
    const Status found = check_regular_file(file);
    const auto text = read_file(file);
    const auto hash = sha256_file(file);
    if (message.isEmpty()) {
      QVERIFY(found && text && hash);
      return;
    }
    for (const auto& error : {found.error(), text.error(), hash.error()}) {
      QCOMPARE(error.message, message.toStdString());
      QCOMPARE(static_cast<int>(error.kind), kind);
      QCOMPARE(error.where, file.string());
      QVERIFY(!error.remedy.empty());
    }
  }
};

QTEST_APPLESS_MAIN(RegularFileTest)
#include "regular_file_test.moc"
