// Rotary settings as GGUF files give them, against the same settings of config.json.
#include <QtTest>
#include <cmath>

#include "core/models/model_config.h"

using namespace loom;
using nlohmann::json;

namespace {

struct Read {
  RopeSettings rope;
  Status status;
};

Read read_from(const json& object, bool gguf) {
  ModelFields fields(object, gguf ? "m.gguf" : "config.json", gguf);
  ModelConfig config;
  config.gguf = gguf;
  config.head_dim = 64;
  config.window_tokens = 4096;
  read_rope(fields, config);
  return {config.ropes[0], fields.finish()};
}

json yarn(const json& more) {
  json object = {{"rope.dimension_count", 64},
                 {"rope.scaling.type", "yarn"},
                 {"rope.scaling.factor", 8.0},
                 {"rope.scaling.original_context_length", 512}};
  object.update(more);
  return object;
}

}  // namespace

class RopeConfigTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void yarnMagnitudes_data();
  void yarnMagnitudes();
  void yarnBoundsAreRead();
  void whatIsNotExactIsRefused_data();
  void whatIsNotExactIsRefused();
};

// transformers: attention_factor where it is given, else 0.1 ln(factor) + 1.
void RopeConfigTest::yarnMagnitudes_data() {
  QTest::addColumn<QByteArray>("gguf");
  QTest::addColumn<QByteArray>("config");
  QTest::addColumn<double>("magnitude");
  auto row = [](const char* name, const json& gguf, const json& more, double magnitude) {
    json scaling = {
        {"rope_type", "yarn"}, {"factor", 8.0}, {"original_max_position_embeddings", 512}};
    scaling.update(more);
    QTest::newRow(name) << QByteArray::fromStdString(yarn(gguf).dump())
                        << QByteArray::fromStdString(json{{"rope_scaling", scaling}}.dump())
                        << magnitude;
  };
  const json none = json::object();
  row("neither", none, none, 1.2079441541679836);
  row("all there are", {{"rope.scaling.yarn_ext_factor", 1}}, none, 1.2079441541679836);
  row("given", {{"rope.scaling.yarn_attn_factor", 1.5}}, {{"attention_factor", 1.5}}, 1.5);
  row("given and smaller", {{"rope.scaling.yarn_attn_factor", 0.5}}, {{"attention_factor", 0.5}},
      0.5);
}

void RopeConfigTest::yarnMagnitudes() {
  QFETCH(QByteArray, gguf);
  QFETCH(QByteArray, config);
  QFETCH(double, magnitude);
  for (auto [text, container] : {std::pair{gguf, true}, {config, false}}) {
    const Read read = read_from(json::parse(text.toStdString()), container);
    QVERIFY2(read.status, read.status ? "" : describe(read.status.error()).c_str());
    QVERIFY(read.rope.yarn.has_value());
    QVERIFY2(std::abs(read.rope.magnitude - magnitude) < 1e-12, text.constData());
  }
}

void RopeConfigTest::yarnBoundsAreRead() {
  const Read read = read_from(
      yarn({{"rope.scaling.yarn_beta_fast", 16.0}, {"rope.scaling.yarn_beta_slow", 2.0}}), true);
  QVERIFY(read.status.has_value());
  QCOMPARE(read.rope.yarn->beta_fast, 16.0);
  QCOMPARE(read.rope.yarn->beta_slow, 2.0);
}

void RopeConfigTest::whatIsNotExactIsRefused_data() {
  QTest::addColumn<QByteArray>("gguf");
  QTest::addColumn<QByteArray>("named");
  auto row = [](const json& object, const char* named) {
    QTest::newRow(object.dump().c_str())
        << QByteArray::fromStdString(object.dump()) << QByteArray(named);
  };
  row(yarn({{"rope.scaling.yarn_attn_factor", 1.0}}), "yarn_attn_factor is 1");
  row(yarn({{"rope.scaling.yarn_attn_factor", 0.0}}), "yarn_attn_factor is not");
  row(yarn({{"rope.scaling.yarn_attn_factor", "2"}}), "yarn_attn_factor is not");
  row(yarn({{"rope.scaling.yarn_ext_factor", 0.5}}), "yarn_ext_factor is 0.5");
  row(yarn({{"rope.scaling.yarn_log_multiplier", 0.1}}), "yarn_log_multiplier");
  // Of another kind of scaling nobody reads them.
  row({{"rope.scaling.type", "linear"}, {"rope.scaling.yarn_attn_factor", 2.0}},
      "yarn_attn_factor");
}

void RopeConfigTest::whatIsNotExactIsRefused() {
  QFETCH(QByteArray, gguf);
  QFETCH(QByteArray, named);
  const Read read = read_from(json::parse(gguf.toStdString()), true);
  QVERIFY(!read.status);
  QVERIFY2(read.status.error().message.find(named.toStdString()) != std::string::npos,
           read.status.error().message.c_str());
}

QTEST_APPLESS_MAIN(RopeConfigTest)
#include "rope_config_test.moc"
