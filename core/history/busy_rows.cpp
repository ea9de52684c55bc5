#include "core/history/busy_rows.h"

namespace loom {

Result<std::vector<JobBusyTime>> read_busy_times(Database& database, int64_t run) {
  LOOM_TRY(Statement row,
           database.query("SELECT idx,json_extract(value,'$[0]'),json_extract(value,'$[1]'),"
                          "json_extract(value,'$[2]') FROM job,json_each(definition,'$.busy') "
                          "WHERE run=? AND json_each.type='array'",
                          run));
  std::vector<JobBusyTime> times;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return times;
    times.push_back({static_cast<int>(row.integer(0)), {row.text(1), row.real(2), row.real(3)}});
  }
}

Status add_busy_times(Database& database, int64_t run, int job, std::span<const BusyTime> busy,
                      double remembered_s) {
  LOOM_TRY(const auto before, read_busy_times(database, run));
  std::vector<BusyTime> times;
  for (const JobBusyTime& one : before) times.push_back(one.time);
  const double known = wall_seconds(times);
  double of_job = remembered_s;
  for (const BusyTime& time : busy) {
    times.push_back(time);
    of_job += time.end_s - time.start_s;
    LOOM_CHECK(database.run(
        "UPDATE job SET definition=json_insert(json_insert(definition,'$.busy',json('[]')),"
        "'$.busy[#]',json_array(?,?,?)) WHERE run=? AND idx=?",
        time.device, time.start_s, time.end_s, run, job));
  }
  LOOM_CHECK(
      database.run("UPDATE job SET wall_s=wall_s+? WHERE run=? AND idx=?", of_job, run, job));
  return database.run("UPDATE run SET wall_s=wall_s+? WHERE id=?", wall_seconds(times) - known,
                      run);
}

}  // namespace loom
