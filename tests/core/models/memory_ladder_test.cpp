// Under a limit of memory: what fits is answered with the same bits, whatever had to be given up
// for it and was told; what never fits fails by itself, with its numbers, and the model goes on.
#include <ATen/ops/empty.h>

#include <QRegularExpression>
#include <QtTest>
#include <cmath>
#include <map>

#include "core/base/memory_limit.h"
#include "core/base/random.h"
#include "core/catalog/local_models.h"
#include "core/engine/limited_allocator.h"
#include "core/engine/out_of_memory.h"
#include "core/models/in_process_server.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

constexpr size_t kNone = size_t{1} << 50;  // counts, but never refuses
constexpr size_t kKilobyte = 1024;

struct Answers {
  std::map<uint64_t, Result<GenerationResult>> results;
  std::map<uint64_t, std::string> streamed;
  std::vector<std::string> notices;
  int doubled = 0;

  bool told(const char* words) const {
    return std::any_of(notices.begin(), notices.end(), [&](const std::string& one) {
      return one.find(words) != std::string::npos;
    });
  }
  size_t answered() const {
    return static_cast<size_t>(std::count_if(results.begin(), results.end(),
                                             [](const auto& one) { return bool(one.second); }));
  }
};

Answers ask(ModelServer& server, const std::vector<GenerationRequest>& requests) {
  Answers answers;
  GenerationObserver observer;
  observer.finished = [&](uint64_t id, Result<GenerationResult> result) {
    answers.doubled += !answers.results.emplace(id, std::move(result)).second;
  };
  observer.token = [&](uint64_t id, const std::string& piece) { answers.streamed[id] += piece; };
  observer.notice = [&](const std::string& notice) { answers.notices.push_back(notice); };
  if (Status status = server.generate(requests, observer, {}); !status)
    qWarning("%s", describe(status.error()).c_str());
  return answers;
}

std::vector<TokenId> ids(size_t count, int64_t vocabulary, uint64_t seed) {
  Random random(seed, "ladder");
  std::vector<TokenId> made(count);
  for (TokenId& id : made)
    id = static_cast<TokenId>(3 + random.below(static_cast<uint64_t>(vocabulary) - 3));
  return made;
}

GenerationRequest request(uint64_t id, std::vector<TokenId> prompt, size_t context_end,
                          int answer) {
  GenerationRequest one;
  one.id = id;
  one.ids = std::move(prompt);
  one.context_end = context_end;
  one.max_new_tokens = answer;
  one.ignore_eos = true;
  if (id % 2 == 1) one.decoding = {0.8, 20, 0.95, 0, id};
  return one;
}

// Questions on two documents, prompts of their own, and some whose answers cross the end of a page.
std::vector<GenerationRequest> mixed(int64_t vocabulary) {
  std::vector<GenerationRequest> list;
  for (uint64_t document : {1, 2})
    for (uint64_t question = 0; question < 4; ++question) {
      std::vector<TokenId> prompt = ids(560, vocabulary, document);
      for (TokenId id : ids(9 + question, vocabulary, 100 + question)) prompt.push_back(id);
      list.push_back(request(list.size(), std::move(prompt), 560, 10));
    }
  for (size_t length : {508, 508, 508, 508, 508, 508, 1100, 1600})
    list.push_back(request(list.size(), ids(length, vocabulary, 200 + list.size()), 0, 10));
  return list;
}

std::unique_ptr<InProcessServer> server_for(const std::filesystem::path& model) {
  auto server = std::make_unique<InProcessServer>();
  auto loaded = server->load({model.string(), "cpu", 0}, {});
  if (!loaded) qWarning("%s", describe(loaded.error()).c_str());
  return loaded ? std::move(server) : nullptr;
}

// Empty where a failure says what is needed and what is allowed, the former being more.
std::string unexplained(const Error& error, size_t limit) {
  static const QRegularExpression numbers(QStringLiteral("needs (\\d+) MiB, (\\d+) MiB allowed"));
  const auto found = numbers.match(QString::fromStdString(error.message));
  const bool fine = error.kind == ErrorKind::out_of_memory && found.hasMatch() &&
                    found.captured(1).toULongLong() > found.captured(2).toULongLong() &&
                    found.captured(2).toULongLong() == limit >> 20;
  return fine ? "" : describe(error);
}

}  // namespace

class MemoryLadderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { set_memory_limit(kNone); }
  void cleanup() { set_memory_limit(kNone); }

  void the_allocator_keeps_to_the_limit() {
    constexpr int64_t kBytes = 1 << 20;
    const size_t before = counted_bytes();
    set_memory_limit(before + kBytes + kBytes / 2);
    at::Tensor one = at::empty({kBytes}, at::kByte), two;
    QVERIFY(counted_bytes() >= before + kBytes);
    auto more = [&] {
      return catch_out_of_memory(
          [&]() -> Status {
            two = at::empty({kBytes}, at::kByte);
            return {};
          },
          "test");
    };
    const Status refused = more();
    QVERIFY(!refused && refused.error().kind == ErrorKind::out_of_memory);
    QCOMPARE(unexplained(refused.error(), memory_limit()), std::string());
    QCOMPARE(refused_bytes(), counted_bytes() + kBytes);
    one = at::Tensor();
    QCOMPARE(counted_bytes(), before);
    QVERIFY(more());
    two = at::Tensor();
    QCOMPARE(counted_bytes(), before);
  }

  void sizes_are_read_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qulonglong>("bytes");
    QTest::newRow("bytes") << QByteArray("12345") << 12345ULL;
    QTest::newRow("M") << QByteArray("640M") << 640ULL * 1024 * 1024;
    QTest::newRow("MiB") << QByteArray("640MiB") << 640ULL * 1024 * 1024;
    QTest::newRow("half") << QByteArray("1.5G") << 3ULL * 512 * 1024 * 1024;
    for (const char* wrong : {"", "M", "0", "-5M", "5X", "5 M", "1e30G", "nan", "5MM", "5iB"})
      QTest::newRow((std::string("refused: ") + wrong).c_str()) << QByteArray(wrong) << 0ULL;
  }
  void sizes_are_read() {
    QFETCH(QByteArray, text);
    QFETCH(qulonglong, bytes);
    const auto read = memory_size_from(text.toStdString(), "--memory_limit");
    QCOMPARE(read.has_value(), bytes > 0);
    if (read) QCOMPARE(qulonglong{*read}, bytes);
  }

  void what_fits_has_the_same_bits_data() {
    QTest::addColumn<QString>("model");
    for (const char* model :
         {"tiny_llama", "architectures/gemma3", "architectures/deepseek_v2", "architectures/mamba"})
      QTest::newRow(model) << QString::fromLatin1(model);
  }
  void what_fits_has_the_same_bits() {
    QFETCH(QString, model);
    auto server = server_for(testing::source_folder() / "tests/golden" / model.toStdString());
    QVERIFY(server);
    const int64_t vocabulary = server->model()->shape().vocabulary;
    auto list = mixed(vocabulary);
    std::erase_if(list, [&](const GenerationRequest& one) {
      return static_cast<int64_t>(one.ids.size()) + 16 > server->model()->shape().window_tokens;
    });
    const Answers expected = ask(*server, list);
    QVERIFY(expected.notices.empty() && expected.answered() == list.size());
    std::vector<GenerationRequest> earlier = {request(0, ids(1030, vocabulary, 7), 0, 1)};
    std::erase_if(earlier, [&](const auto& one) {
      return static_cast<int64_t>(one.ids.size()) + 16 > server->model()->shape().window_tokens;
    });
    size_t all = 0, some = 0, none = 0;
    std::map<std::string, int> seen;
    for (size_t room : {16384, 4096, 3072, 2560, 2304, 2048, 1792, 1664, 1536, 1408, 1280, 1152,
                        1024, 896, 640, 320, 64, 1}) {
      set_memory_limit(kNone);
      server->generator()->prefixes().clear();
      const size_t limit = counted_bytes() + room * kKilobyte;
      (void)ask(*server, earlier);  // leaves a prefix that nothing below shares
      set_memory_limit(limit);
      const Answers answers = ask(*server, list);
      QCOMPARE(answers.doubled, 0);
      QCOMPARE(answers.results.size(), list.size());
      for (const auto& [id, result] : answers.results) {
        if (result) {
          QVERIFY(result->ids == expected.results.at(id)->ids);
          QCOMPARE(result->tokens_prefilled + result->tokens_reused, list[id].ids.size());
        } else {
          QCOMPARE(unexplained(result.error(), limit), std::string());
        }
      }
      const size_t answered = answers.answered();
      ++(answered == list.size() ? all : answered > 0 ? some : none);
      for (const char* step :
           {"no waiting prompt shares", "decoded at a time", "all cached prefixes are dropped"})
        seen[step] += answered > 0 && answers.told(step);
      if (!earlier.empty() && !answers.notices.empty())
        QVERIFY2(answers.notices.front().find("no waiting prompt shares") != std::string::npos,
                 answers.notices.front().c_str());
      if (answered < list.size()) QVERIFY(!answers.notices.empty());
    }
    qInfo(
        "all answered %zu, some %zu, none %zu; told where some were answered: unshared %d, fewer "
        "%d, all "
        "%d",
        all, some, none, seen["no waiting prompt shares"], seen["decoded at a time"],
        seen["all cached prefixes are dropped"]);
    QVERIFY(all > 0 && none > 0);
    if (model == QStringLiteral("tiny_llama")) {
      QVERIFY(some > 0);
      for (const auto& [step, times] : seen) QVERIFY2(times > 0, step.c_str());
    }
    set_memory_limit(kNone);
    const Answers after = ask(*server, list);
    for (const auto& [id, result] : after.results)
      QVERIFY(result && result->ids == expected.results.at(id)->ids);
  }

  void a_text_is_told_once() {
    const auto model = testing::default_model();
    if (!model) QSKIP("skipped: the default model is not here");
    auto server = server_for(*model);
    QVERIFY(server);
    std::vector<GenerationRequest> list;
    // Answers that cross the end of a page, which is where decoding needs more.
    for (uint64_t id = 0; id < 4; ++id)
      list.push_back(
          request(id, ids(id < 3 ? 506 : 1500, server->model()->shape().vocabulary, id), 0, 10));
    const Answers expected = ask(*server, list);
    QCOMPARE(expected.answered(), list.size());
    server->generator()->prefixes().clear();
    const size_t page = server->model()->shape().kv.page_bytes(at::kFloat);
    set_memory_limit(counted_bytes() + 4 * page + page / 2);
    const Answers answers = ask(*server, list);
    for (const std::string& notice : answers.notices) qInfo("%s", notice.c_str());
    QVERIFY(answers.told("decoded at a time"));
    for (const auto& [id, result] : answers.results) {
      QVERIFY2(result, result ? "" : describe(result.error()).c_str());
      QVERIFY(result->ids == expected.results.at(id)->ids);
    }
    QVERIFY(!expected.streamed.empty() && answers.streamed == expected.streamed);
  }

  void the_forecast_counts_as_the_engine_does() {
    size_t models = 0;
    std::vector<std::filesystem::path> all;
    for (const char* folder : {"tests/golden/architectures", "tests/golden/gguf"})
      for (const auto& entry :
           std::filesystem::directory_iterator(testing::source_folder() / folder))
        all.push_back(entry.path());
    for (const std::filesystem::path& path : all) {
      const auto described = inspect_model(path);
      if (!described || described->architecture.empty()) continue;
      auto server = server_for(path);
      if (!server || !server->model()) continue;
      // Packed, merged and widened weights as they are held: GGUF's RWKV-7 has a few vectors that
      // headers do not tell from matrices.
      const auto held = static_cast<double>(described->held_bytes()),
                 loaded = static_cast<double>(server->model()->shape().weight_bytes);
      QVERIFY2(std::abs(held - loaded) <= loaded * (path.extension() == ".gguf" ? 0.02 : 0.001),
               qPrintable(QStringLiteral("%1: %2 told, %3 held")
                              .arg(QString::fromStdString(path.filename().string()))
                              .arg(held)
                              .arg(loaded)));
      for (size_t tokens : {1, 512, 513, 5000})
        QVERIFY2(kv_bytes(*described, tokens) ==
                     sequence_bytes(*server->model(), tokens) - sequence_bytes(*server->model(), 0),
                 path.filename().c_str());
      ++models;
    }
    qInfo("%zu models", models);
    QVERIFY(models > 40);
  }

  // Matrices, tables and norms of encoders too, to the byte; heads that encode nothing are not
  // held.
  void encoders_are_counted_as_the_engine_does() {
    size_t models = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(testing::source_folder() / "tests/golden/encoders")) {
      const auto described = inspect_model(entry.path());
      if (!described || described->architecture.empty()) continue;
      InProcessServer server;
      const auto loaded = server.load({entry.path().string(), "cpu", 0}, {});
      QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
      QCOMPARE(static_cast<uint64_t>(loaded->weight_bytes), described->held_bytes());
      ++models;
    }
    QVERIFY(models >= 4);
  }

  // What a failure says it needs is enough, and a tenth less is not.
  void the_number_is_what_it_takes() {
    const auto model = testing::default_model();
    if (!model) QSKIP("skipped: the default model is not here");
    auto server = server_for(*model);
    QVERIFY(server);
    const std::vector<GenerationRequest> list = {
        request(0, ids(2040, server->model()->shape().vocabulary, 5), 0, 10)};
    const size_t held = counted_bytes();
    set_memory_limit(held + (size_t{1} << 20));
    const Answers refused = ask(*server, list);
    QVERIFY(!refused.results.at(0));
    const QString words = QString::fromStdString(refused.results.at(0).error().message);
    const size_t needed = words.section(QLatin1Char(' '), 1, 1).toULongLong() << 20;
    qInfo("%s; %zu MiB are held before", qPrintable(words), held >> 20);
    QVERIFY(needed > held);
    set_memory_limit(needed);
    const Answers enough = ask(*server, list);
    QVERIFY2(enough.results.at(0),
             enough.results.at(0) ? "" : describe(enough.results.at(0).error()).c_str());
    server->generator()->prefixes().clear();
    set_memory_limit(needed - needed / 10);
    QVERIFY(!ask(*server, list).results.at(0));
  }

  void weights_that_do_not_fit_are_refused() {
    const auto model = testing::default_model();
    if (!model) QSKIP("skipped: the default model is not here");
    set_memory_limit(counted_bytes() + (size_t{20} << 20));
    InProcessServer server;
    const auto loaded = server.load({model->string(), "cpu", 0}, {});
    QVERIFY(!loaded && loaded.error().kind == ErrorKind::out_of_memory);
    QVERIFY2(loaded.error().message.find(" MiB allowed") != std::string::npos,
             loaded.error().message.c_str());
    set_memory_limit(kNone);
    QVERIFY(server.load({model->string(), "cpu", 0}, {}));
  }
};

QTEST_APPLESS_MAIN(MemoryLadderTest)
#include "memory_ladder_test.moc"
