// Runs the real command line with a home of its own.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <nlohmann/json.hpp>

#include "tests/support/test_folders.h"

namespace loom::testing {

struct Ended {
  int code = -1;  // the exit code; 128 + signal when one ended it
  QByteArray out, err;

  // Standard output as the one JSON object on one line that it has to be; discarded otherwise.
  nlohmann::json json() const;
};

class Program {
 public:
  Program();
  Ended run(const QStringList& arguments, const QByteArray& input = {}) const;
  void start(QProcess& process, const QStringList& arguments) const;
  static Ended wait(QProcess& process);
  // A file in the home, with this text.
  QString file(const char* name, const QByteArray& text) const;
  QString path(const char* name) const;

 private:
  TemporaryFolder home_;
};

// Fields that stand in `json` but should not be missing; empty when all are there.
QByteArray missing_fields(const nlohmann::json& json, const std::vector<const char*>& fields);
QString default_model_text();

}  // namespace loom::testing
