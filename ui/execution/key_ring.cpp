#include "ui/execution/key_ring.h"

#include <qt6keychain/keychain.h>

namespace loom::ui {
namespace {

const QString kService = QStringLiteral("LoomScope");

// The library's own words are untranslated and often "Unknown error".
QString problem_of(const QKeychain::Job& job) {
  if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound) return {};
  if (job.error() == QKeychain::AccessDeniedByUser || job.error() == QKeychain::AccessDenied)
    return KeyRing::tr("The key ring refused access.");
  return KeyRing::tr("No key ring answers on this machine.");
}

// The job deletes itself after it has finished.
template <typename Job>
void start(Job* job, const QString& name, QObject* asker, KeyRing::Answer answer) {
  job->setKey(name);
  QObject::connect(job, &QKeychain::Job::finished, asker,
                   [job, answer = std::move(answer)](QKeychain::Job* ended) {
                     QString value;
                     if constexpr (std::is_same_v<Job, QKeychain::ReadPasswordJob>)
                       value = job->textData();
                     answer(value, problem_of(*ended));
                   });
  job->start();
}

}  // namespace

void KeyRing::read(const QString& name, QObject* asker, Answer answer) {
  start(new QKeychain::ReadPasswordJob(kService, this), name, asker, std::move(answer));
}

void KeyRing::write(const QString& name, const QString& value, QObject* asker, Answer answer) {
  auto* job = new QKeychain::WritePasswordJob(kService, this);
  job->setTextData(value);
  start(job, name, asker, std::move(answer));
}

void KeyRing::remove(const QString& name, QObject* asker, Answer answer) {
  start(new QKeychain::DeletePasswordJob(kService, this), name, asker, std::move(answer));
}

}  // namespace loom::ui
