#include "core/servers/frame_stream.h"

#include <unistd.h>

#include <QTest>
#include <thread>

#include "core/base/random.h"
#include "core/servers/engine_protocol.h"

using namespace loom;
using nlohmann::json;

namespace {

struct Pipe {
  int ends[2];
  Pipe() { (void)!::pipe(ends); }
  ~Pipe() {
    ::close(ends[0]);
    close_writer();
  }
  void close_writer() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
};

}  // namespace

class FrameStreamTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void messages_arrive_whole_and_in_order() {
    Pipe pipe;
    FrameStream out(-1, pipe.ends[1]), in(pipe.ends[0], -1);
    std::jthread writer([&] {
      for (int i = 0; i < 200; ++i)
        (void)out.send({{"type", "x"}, {"i", i}, {"text", std::string(static_cast<size_t>(i) * 97, 'a')}});
    });
    for (int i = 0; i < 200; ++i) {
      auto message = in.receive(std::chrono::seconds(5));
      QVERIFY(message && *message);
      QCOMPARE((**message)["i"].get<int>(), i);
      QCOMPARE((**message)["text"].get<std::string>().size(), static_cast<size_t>(i) * 97);
    }
  }

  void silence_is_no_message() {
    Pipe pipe;
    FrameStream in(pipe.ends[0], -1);
    auto message = in.receive(std::chrono::milliseconds(30));
    QVERIFY(message);
    QVERIFY(!*message);
  }

  void an_end_is_an_error() {
    Pipe pipe;
    pipe.close_writer();
    FrameStream in(pipe.ends[0], -1);
    QVERIFY(!in.receive(std::chrono::seconds(1)));
  }

  void random_bytes_never_crash() {
    Random random(11);
    for (int i = 0; i < 300; ++i) {
      Pipe pipe;
      std::string bytes(random.below(200), '\0');
      for (char& c : bytes) c = static_cast<char>(random.below(256));
      if (i % 2 == 0 && bytes.size() > 4) {  // a believable length before the nonsense
        bytes[0] = static_cast<char>(bytes.size() - 4);
        bytes[1] = bytes[2] = bytes[3] = 0;
      }
      (void)!::write(pipe.ends[1], bytes.data(), bytes.size());
      pipe.close_writer();
      FrameStream in(pipe.ends[0], -1);
      for (int reads = 0; reads < 20; ++reads) {
        auto message = in.receive(std::chrono::milliseconds(50));
        if (!message) break;
        if (!*message) continue;
        (void)protocol::request_from(**message);
        (void)protocol::result_from(**message);
        (void)protocol::loaded_from(**message);
        (void)protocol::error_from(**message);
      }
    }
  }

  void values_survive_the_way() {
    GenerationRequest request;
    request.id = 77;
    request.ids = {1, 2, 300000};
    request.context_end = 2;
    request.max_new_tokens = 9;
    request.stop = {"\n", "终"};
    request.decoding = {0.7, 40, 0.9, 0.05, 1234567890123456789u, 1.7};
    request.end_tokens = {5, 198};
    request.ends_for_several = true;
    request.min_new_tokens = 3;
    auto back = protocol::request_from(json::from_cbor(json::to_cbor(protocol::to_message(request))));
    QVERIFY(back);
    QCOMPARE(back->ids, request.ids);
    QCOMPARE(back->stop, request.stop);
    QCOMPARE(back->decoding.seed, request.decoding.seed);
    QCOMPARE(back->decoding.top_p, request.decoding.top_p);
    QCOMPARE(back->decoding.repetition_penalty, 1.7);
    QCOMPARE(back->end_tokens, request.end_tokens);
    QVERIFY(back->ends_for_several);
    QCOMPARE(back->min_new_tokens, 3);
    GenerationResult result;
    result.text = "text \xff broken";
    result.finish_reason = FinishReason::window_full;
    result.timings = {1, 2, 3, 4};
    auto result_back = protocol::result_from(json::from_cbor(json::to_cbor(protocol::to_message(result))));
    QVERIFY(result_back);
    QCOMPARE(result_back->finish_reason, FinishReason::window_full);
    QCOMPARE(result_back->timings.decode_s, 4.0);
  }
};

QTEST_APPLESS_MAIN(FrameStreamTest)
#include "frame_stream_test.moc"
