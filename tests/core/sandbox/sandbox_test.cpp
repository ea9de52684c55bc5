// Programs that try to do harm, and what the sandbox makes of them.
#include <signal.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <fstream>
#include <thread>

#include "core/sandbox/python.h"
#include "tests/support/tcp_server.h"

using namespace loom;

namespace {

SandboxOutcome run(const std::string& program, SandboxLimits limits = {.seconds = 10}) {
  auto outcome = run_in_sandbox(python_job(program, limits));
  if (!outcome) qFatal("%s", describe(outcome.error()).c_str());
  return *outcome;
}

bool says(const SandboxOutcome& outcome, const char* words) {
  return outcome.output.find(words) != std::string::npos;
}

}  // namespace

class SandboxTest : public QObject {
  Q_OBJECT

 public:
  QString own_path;

 private Q_SLOTS:
  void initTestCase() {
    auto ready = sandbox_ready();
    if (!ready) QSKIP(describe(ready.error()).c_str());
  }

  void a_good_program_runs() {
    auto outcome = run("import json\nprint(json.dumps([sum(range(10))]))");
    QCOMPARE(outcome.end, SandboxEnd::finished);
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.output, std::string("[45]\n"));
    QCOMPARE(run("assert 1 == 2").code, 1);
    QCOMPARE(run("import sys; sys.exit(7)").code, 7);
  }

  void a_fork_bomb_is_bounded() {
    auto outcome = run(R"(
import os, time
made = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(60)
        made += 1
except OSError:
    print('made', made < 16)
)");
    QCOMPARE(outcome.end, SandboxEnd::finished);
    QVERIFY2(says(outcome, "made True"), outcome.output.c_str());
    // One that never gives up is ended by the clock.
    auto endless =
        run("import os\nwhile True:\n  try: os.fork()\n  except OSError: pass", {.seconds = 1});
    QVERIFY(endless.seconds < 5);
    QVERIFY(endless.end == SandboxEnd::out_of_time || endless.code != 0);
  }

  void endless_output_is_cut_off() {
    auto outcome = run("while True: print('x' * 1000)", {.seconds = 10, .output_bytes = 100000});
    QCOMPARE(outcome.end, SandboxEnd::too_much_output);
    QCOMPARE(outcome.output.size(), 100000u);
  }

  void sleeping_and_spinning_run_out_of_time() {
    auto asleep =
        run("import os, time\nos.close(1); os.close(2)\ntime.sleep(60)", {.seconds = 0.5});
    QCOMPARE(asleep.end, SandboxEnd::out_of_time);
    QVERIFY(asleep.seconds < 5);
    QCOMPARE(run("while True: pass", {.seconds = 0.5}).end, SandboxEnd::out_of_time);
  }

  void memory_is_bounded() {
    auto outcome = run("try: b = bytearray(1 << 30)\nexcept MemoryError: print('refused')",
                       {.seconds = 10, .memory_bytes = 256u << 20});
    QVERIFY2(says(outcome, "refused"), outcome.output.c_str());
  }

  void nothing_is_written_outside() {
    QTemporaryDir folder;
    std::string inside = folder.path().toStdString();
    auto outcome = run("import os\nfor p in ['" + inside +
                       "/x', '/x', '/usr/x', '/etc/x', '/dev/x', '/home/x', '/root/x']:\n"
                       "  try: open(p, 'w').write('x'); print('wrote', p)\n"
                       "  except OSError: pass\n"
                       "open('/tmp/x', 'w').write('x'); print(os.listdir('/tmp'))");
    QVERIFY2(!says(outcome, "wrote") && says(outcome, "['x']"), outcome.output.c_str());
    QVERIFY(!QFile::exists(folder.filePath("x")));
    // The next program finds an empty /tmp, and the whole of it is bounded.
    QVERIFY(says(run("import os; print(os.listdir('/tmp'))"), "[]"));
    auto full =
        run("try:\n  for i in range(50): open(f'/tmp/{i}', 'wb').write(b'x' * 1000000)\n"
            "except OSError: print('full', i)",
            {.seconds = 10, .files_bytes = 5000000});
    QVERIFY2(says(full, "full"), full.output.c_str());
  }

  void the_users_files_are_not_seen_unless_given() {
    QTemporaryDir folder;
    std::string file = folder.filePath("secret").toStdString();
    std::ofstream(file) << "known";
    std::string program = "print(open('" + file + "').read())";
    QVERIFY(says(run(program), "FileNotFoundError"));
    QVERIFY(says(run("import os; print('HOME' in os.environ, len(os.environ) < 12)"), "True True"));
    QFile::setPermissions(folder.path(), QFile::Permissions(0x7555));
    SandboxJob job = python_job(program, {.seconds = 10});
    job.readable = {folder.path().toStdString()};
    auto given = run_in_sandbox(job);
    QVERIFY(given && says(*given, "known"));
    QVERIFY(qputenv("LOOM_SECRET", "known"));
    QVERIFY(says(run("import os; print(os.environ.get('LOOM_SECRET'))"), "None"));
  }

  void there_is_no_network() {
    std::atomic<bool> reached = false;
    testing::TcpServer server([&](testing::Connection&, std::stop_token) { reached = true; });
    auto outcome = run("import socket\ntry: socket.create_connection(('127.0.0.1', " +
                       std::to_string(server.port()) +
                       "), 2); print('connected')\nexcept OSError: print('refused')");
    QVERIFY2(says(outcome, "refused"), outcome.output.c_str());
    QVERIFY(!reached);
  }

  void signals_that_are_ignored_do_not_save_it() {
    auto deaf = run(R"(
import signal
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
while True: pass
)",
                    {.seconds = 1});
    QVERIFY(deaf.end == SandboxEnd::out_of_time || deaf.code == 137);
    QVERIFY(deaf.seconds < 5);
    auto stopped = run("import os\nos.kill(os.getpid(), 19)", {.seconds = 1});
    QCOMPARE(stopped.end, SandboxEnd::out_of_time);
  }

  void children_write_no_more_than_it_may() {
    auto outcome = run(R"(
import os
for i in range(3):
    if os.fork() == 0:
        while True: os.write(2, b'x' * 1000)
os.wait()
)",
                       {.seconds = 10, .output_bytes = 100000});
    QCOMPARE(outcome.end, SandboxEnd::too_much_output);
    QCOMPARE(outcome.output.size(), 100000u);
  }

  void the_system_cannot_be_changed_from_within() {
    auto outcome = run(R"(
import os
for path in ['/proc/sys/kernel/hostname', '/proc/sysrq-trigger', '/proc/1/mem', '/usr/bin/true',
             '/proc/self/root/usr/x', '/tmp/../usr/x']:
    try:
        os.write(os.open(path, os.O_WRONLY | os.O_CREAT), b'x')
        print('wrote', path)
    except OSError: pass
os.symlink('/usr', '/tmp/link')
try: os.open('/tmp/link/x', os.O_WRONLY | os.O_CREAT); print('wrote through a link')
except OSError: pass
try: os.chown('/usr', 0, 0); print('wrote its owner')
except OSError: pass
try: os.remove('/usr/bin/true'); print('wrote it away')
except OSError: pass
print('tried')
)");
    QVERIFY2(says(outcome, "tried") && !says(outcome, "wrote"), outcome.output.c_str());
  }

  void signals_reach_nobody_else() {
    auto outcome = run("import os\ntry: os.kill(" + std::to_string(::getpid()) +
                       ", 9)\nexcept ProcessLookupError: print('nobody', flush=True)\n"
                       "try: os.kill(-1, 9)\nexcept ProcessLookupError: pass\n"
                       "os.kill(os.getpid(), 9)");
    QVERIFY2(says(outcome, "nobody"), outcome.output.c_str());
    QCOMPARE(outcome.code, 137);
  }

  void what_it_leaves_behind_ends_with_it() {
    auto outcome =
        run("import os, time\nif os.fork() == 0:\n  os.setsid()\n  time.sleep(60)\n"
            "print('left')");
    QCOMPARE(outcome.end, SandboxEnd::finished);
    QVERIFY(outcome.seconds < 8);
  }

  void without_bubblewrap_nothing_runs() {
    QCOMPARE(QProcess::execute(own_path, {QStringLiteral("--absent")}), 0);
  }

  void it_can_be_cancelled() {
    std::stop_source stop;
    std::thread later([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      stop.request_stop();
    });
    auto outcome = run_in_sandbox(python_job("import time; time.sleep(60)", {.seconds = 60}),
                                  stop.get_token());
    later.join();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::cancelled);
  }
};

// Told by an argument to look for bubblewrap where there is none.
int main(int count, char** arguments) {
  if (count > 1 && std::string(arguments[1]) == "--absent") {
    qputenv("LOOMSCOPE_BWRAP", "/nowhere/bwrap");
    auto outcome = run_in_sandbox(python_job("print('ran')"));
    bool refused = !outcome && outcome.error().kind == ErrorKind::unsupported &&
                   outcome.error().remedy.find("bubblewrap") != std::string::npos;
    return refused ? 0 : 1;
  }
  SandboxTest test;
  test.own_path = QString::fromLocal8Bit(arguments[0]);
  return QTest::qExec(&test, count, arguments);
}

#include "sandbox_test.moc"
