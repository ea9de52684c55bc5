#include "app/desktop/options.h"

#include <QCommandLineParser>

#include "core/base/file_paths.h"

namespace loom::desktop {

Options read_options(const QCoreApplication& application) {
  auto tr = [](const char* text) { return QCoreApplication::translate("loom::desktop", text); };
  QCommandLineParser parser;
  parser.setApplicationDescription(tr("Evaluates long-context language models on this machine."));
  parser.addHelpOption();
  parser.addVersionOption();
  QCommandLineOption store(QStringLiteral("store"), tr("Open this history."),
                           QStringLiteral("FILE"));
  QCommandLineOption page(QStringLiteral("page"),
                          tr("Show this page first: evaluate, runs, compare, models, benchmarks, "
                             "settings."),
                          QStringLiteral("NAME"));
  parser.addOptions({store, page});
  parser.addPositionalArgument(QStringLiteral("PLAN"), tr("Open this saved plan in the wizard."),
                               QStringLiteral("[PLAN]"));
  parser.process(application);
  Options options;
  options.store = parser.isSet(store) ? std::filesystem::path(parser.value(store).toStdString())
                                      : paths::store();
  options.page = parser.value(page);
  options.plan = parser.positionalArguments().value(0);
  return options;
}

}  // namespace loom::desktop
