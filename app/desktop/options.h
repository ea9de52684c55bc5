// What the desktop program is told when it is started.
#pragma once

#include <QCoreApplication>
#include <filesystem>

namespace loom::desktop {

struct Options {
  std::filesystem::path store;
  QString page;  // empty: the page of the last time
  QString plan;  // a plan's file to open in the wizard; empty: none
};

// Answers --help and --version by itself, and ends the program on a wrong option.
Options read_options(const QCoreApplication& application);

}  // namespace loom::desktop
