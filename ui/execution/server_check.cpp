#include "ui/execution/server_check.h"

#include "core/judge/offered_models.h"

namespace loom::ui {
namespace {

QString sentence_of(const Error& error) {
  QString sentence = QString::fromStdString(error.message);
  if (!error.where.empty()) sentence = QString::fromStdString(error.where) + u' ' + sentence;
  if (!error.remedy.empty())
    sentence += QStringLiteral(". ") + QString::fromStdString(error.remedy);
  return sentence + u'.';
}

}  // namespace

void ServerCheck::ask(const QString& address, const QString& key) {
  forget();
  const quint64 question = asked_;
  thread_ = std::jthread([this, question, url = address.toStdString(),
                          secret = key.toStdString()](std::stop_token stop) {
    const auto models = offered_models(url, secret, stop);
    QMetaObject::invokeMethod(
        this,
        [this, question, models] {
          if (question != asked_) return;
          if (!models) {
            Q_EMIT fails(sentence_of(models.error()));
            return;
          }
          QStringList names;
          for (const std::string& name : *models) names << QString::fromStdString(name);
          Q_EMIT answers(names);
        },
        Qt::QueuedConnection);
  });
}

void ServerCheck::forget() {
  ++asked_;
  thread_ = {};  // ends the older question, which is stopped at once
}

}  // namespace loom::ui
