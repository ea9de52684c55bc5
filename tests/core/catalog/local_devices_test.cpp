#include "core/catalog/local_devices.h"

#include <QTest>

using namespace loom;

class LocalDevicesTest : public QObject {
  Q_OBJECT

  const std::vector<LocalDevice> fake_ = {{"cpu", "A processor", 8, 16'000, 9'000},
                                          {"cuda:0", "A small GPU", 0, 12'000, 4'000},
                                          {"cuda:1", "A large GPU", 0, 80'000, 70'000},
                                          {"cuda:2", "A GPU without its library", 0, 0, 0}};

 private Q_SLOTS:
  void each_device_has_to_hold_the_model_data() {
    QTest::addColumn<std::vector<std::string>>("names");
    QTest::addColumn<std::string>("device");
    QTest::addColumn<bool>("known");
    QTest::addColumn<bool>("fits");  // 5000 bytes
    using Names = std::vector<std::string>;
    QTest::newRow("none named") << Names{} << std::string("cpu") << true << true;
    QTest::newRow("processor") << Names{"cpu"} << std::string("cpu") << true << true;
    QTest::newRow("small GPU") << Names{"cuda:0"} << std::string("cuda:0") << true << false;
    QTest::newRow("large GPU") << Names{"cuda:1"} << std::string("cuda:1") << true << true;
    QTest::newRow("several") << Names{"cuda:1", "cuda:0", "cpu"} << std::string("cuda:0") << true
                             << false;
    QTest::newRow("one is not known")
        << Names{"cuda:1", "cuda:2"} << std::string("cuda:2") << false << false;
    QTest::newRow("not on this machine")
        << Names{"cuda:7"} << std::string("cuda:7") << false << false;
  }
  void each_device_has_to_hold_the_model() {
    QFETCH(std::vector<std::string>, names);
    QFETCH(bool, known);
    const DeviceFit fit = tightest_fit(5'000, fake_, names);
    QTEST(fit.device, "device");
    QCOMPARE(fit.known(), known);
    if (known) QTEST(fit.fits(), "fits");
  }

  void the_roomiest_device_has_its_own_memory() {
    QCOMPARE(roomiest_device(fake_), std::string("cuda:1"));
    QCOMPARE(roomiest_device({fake_[0], fake_[3]}), std::string("cpu"));
    QCOMPARE(roomiest_device({}), std::string("cpu"));
  }

  void the_processor_comes_first() {
    const auto devices = measure_devices();
    QVERIFY(!devices.empty());
    QCOMPARE(devices.front().id, std::string("cpu"));
    QVERIFY(devices.front().memory_free_bytes > 0);
  }
};

QTEST_APPLESS_MAIN(LocalDevicesTest)
#include "local_devices_test.moc"
