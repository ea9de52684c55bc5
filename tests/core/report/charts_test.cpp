#include <QtTest>

#include "core/evaluation/length_scores.h"
#include "tests/core/report/example_summaries.h"

using namespace loom;
using namespace loom::test;

class ChartsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void radar_has_the_scores_of_the_summary();
  void radar_axis_that_a_column_lacks_has_no_value();
  void radar_labels_of_several_runs_differ();
  void effective_length_is_the_longest_above_the_threshold();
  void other_benchmarks_have_no_effective_length();
  void a_benchmark_has_a_curve_of_its_own();
  void a_task_with_a_base_score_has_a_curve_of_its_own();
  void heat_map_cells_are_means();
  void heat_map_cells_count_what_is_missing();
  void many_depths_are_gathered_into_tenths();
  void latency_sums_rows_and_columns();
  void latency_counts_shared_devices_once_data();
  void latency_counts_shared_devices_once();
  void numbers_follow_the_theme();
  void tables_and_csv_say_the_same();
  void hidden_series_are_not_in_the_table();
  void durations_and_lengths();
};

void ChartsTest::radar_has_the_scores_of_the_summary() {
  RunSummary run = run_with({"A", "B"}, {"retrieval", "general", "reasoning"});
  run.columns[1].capabilities[0].truncated = 4;
  RadarModel model = radar_model({run}, RadarAxes::capabilities);
  QCOMPARE(model.axes, (std::vector<std::string>{"Retrieval", "General", "Reasoning"}));
  QCOMPARE(model.axis_keys[0], std::string("retrieval"));
  QCOMPARE(model.series.size(), size_t{2});
  QCOMPARE(model.series[0].label, std::string("A"));
  QCOMPARE(*model.series[0].values[2].value, 76.0);
  QCOMPARE(*model.series[1].values[0].value, 85.0);
  QCOMPARE(*model.series[1].values[0].low, 79.0);
  QCOMPARE(*model.series[1].values[0].high, 91.0);
  QCOMPARE(model.series[1].values[0].n, size_t{50});
  QCOMPARE(model.series[1].values[0].truncated, size_t{4});
  QCOMPARE(model.series[1].column, size_t{1});
}

void ChartsTest::radar_axis_that_a_column_lacks_has_no_value() {
  RunSummary run = run_with({"A", "B"}, {"ruler/vt", "ruler/cwe"});
  run.columns[0].tasks.erase(run.columns[0].tasks.begin());
  RadarModel model = radar_model({run}, RadarAxes::tasks);
  QCOMPARE(model.axis_keys, (std::vector<std::string>{"ruler/cwe", "ruler/vt"}));
  QCOMPARE(model.axes, (std::vector<std::string>{"cwe", "vt"}));
  QVERIFY(!model.series[0].values[1].value);
  QCOMPARE(*model.series[0].values[0].value, 83.0);
  QCOMPARE(*model.series[1].values[1].value, 85.0);
}

void ChartsTest::radar_labels_of_several_runs_differ() {
  RunSummary run = run_with({"A", "B"}, {"x"}), other = run_with({"A"}, {"x"});
  RadarModel model = radar_model({run, other}, RadarAxes::benchmarks);
  QCOMPARE(model.series[0].label, std::string("A (1)"));
  QCOMPARE(model.series[1].label, std::string("B"));
  QCOMPARE(model.series[2].label, std::string("A (2)"));
  QCOMPARE(model.series[2].run, size_t{1});
  QCOMPARE(model.series[2].column, size_t{0});
}

void ChartsTest::effective_length_is_the_longest_above_the_threshold() {
  LengthCurveModel model = length_curve_model({ruler_run()});
  QCOMPARE(model.lengths.front(), size_t{4096});
  QCOMPARE(model.lengths.back(), size_t{131072});
  QCOMPARE(*model.effective_threshold, 85.6);
  QCOMPARE(*model.effective_length[0], size_t{32768});
  QCOMPARE(*model.effective_length[1], size_t{8192});  // exactly 85.6 at 16k is not above
  QCOMPARE(*model.series[1].values[3].value, 71.3);
}

void ChartsTest::other_benchmarks_have_no_effective_length() {
  RunSummary run = ruler_run();
  run.jobs[3].job.benchmark_id = "niah";
  LengthCurveModel model = length_curve_model({run});
  QVERIFY(!model.effective_threshold);
  QVERIFY(!model.effective_length[0]);
  run = ruler_run();
  for (GroupScore& length : run.columns[1].lengths) length.score = 40;
  QVERIFY(!length_curve_model({run}).effective_length[1]);
}

void ChartsTest::a_benchmark_has_a_curve_of_its_own() {
  struct Row {
    const char *benchmark, *task;
    size_t length;
    double score;
  };
  // RULER's mean is 88 at 4k and 82 at 8k: above 85.6 at 4k only. With NIAH's 10 it never is.
  constexpr Row rows[] = {{"niah", "single_needle", 4096, 10}, {"niah", "single_needle", 16384, 10},
                          {"ruler", "vt", 4096, 90},           {"ruler", "fwe", 4096, 86},
                          {"ruler", "vt", 8192, 80},           {"ruler", "fwe", 8192, 84},
                          {"starter", "two_hop", 0, 100}};
  RunSummary run;
  RunColumn column;
  column.label = "A";
  for (const Row& row : rows) {
    JobSummary job;
    job.job.index = static_cast<int>(run.jobs.size());
    job.job.benchmark_id = row.benchmark;
    job.job.task = row.task;
    job.job.length_tokens = row.length;
    job.score = row.score;
    job.scored = 5;
    column.jobs.push_back(job.job.index);
    run.jobs.push_back(job);
  }
  column.lengths = length_scores(run.jobs, column);
  run.columns.push_back(column);
  QCOMPARE(benchmarks_with_lengths(run), (std::vector<std::string>{"niah", "ruler"}));
  const LengthCurveModel all = length_curve_model({run});
  QCOMPARE(all.lengths, (std::vector<size_t>{4096, 8192, 16384}));
  QVERIFY(!all.effective_threshold);
  QCOMPARE(*all.series[0].values[0].value, 62.0);  // of 10, 90 and 86
  const LengthCurveModel ruler = length_curve_model({run}, "ruler");
  QCOMPARE(ruler.lengths, (std::vector<size_t>{4096, 8192}));
  QCOMPARE(*ruler.effective_threshold, 85.6);
  QCOMPARE(*ruler.series[0].values[0].value, 88.0);
  QCOMPARE(*ruler.series[0].values[1].value, 82.0);
  QCOMPARE(ruler.series[0].values[0].n, size_t{10});
  QCOMPARE(*ruler.effective_length[0], size_t{4096});
  const LengthCurveModel niah = length_curve_model({run}, "niah");
  QCOMPARE(niah.lengths, (std::vector<size_t>{4096, 16384}));
  QVERIFY(!niah.effective_threshold);
  QVERIFY(!niah.effective_length[0]);
}

void ChartsTest::a_task_with_a_base_score_has_a_curve_of_its_own() {
  const RunSummary run = base_score_run();
  QCOMPARE(tasks_with_base_score(run), (std::vector<std::string>{"nolima/needle_set"}));
  QVERIFY(tasks_with_base_score(ruler_run()).empty());
  const LengthCurveModel model = base_score_curve_model(run, "nolima/needle_set");
  QCOMPARE(model.lengths, (std::vector<size_t>{512, 1024, 8192}));
  QVERIFY(!model.effective_threshold);
  QCOMPARE(*model.base_scores[0], 80.0);
  QCOMPARE(*model.effective_length[0], size_t{1024});
  QCOMPARE(*model.base_scores[1], 40.0);
  QVERIFY(!model.effective_length[1]);
  // Of this task alone, whatever else has the same length.
  QCOMPARE(*model.series[0].values[1].value, 70.0);
  QCOMPARE(*model.series[0].values[1].low, 65.0);
  QCOMPARE(model.series[0].values[1].n, size_t{20});
  QCOMPARE(model.series[0].values[2].truncated, size_t{3});
  QVERIFY(!model.series[1].values[2].value);
  const ChartTable table = to_table(model);
  QCOMPARE(table.header.back(), std::string("Effective length (tokens)"));
  QCOMPARE(table.header[table.header.size() - 3], std::string("Base score"));
  QCOMPARE(table.rows.size(), size_t{6});
  for (const auto& row : table.rows) QCOMPARE(row.size(), table.header.size());
  QCOMPARE(table.rows[0][table.rows[0].size() - 3], std::string("80.0"));
  QCOMPARE(table.rows[0][table.rows[0].size() - 2], std::string("68.0"));
  QCOMPARE(table.rows[0].back(), std::string("1024"));
  QCOMPARE(table.rows[5].back(), std::string());
  QVERIFY(base_score_curve_model(run, "nolima/other").lengths.empty());
}

void ChartsTest::heat_map_cells_are_means() {
  auto models = heat_map_models(needle_run(), needle_points());
  QCOMPARE(models.size(), size_t{1});
  const HeatMapModel& model = models.front();
  QCOMPARE(model.task, std::string("niah/single"));
  QCOMPARE(model.lengths, (std::vector<size_t>{4096, 8192, 16384}));
  QCOMPARE(model.depths, (std::vector<double>{0, 25, 50, 75, 100}));
  QCOMPARE(*model.cells[0][0].value, 100.0);
  QCOMPARE(*model.cells[1][1].value, 75.0);
  QCOMPARE(*model.cells[1][2].value, 0.0);
  QCOMPARE(*model.cells[4][2].value, 100.0);
  QVERIFY(!model.cells[2][2].value);
  QCOMPARE(model.cells[2][2].n, size_t{0});
  QCOMPARE(model.cells[1][1].n, size_t{4});
  // Wilson interval of 3 of 4, from the formula by hand.
  QVERIFY(std::abs(*model.cells[1][1].low - 30.06) < 0.01);
  QVERIFY(std::abs(*model.cells[1][1].high - 95.44) < 0.01);
}

// A cell of an answer, one that could not be parsed, and a sample that failed.
void ChartsTest::heat_map_cells_count_what_is_missing() {
  std::vector<RunQueries::Point> points(3);
  for (RunQueries::Point& point : points) point.job = 10, point.depth = 50;
  points[0].value = 1.0;
  points[1].truncated = true;
  points[2].failed = true;
  const auto models = heat_map_models(needle_run(), points);
  QCOMPARE(models.size(), size_t{1});
  const ChartValue& cell = models.front().cells.at(0).at(0);
  QCOMPARE(*cell.value, 100.0);
  QCOMPARE(cell.n, size_t{1});
  QCOMPARE(cell.truncated, size_t{1});
  QCOMPARE(cell.failed, size_t{1});
  QCOMPARE(cell.unparsed, size_t{1});
}

void ChartsTest::many_depths_are_gathered_into_tenths() {
  std::vector<RunQueries::Point> points;
  for (int depth = 0; depth <= 100; ++depth) {
    RunQueries::Point point;
    point.job = 10;
    point.depth = depth;
    point.value = 1;
    points.push_back(point);
  }
  points.push_back({});  // no depth: not on the map
  auto models = heat_map_models(needle_run(), points);
  QCOMPARE(models.front().depths.size(), size_t{11});
  size_t n = 0;
  for (const auto& row : models.front().cells) n += row[0].n;
  QCOMPARE(n, size_t{101});
}

void ChartsTest::latency_sums_rows_and_columns() {
  LatencyModel model = latency_model({timed_run()}, false, 2);
  QCOMPARE(model.columns, (std::vector<std::string>{"Llama-3.2-1B", "Llama-3.1-8B"}));
  QCOMPARE(model.rows.size(), size_t{2});
  QCOMPARE(model.rows[0].key, std::string("ruler"));
  QCOMPARE(model.rows[0].columns[1].wall_s, 90.0);
  QCOMPARE(*model.rows[0].columns[0].prefill_tokens_per_s, 1000.0);
  QCOMPARE(*model.rows[0].columns[0].decode_tokens_per_s, 100.0);
  QCOMPARE(model.sum.columns[0].wall_s, 90.0);
  QCOMPARE(model.sum.columns[1].wall_s, 135.0);
  QCOMPARE(model.sum.columns[0].samples, size_t{20});
  QCOMPARE(model.sum.columns[1].peak_memory_bytes, size_t{2'000'000'003});
  // 60 000 tokens in 45 s: the rate of the sum, not the mean of rates.
  QVERIFY(std::abs(*model.sum.columns[0].prefill_tokens_per_s - 60000 / 45.0) < 1e-9);
  // An older version stored it: which jobs ran beside each other is not known.
  QCOMPARE(latency_caption(model), std::string("2 devices, at work for 0:03:45 of device time"));
  QCOMPARE(latency_model({timed_run()}, true, 1).rows[1].key, std::string("niah/task"));
}

void ChartsTest::latency_counts_shared_devices_once_data() {
  QTest::addColumn<std::vector<std::string>>("devices");  // of the jobs, in their order
  QTest::addColumn<double>("first_model");                // the sum of its cells
  QTest::addColumn<std::string>("caption");
  using Devices = std::vector<std::string>;
  QTest::newRow("one device") << Devices{"cpu", "cpu", "cpu", "cpu"} << 70.0
                              << std::string("1 device × 0:01:30 wall time");
  QTest::newRow("two devices")
      << Devices{"cuda:0", "cuda:1", "cuda:1", "cuda:0"} << 90.0
      << std::string("2 devices × 0:01:30 wall time, at work for 0:02:35 of device time");
}

// The jobs of 60, 30, 90 and 45 s begin at 0, 40, 0 and 20 s.
void ChartsTest::latency_counts_shared_devices_once() {
  QFETCH(std::vector<std::string>, devices);
  RunSummary run = timed_run();
  const std::vector<double> starts = {0, 40, 0, 20};
  for (size_t i = 0; i < run.jobs.size(); ++i)
    run.jobs[i].busy = {{devices[i], starts[i], starts[i] + run.jobs[i].wall_s}};
  const LatencyModel model = latency_model({run}, false, 7);
  QTEST(model.sum.columns[0].wall_s, "first_model");
  QTEST(latency_caption(model), "caption");
}

void ChartsTest::numbers_follow_the_theme() {
  FigureTheme german;
  german.number = [](double value, int decimals) {
    std::string text = std::to_string(std::lround(value * (decimals > 0 ? 10 : 1)));
    return decimals > 0 ? text.insert(text.size() - 1, ",") : text + "!";
  };
  RunSummary run = timed_run();
  run.jobs[0].wall_s = 7.5;
  for (JobSummary& job : run.jobs) job.timings.decode_s = 0.2;
  const LatencyModel model = latency_model({run}, false, 1);
  const Figure figure = draw_latency(model, 400, 300, german);
  QVERIFY(figure.hotspots.front().tip.find("7,5 s") != std::string::npos);
  QVERIFY(figure.hotspots.front().tip.find("n = 10!") != std::string::npos);
  QVERIFY(draw_latency(model, 400, 300, {}).hotspots.front().tip.find("7.5 s") !=
          std::string::npos);
  QCOMPARE(length_text(6000, german), std::string("6000!"));
  QCOMPARE(length_text(4096, german), std::string("4k"));
  QCOMPARE(to_table(model).rows[0][2], std::string("7.500"));  // what is exported keeps the point
}

void ChartsTest::tables_and_csv_say_the_same() {
  RunSummary run = run_with({"A, \"small\""}, {"general"});
  RadarModel model = radar_model({run}, RadarAxes::capabilities);
  ChartTable table = to_table(model);
  QCOMPARE(table.rows.size(), size_t{1});
  QCOMPARE(table.rows[0], (std::vector<std::string>{"A, \"small\"", "General", "90.00", "84.00",
                                                    "96.00", "50", "0", "0", "0"}));
  QCOMPARE(to_csv(model),
           std::string("Series,Axis,Score,Low,High,n,Truncated,Failed,Unparsed\r\n"
                       "\"A, \"\"small\"\"\",General,90.00,84.00,96.00,50,0,0,0\r\n"));
  ChartTable heat = to_table(heat_map_models(needle_run(), needle_points()).front());
  QCOMPARE(heat.rows.size(), size_t{15});
  QCOMPARE(heat.rows[8][2], std::string());  // depth 50 at 16k: empty, not zero
  for (const auto& row : to_table(length_curve_model({ruler_run()})).rows)
    QCOMPARE(row.size(), size_t{10});
}

void ChartsTest::hidden_series_are_not_in_the_table() {
  LengthCurveModel model = length_curve_model({ruler_run()});
  model.series[0].visible = false;
  ChartTable table = to_table(model);
  QCOMPARE(table.rows.size(), size_t{6});
  QCOMPARE(table.rows[0][0], std::string("Llama-3.1-8B · minference"));
  QCOMPARE(table.rows[0].back(), std::string("8192"));
}

void ChartsTest::durations_and_lengths() {
  QCOMPARE(duration_text(0), std::string("0 s"));
  QCOMPARE(duration_text(9.44), std::string("9.4 s"));
  QCOMPARE(duration_text(9.97), std::string("0:00:10"));
  QCOMPARE(duration_text(3723.4), std::string("1:02:03"));
  QCOMPARE(length_text(4096), std::string("4k"));
  QCOMPARE(length_text(1048576), std::string("1M"));
  QCOMPARE(length_text(4000), std::string("4,000"));
  QCOMPARE(length_text(999), std::string("999"));
}

QTEST_APPLESS_MAIN(ChartsTest)
#include "charts_test.moc"
