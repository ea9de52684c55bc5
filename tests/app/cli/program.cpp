#include "tests/app/cli/program.h"

#include <QFile>

#include "tests/support/patience.h"

namespace loom::testing {

nlohmann::json Ended::json() const {
  bool one_line = out.endsWith('\n') && out.count('\n') == 1;
  auto parsed = nlohmann::json::parse(out.toStdString(), nullptr, false);
  return one_line && parsed.is_object() ? parsed
                                        : nlohmann::json(nlohmann::json::value_t::discarded);
}

Program::Program() = default;

void Program::start(QProcess& process, const QStringList& arguments) const {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("LOOMSCOPE_HOME"),
                     QString::fromStdString(home_.path().string()));
  process.setProcessEnvironment(environment);
  process.start(QStringLiteral(LOOM_CLI), arguments);
}

Ended Program::wait(QProcess& process) {
  Ended ended;
  if (!process.waitForFinished(patient(300'000))) return ended;
  ended.code = process.exitCode() + (process.exitStatus() == QProcess::CrashExit ? 128 : 0);
  ended.out = process.readAllStandardOutput();
  ended.err = process.readAllStandardError();
  return ended;
}

Ended Program::run(const QStringList& arguments, const QByteArray& input) const {
  QProcess process;
  start(process, arguments);
  process.write(input);
  process.closeWriteChannel();
  return wait(process);
}

QString Program::path(const char* name) const {
  return QString::fromStdString((home_.path() / name).string());
}

QString Program::file(const char* name, const QByteArray& text) const {
  QFile file(path(name));
  if (file.open(QIODevice::WriteOnly)) file.write(text);
  return path(name);
}

QByteArray missing_fields(const nlohmann::json& json, const std::vector<const char*>& fields) {
  QByteArray missing;
  for (const char* field : fields)
    if (!json.is_object() || !json.contains(field)) missing += QByteArray(field) + ' ';
  return missing;
}

QString default_model_text() {
  auto model = default_model();
  return model ? QString::fromStdString(model->string()) : QString();
}

}  // namespace loom::testing
