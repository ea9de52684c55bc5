// Runs that leave the history as a file, and come in from one.
#include "core/history/migrations.h"
#include "core/history/run_copy.h"
#include "core/history/run_store_writer.h"
#include "core/history/summary_rows.h"

namespace loom {
namespace {

constexpr size_t kStep = 16;  // samples between which others may write

// Rows of somebody else's file that fit none of its jobs, and scores that no metric gives.
Status check_rows(Database& database, int64_t copy, const RunSummary& summary) {
  auto refused = [](const std::string& message) {
    return Error{ErrorKind::corrupt, message, "the run that came in",
                 "Export it again on the machine it came from"};
  };
  LOOM_TRY(const EvaluationPlan plan, read_stored_plan(database, copy));
  LOOM_TRY(const int64_t stray,
           database.number("SELECT count(*) FROM sample WHERE run=? AND (job<0 OR job>=?)", copy,
                           static_cast<int64_t>(summary.jobs.size())));
  if (stray > 0) return refused(std::to_string(stray) + " samples belong to no job");
  for (const JobSummary& one : summary.jobs) {
    const std::string name = one.job.benchmark_id + "/" + one.job.task;
    if (one.job.benchmark < 0 || static_cast<size_t>(one.job.benchmark) >= plan.benchmarks.size())
      return refused("the job " + name + " belongs to no benchmark of the plan");
    // What is better when lower has no upper end.
    const double most = one.lower_is_better ? 1e15 : 1;
    LOOM_TRY(const int64_t outside,
             database.number("SELECT count(*) FROM sample WHERE run=? AND job=? AND score IS NOT "
                             "NULL AND NOT score BETWEEN 0 AND ?",
                             copy, one.job.index, most));
    if (outside > 0)
      return refused(std::to_string(outside) + " scores of " + name + " are outside 0 to 1");
  }
  return {};
}

// What came in must be readable as a whole before it is shown. Whoever worked on it did so on
// another machine.
Status show_copy(Database& database, int64_t copy) {
  LOOM_TRY(const RunSummary summary, read_summary(database, copy));
  LOOM_CHECK(check_rows(database, copy, summary));
  LOOM_CHECK(database.run(
      "UPDATE run SET state=? WHERE id=? AND state IN(?,?)", static_cast<int>(RunState::paused),
      copy, static_cast<int>(RunState::created), static_cast<int>(RunState::running)));
  return database.run("UPDATE run SET deleted=0 WHERE id=?", copy);
}

Status copy_samples(RunCopy& copy, const std::function<Result<bool>()>& step,
                    const WorkControl& control) {
  for (;;) {
    LOOM_CHECK(control.at(copy.share()));
    LOOM_TRY(bool more, step());
    if (!more) return control.at(1);
  }
}

Status make_current(const std::filesystem::path& file) {
  LOOM_TRY(auto database, Database::open(file, Database::Mode::existing));
  return bring_up_to_date(*database);
}

}  // namespace

Result<int64_t> RunStore::import_run(const std::filesystem::path& other_store,
                                     const WorkControl& control) {
  LOOM_CHECK(make_current(other_store));
  LOOM_TRY(auto other, Database::open(other_store, Database::Mode::query));
  LOOM_TRY(int64_t run, other->number("SELECT min(id) FROM run"));
  if (run == 0)
    return Error{ErrorKind::corrupt, "holds no run", other_store.string(),
                 "Export the run again where it came from"};
  RunCopy source(*other, run);
  auto& thread = writer_->thread;
  std::optional<RunClaim> claim;  // no purge takes what is still coming in
  LOOM_TRY(int64_t copy, thread.value<int64_t>([&](Database& database) -> Result<int64_t> {
    LOOM_CHECK(check_same_schema(*other, database));
    LOOM_TRY(int64_t id, source.begin(database, true));
    LOOM_TRY(RunClaim taken, RunClaim::take(writer_->file, id));
    claim.emplace(std::move(taken));
    return id;
  }));
  Status copied = copy_samples(
      source,
      [&] {
        return thread.value<bool>([&](Database& database) { return source.next(database, kStep); });
      },
      control);
  if (copied) copied = thread.run([&](Database& database) { return show_copy(database, copy); });
  claim.reset();
  if (copied) return copy;
  (void)purge({copy});  // if even that fails: it is hidden, and the next purge takes it
  return copied.error();
}

// From a connection of its own, on one state of the history: whoever writes goes on.
Status RunStore::export_run(int64_t run, const std::filesystem::path& new_store,
                            const WorkControl& control) const {
  std::error_code ignored;
  if (std::filesystem::exists(new_store, ignored))
    return Error{ErrorKind::conflict, "the file exists already", new_store.string(),
                 "Choose another name"};
  LOOM_TRY(auto source, Database::open(writer_->file, Database::Mode::query));
  LOOM_TRY(auto target, Database::open(new_store, Database::Mode::create));
  LOOM_CHECK(migrate(*target));
  LOOM_CHECK(source->script("BEGIN"));
  LOOM_CHECK(target->script("BEGIN"));
  RunCopy copy(*source, run);
  LOOM_TRY(int64_t id, copy.begin(*target, false));
  (void)id;
  LOOM_CHECK(copy_samples(
      copy, [&] { return copy.next(*target, kStep); }, control));
  LOOM_CHECK(target->script("COMMIT"));
  // One file without a log beside it.
  return target->script("PRAGMA journal_mode=DELETE");
}

}  // namespace loom
