#include "ui/execution/judgings.h"

#include <QElapsedTimer>

#include "core/judge/chat_endpoint.h"
#include "core/judge/judging.h"
#include "core/judge/local_judge.h"
#include "ui/execution/evaluation_controller.h"
#include "ui/execution/key_ring.h"
#include "ui/execution/workspace.h"

namespace loom::ui {
namespace {

using MakeServer = decltype(RunEnvironment::make_server);

Result<std::unique_ptr<JudgeModel>> server_judge(const JudgeChoice& choice, const QString& key) {
  EndpointSettings settings;
  settings.base_url = choice.address.toStdString();
  settings.model = choice.model_name.toStdString();
  settings.key = key.toStdString();
  LOOM_TRY(auto judge, ChatEndpoint::create(std::move(settings)));
  return std::unique_ptr<JudgeModel>(std::move(judge));
}

Result<std::unique_ptr<JudgeModel>> local_judge(const JudgeChoice& choice,
                                                const MakeServer& make_server,
                                                std::stop_token stop) {
  const std::string device = choice.device.toStdString();
  LOOM_TRY(auto server, make_server({"local", nlohmann::json::object()}, device));
  LOOM_TRY(auto judge,
           LocalJudge::load(std::move(server), choice.model_path.toStdString(), device, stop));
  return std::unique_ptr<JudgeModel>(std::move(judge));
}

// "12 of 98 answers · 3 without verdict · 1:05 left"
QString detail_of(const JudgeProgress& progress, qint64 elapsed_ms) {
  QStringList parts{Judgings::tr("%L1 of %L2 answers").arg(progress.done).arg(progress.planned)};
  if (progress.unparsed > 0)
    parts << Judgings::tr("%n without verdict", "", int(progress.unparsed));
  if (progress.done > 0 && progress.done < progress.planned) {
    const auto left = static_cast<qint64>(progress.planned - progress.done);
    const qint64 seconds = elapsed_ms * left / static_cast<qint64>(progress.done) / 1000;
    parts
        << Judgings::tr("%1:%2 left").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
  }
  return parts.join(QStringLiteral(" · "));
}

QString title_of(const QString& run_name) {
  return Judgings::tr("Judging “%1”").arg(run_name);
}

QString problem_of(const Status& status) {
  if (status) return {};
  if (status.error().kind == ErrorKind::cancelled)
    return Judgings::tr("Stopped; verdicts so far are kept.");
  return QString::fromStdString(describe(status.error()));
}

void add_agreement(JudgingOutcome& outcome, const Agreement& agreement) {
  outcome.agreed = agreement.agreed;
  outcome.labelled = agreement.cases;
  outcome.no_better_than_guessing = agreement.interval.low <= 0.5;
}

}  // namespace

Judgings::Judgings(Workspace& workspace) : workspace_(workspace) {}

bool Judgings::is_judging(const QString& run_name) const {
  return work_.has(title_of(run_name));
}

bool Judgings::is_at_work(const QString& run_name) const {
  return work_.title() == title_of(run_name);
}

// The key is asked for each time, so that one given a moment ago counts.
void Judgings::begin(qint64 run, const QString& run_name, const JudgeChoice& choice) {
  if (choice.key_name.isEmpty()) return start(run, run_name, choice, {});
  workspace_.key_ring().read(
      choice.key_name, this,
      [this, run, run_name, choice](const QString& key, const QString& problem) {
        if (!problem.isEmpty() || key.isEmpty()) {
          const QString sentence =
              problem.isEmpty() ? tr("The key ring has no key of this name.") : problem;
          Q_EMIT work_.failed(Error{ErrorKind::invalid_input, sentence.toStdString(),
                                    choice.key_name.toStdString(), ""});
          return tell({.run = run, .problem = sentence});
        }
        start(run, run_name, choice, key);
      });
}

void Judgings::start(qint64 run, const QString& run_name, const JudgeChoice& choice,
                     const QString& key) {
  FileWork::Job job;
  job.title = title_of(run_name);
  job.sentence = tr("“%1” was judged.").arg(run_name);
  job.if_stopped = tr("Verdicts so far are kept; judging again goes on with them.");
  const MakeServer make_server = workspace_.controller().environment().make_server;
  job.work = [this, run, choice, key, make_server](const WorkControl& control) -> Status {
    JudgingOutcome outcome{.run = run};
    const auto judge_all = [&]() -> Status {
      LOOM_TRY(const auto queries, workspace_.open_queries());
      LOOM_TRY(const RunSummary summary, queries->summary(run));
      LOOM_TRY(const Rubric* rubric, rubric_for_run(choice.rubric.toStdString(), summary));
      LOOM_TRY(const auto model, choice.model_path.isEmpty()
                                     ? server_judge(choice, key)
                                     : local_judge(choice, make_server, control.stop));
      VerdictCache cache(verdict_file(*model));
      Judge judge(*model, cache);
      QElapsedTimer clock;
      Judging judging;
      judging.request = {run, rubric, choice.limit, [&](const JudgeProgress& progress) {
                           outcome.judged = progress.done;
                           outcome.unparsed = progress.unparsed;
                           outcome.failed = progress.failed;
                           work_.say(detail_of(progress, clock.elapsed()));
                           if (progress.planned > 0)
                             (void)control.at(static_cast<double>(progress.done) /
                                              static_cast<double>(progress.planned));
                         }};
      judging.agreement = [&](const Agreement& agreement) {
        add_agreement(outcome, agreement);
        clock.start();
      };
      work_.say(tr("asking about labelled answers"));
      LOOM_TRY(const JudgingResult result,
               judge_stored_run(judge, judging, *queries, workspace_.store(), control.stop));
      return result.ended_by ? Status(*result.ended_by) : Status();
    };
    const Status status = judge_all();
    outcome.problem = problem_of(status);
    QMetaObject::invokeMethod(
        this, [this, outcome] { tell(outcome); }, Qt::QueuedConnection);
    return status;
  };
  work_.begin(std::move(job));
}

void Judgings::tell(const JudgingOutcome& outcome) {
  Q_EMIT workspace_.runs_changed();
  Q_EMIT ended(outcome);
}

}  // namespace loom::ui
