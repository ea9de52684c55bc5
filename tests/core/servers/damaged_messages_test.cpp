// What an engine that is broken or was exchanged could say: an Error, never a crash.
#include <unistd.h>

#include <QTest>

#include "core/servers/engine_protocol.h"
#include "core/servers/frame_stream.h"
#include "tests/support/broken_text.h"

using namespace loom;
using nlohmann::json;

class DamagedMessagesTest : public QObject {
  Q_OBJECT

  static void read_as_everything(const json& message) {
    (void)protocol::type_of(message);
    (void)protocol::request_from(message);
    (void)protocol::result_from(message);
    (void)protocol::encode_request_from(message);
    (void)protocol::embeddings_from(message);
    (void)protocol::likelihood_request_from(message);
    (void)protocol::likelihood_from(message);
    (void)protocol::loaded_from(message);
    (void)protocol::rates_from(message);
    (void)protocol::error_from(message);
  }

  static std::vector<json> messages() {
    GenerationRequest request;
    request.ids = {1, 2, 3};
    request.stop = {"x"};
    GenerationResult result;
    result.ids = {4, 5};
    result.text = "answer";
    MeasuredRates rates;
    rates.prefill = {{0, 512, 0.5, 9}};
    rates.decode = {{1, 512, 0.02}};
    return {protocol::to_message(request),
            protocol::to_message(result),
            protocol::to_message(EncodeRequest{}),
            protocol::to_message(Embeddings{}),
            protocol::to_message(LikelihoodRequest{}),
            protocol::to_message(Likelihood{}),
            protocol::to_message(LoadedModel{}),
            protocol::to_message(rates),
            protocol::to_message(Error{ErrorKind::corrupt, "what", "where", "remedy"})};
  }

 private Q_SLOTS:
  // Whole objects whose values are not what they should be.
  void as_values() {
    for (const json& message : messages())
      for (const std::string& bad : testing::broken_copies(message.dump(), 400, 52))
        read_as_everything(json::parse(bad, nullptr, false));
  }

  // As an engine sends them, the length before the bytes.
  void as_frames() {
    for (const json& message : messages()) {
      const auto body = json::to_cbor(message);
      const std::string frame = testing::bytes_of<uint32_t>(static_cast<uint32_t>(body.size())) +
                                std::string(body.begin(), body.end());
      for (const std::string& bad : testing::broken_copies(frame, 300, 53)) receive(bad);
      for (const std::string& bad : testing::broken_copies(frame.substr(4), 300, 54))
        receive(testing::bytes_of<uint32_t>(static_cast<uint32_t>(bad.size())) + bad);
    }
  }

 private:
  static void receive(const std::string& bytes) {
    int ends[2];
    QVERIFY(pipe(ends) == 0);
    QCOMPARE(write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    close(ends[1]);
    FrameStream stream(ends[0], -1);
    for (int i = 0; i < 10; ++i) {
      const auto message = stream.receive(std::chrono::milliseconds(0));
      if (!message) break;
      if (*message) read_as_everything(**message);
    }
    close(ends[0]);
  }
};

QTEST_APPLESS_MAIN(DamagedMessagesTest)
#include "damaged_messages_test.moc"
