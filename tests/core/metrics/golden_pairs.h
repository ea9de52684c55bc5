// Answers with their references and what the packages make of them, a JSON object for each pair.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "tests/support/test_folders.h"

namespace loom::testing {

inline std::filesystem::path golden_metrics() {
  return source_folder() / "tests" / "golden" / "metrics";
}

inline std::vector<nlohmann::json> stored_pairs(const char* file) {
  std::vector<nlohmann::json> pairs;
  std::ifstream in(golden_metrics() / file);
  for (std::string line; std::getline(in, line);) pairs.push_back(nlohmann::json::parse(line));
  return pairs;
}

// A text, or a piece and how often it stands there (tests/golden/metrics/long_texts.py).
inline std::string written(const nlohmann::json& text) {
  if (text.is_string()) return text;
  std::string whole;
  const std::string piece = text.at("piece");
  for (size_t left = text.at("times"); left > 0; --left) whole += piece;
  return whole;
}

// Ten thousand more that the script makes now. Nothing where LOOM_METRICS_PYTHON names no Python
// with the packages; empty where the script fails.
inline std::optional<std::vector<nlohmann::json>> new_pairs(const char* script) {
  const QString python = qEnvironmentVariable("LOOM_METRICS_PYTHON");
  if (python.isEmpty()) return std::nullopt;
  QProcess process;
  process.start(python, {QString::fromStdString((golden_metrics() / script).string()),
                         QStringLiteral("10000"), QStringLiteral("2")});
  std::vector<nlohmann::json> pairs;
  if (!process.waitForFinished(3'600'000) || process.exitCode() != 0) return pairs;
  for (const QByteArray& line : process.readAllStandardOutput().split('\n'))
    if (!line.isEmpty()) pairs.push_back(nlohmann::json::parse(line.toStdString()));
  return pairs;
}

}  // namespace loom::testing
