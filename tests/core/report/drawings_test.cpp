#include <QtTest>

#include "core/report/figure_files.h"
#include "tests/core/report/example_summaries.h"

using namespace loom;
using namespace loom::test;

namespace {

std::vector<FigureTheme> themes() {
  FigureTheme light, dark, print;
  dark.dark = true;
  print.print = true;
  return {light, dark, print};
}

const std::vector<std::string> kTasks = {"niah_single_1",
                                         "niah_single_2",
                                         "niah_single_3",
                                         "niah_multikey_1",
                                         "niah_multikey_2",
                                         "niah_multivalue",
                                         "niah_multiquery",
                                         "vt",
                                         "cwe",
                                         "fwe",
                                         "qa_1",
                                         "qa_2"};
const std::vector<std::string> kFour = {"faithfulness", "reasoning", "retrieval", "generation"};

std::vector<Figure> all_figures(double width, double height, const FigureTheme& theme) {
  RunSummary many = run_with({"Llama-3.1-8B-Instruct-Q4_K_M", "B", "C"}, kTasks);
  many.columns[1].tasks[2].truncated = 3;
  RunSummary two = run_with({"A", "B"}, {"ruler", "a-benchmark-with-a-long-name"});
  return {
      draw_radar(radar_model({many}, RadarAxes::tasks), width, height, theme),
      draw_radar(radar_model({two}, RadarAxes::benchmarks), width, height, theme),
      draw_radar(RadarModel{}, width, height, theme),
      draw_length_curve(length_curve_model({ruler_run()}), width, height, theme),
      draw_heat_map(heat_map_models(needle_run(), needle_points()).front(), width, height, theme),
      draw_length_curve(base_score_curve_model(base_score_run(), "nolima/needle_set"), width,
                        height, theme),
      draw_latency(latency_model({timed_run()}, true, 1), width, height, theme)};
}

std::vector<Text> texts(const Figure& figure) {
  std::vector<Text> found;
  for (const Mark& mark : figure.marks)
    if (auto text = std::get_if<Text>(&mark)) found.push_back(*text);
  return found;
}

bool has_text(const Figure& figure, const std::string& wanted) {
  for (const Text& text : texts(figure))
    if (text.text == wanted) return true;
  return false;
}

QRectF box_of(const Text& text, const FigureTheme& theme) {
  double width = text_width(text.text, text.size, theme, text.bold);
  double left = text.align == Align::left ? 0 : text.align == Align::right ? -width : -width / 2;
  QRectF box(left, -text.size * 0.76, width, text.size * 0.98);
  if (text.rotation == -90) box = QRectF(box.top(), -box.right(), box.height(), box.width());
  return box.translated(text.at.x, text.at.y);
}

const Hotspot* spot(const Figure& figure, const std::string& key) {
  for (const Hotspot& hotspot : figure.hotspots)
    if (hotspot.key == key) return &hotspot;
  return nullptr;
}

}  // namespace

class DrawingsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void texts_are_readable_in_all_themes();
  void colours_and_markers_differ();
  void every_text_is_inside_the_figure();
  void no_two_texts_overlap();
  void radar_points_lie_where_their_scores_are();
  void radar_says_why_an_axis_is_marked();
  void hidden_series_keep_their_legend_entry();
  void length_axis_is_logarithmic();
  void base_scores_and_their_thresholds_are_lines();
  void missing_cells_are_hatched();
  void hatching_stays_inside();
  void words_are_translated();
  void wide_characters_have_their_width();
};

void DrawingsTest::texts_are_readable_in_all_themes() {
  for (const FigureTheme& theme : themes()) {
    FigureColors colors = figure_colors(theme);
    for (Color under : {colors.background, blend(colors.band, colors.background)}) {
      QVERIFY(contrast_ratio(colors.text, under) >= 4.5);
      QVERIFY(contrast_ratio(colors.muted, under) >= 4.5);
      QVERIFY(contrast_ratio(colors.warning, under) >= 4.5);
    }
    QCOMPARE(contrast_ratio({0, 0, 0}, {255, 255, 255}), 21.0);
    // Values in cells lie on the fill before them.
    int values = 0;
    Figure heat =
        draw_heat_map(heat_map_models(needle_run(), needle_points()).front(), 300, 200, theme);
    for (size_t i = 1; i < heat.marks.size(); ++i) {
      auto cell = std::get_if<Rectangle>(&heat.marks[i - 1]);
      auto text = std::get_if<Text>(&heat.marks[i]);
      if (!cell || !text || text->at.x > cell->x + cell->width) continue;
      QVERIFY(contrast_ratio(text->color, cell->fill) >= 4.5);
      ++values;
    }
    QCOMPARE(values, 14);
  }
}

void DrawingsTest::colours_and_markers_differ() {
  for (size_t i = 0; i < 8; ++i) {
    for (size_t j = 0; j < i; ++j) {
      SeriesStyle a = series_style(i, false), b = series_style(j, false);
      QVERIFY(a.marker != b.marker);
      QVERIFY(a.color.r != b.color.r || a.color.g != b.color.g || a.color.b != b.color.b);
    }
  }
  QCOMPARE(int(series_style(0, false).color.b), 0xB2);
  QCOMPARE(int(series_style(7, true).color.r), 255);
  QVERIFY(series_style(8, false).dash != series_style(0, false).dash);
}

void DrawingsTest::every_text_is_inside_the_figure() {
  for (const FigureTheme& theme : themes()) {
    for (double width : {238.1, 493.2, 900.0}) {
      for (const Figure& figure : all_figures(width, width * 0.7, theme)) {
        for (const Text& text : texts(figure)) {
          QRectF box = box_of(text, theme);
          QVERIFY2(QRectF(0, 0, figure.width, figure.height).contains(box),
                   (figure.title + ": " + text.text).c_str());
        }
      }
    }
  }
}

void DrawingsTest::no_two_texts_overlap() {
  for (double width : {238.1, 493.2}) {
    for (const Figure& figure : all_figures(width, width * 0.7, {})) {
      auto all = texts(figure);
      for (size_t i = 0; i < all.size(); ++i)
        for (size_t j = 0; j < i; ++j)
          QVERIFY2(!box_of(all[i], {}).intersects(box_of(all[j], {})),
                   (figure.title + ": " + all[i].text + " / " + all[j].text).c_str());
    }
  }
}

void DrawingsTest::radar_points_lie_where_their_scores_are() {
  RadarModel model = radar_model({run_with({"A"}, kFour)}, RadarAxes::capabilities);
  model.series[0].values[0].value = 100;
  model.series[0].values[1].value = 50;
  Figure figure = draw_radar(model, 400, 400, {});
  auto middle = [&](const std::string& key) {
    const Hotspot* found = spot(figure, key);
    return found ? QPointF(found->x + found->width / 2, found->y + found->height / 2) : QPointF();
  };
  QPointF top = middle("0/0"), right = middle("0/1"), bottom = middle("0/2");
  // Clockwise from the top: the first is straight above the third, the second to the right.
  QVERIFY(std::abs(top.x() - bottom.x()) < 1e-6);
  QVERIFY(top.y() < bottom.y());
  QVERIFY(right.x() > top.x());
  double radius = right.y() - top.y();
  QVERIFY(std::abs((right.x() - top.x()) - radius / 2) < 1e-6);
  QVERIFY(spot(figure, "0/1")->tip.find("50.0") != std::string::npos);
  QVERIFY(spot(figure, "0/1")->tip.find("n = 50") != std::string::npos);
}

void DrawingsTest::radar_says_why_an_axis_is_marked() {
  RunSummary run = run_with({"A", "B"}, kFour);
  run.columns[1].capabilities[2].truncated = 7;
  run.columns[1].capabilities[2].unparsed = 2;
  Figure figure = draw_radar(radar_model({run}, RadarAxes::capabilities), 400, 400, {});
  const Hotspot* sign = spot(figure, "");
  QVERIFY(sign);
  QCOMPARE(sign->tip, std::string("Retrieval\nB: n = 50, 7 truncated, 2 unparsed"));
  QVERIFY(has_text(figure, "some samples truncated, failed or unparsed"));
}

void DrawingsTest::hidden_series_keep_their_legend_entry() {
  RadarModel model = radar_model({run_with({"A", "B"}, kFour)}, RadarAxes::capabilities);
  model.series[0].visible = false;
  Figure figure = draw_radar(model, 400, 400, {});
  QVERIFY(!spot(figure, "0/0"));
  QVERIFY(spot(figure, "1/0"));
  QVERIFY(spot(figure, "legend/0"));
  QVERIFY(has_text(figure, "A"));
}

void DrawingsTest::length_axis_is_logarithmic() {
  Figure figure = draw_length_curve(length_curve_model({ruler_run()}), 493.2, 300, {});
  double step = spot(figure, "0/1")->x - spot(figure, "0/0")->x;
  QVERIFY(step > 20);
  for (int i = 1; i < 5; ++i) {
    double next =
        spot(figure, "0/" + std::to_string(i + 1))->x - spot(figure, "0/" + std::to_string(i))->x;
    QVERIFY(std::abs(next - step) < 1e-6);
  }
  for (const char* label : {"4k", "128k", "85.6"}) QVERIFY(has_text(figure, label));
  QVERIFY(has_text(figure, "Llama-3.1-8B (effective length 32k)"));
}

void DrawingsTest::base_scores_and_their_thresholds_are_lines() {
  LengthCurveModel model = base_score_curve_model(base_score_run(), "nolima/needle_set");
  const Figure figure = draw_length_curve(model, 493.2, 300, {});
  QCOMPARE(figure.title, std::string("Score by length: nolima/needle_set"));
  QVERIFY(has_text(figure, "Llama-3.1-8B (base score 80.0, effective length 1k)"));
  QVERIFY(has_text(figure, "SmolLM2-135M (base score 40.0, effective length < 512)"));
  for (const char* label : {"68.0", "34.0"}) QVERIFY(has_text(figure, label));
  QVERIFY(has_text(figure, "Dotted: base score, each pair's best of up to 1k tokens"));
  QVERIFY(figure.description.find("base score 80.0") != std::string::npos);
  // What is switched off takes its lines along; a model without a base score has none.
  model.series[1].visible = false;
  QVERIFY(!has_text(draw_length_curve(model, 493.2, 300, {}), "34.0"));
  model.base_scores[0].reset();
  const Figure without = draw_length_curve(model, 493.2, 300, {});
  QVERIFY(has_text(without, "Llama-3.1-8B"));
  QVERIFY(!has_text(without, "68.0"));
}

void DrawingsTest::missing_cells_are_hatched() {
  HeatMapModel model = heat_map_models(needle_run(), needle_points()).front();
  Figure figure = draw_heat_map(model, 300, 200, {});
  int hatched = 0;
  for (const Mark& mark : figure.marks)
    if (auto cell = std::get_if<Rectangle>(&mark)) hatched += cell->hatched;
  QCOMPARE(hatched, 2);  // the missing cell and its sample in the key
  QCOMPARE(figure.hotspots.size(), size_t{15});
  QVERIFY(spot(figure, "1/1")->tip.find("75.0") != std::string::npos);
}

void DrawingsTest::hatching_stays_inside() {
  Rectangle rectangle;
  rectangle.x = 13.3;
  rectangle.y = 7.1;
  rectangle.width = 31;
  rectangle.height = 9;
  auto lines = hatch_lines(rectangle);
  QVERIFY(lines.size() >= 9);
  QRectF inside = QRectF(13.3, 7.1, 31, 9).adjusted(-1e-9, -1e-9, 1e-9, 1e-9);
  for (const Polyline& line : lines)
    for (const Point& point : line.points) QVERIFY(inside.contains(point.x, point.y));
}

void DrawingsTest::words_are_translated() {
  FigureTheme theme;
  theme.translate = [](const char* english) { return "<" + std::string(english) + ">"; };
  Figure figure = draw_length_curve(length_curve_model({ruler_run()}), 493.2, 300, theme);
  QVERIFY(has_text(figure, "<Length (tokens)>"));
  QVERIFY(has_text(figure, "<Score>"));
}

void DrawingsTest::wide_characters_have_their_width() {
  QCOMPARE(text_width("长度", 10, {}), 20.0);
  QCOMPARE(text_width("长a", 10, {}), 10 + text_width("a", 10, {}));
  QVERIFY(text_width("é–…·", 10, {}) < 40);
  QVERIFY(text_width("ab", 10, {}) > text_width("a", 10, {}));
  QVERIFY(text_width("ab", 10, {}, true) > text_width("ab", 10, {}));
}

QTEST_APPLESS_MAIN(DrawingsTest)
#include "drawings_test.moc"
