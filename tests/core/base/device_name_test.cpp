#include "core/base/device_name.h"

#include <QTest>

using namespace loom;

class DeviceNameTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void devices_and_groups_are_read() {
    QVERIFY(*parse_devices("cpu") == std::vector<DeviceName>{{}});
    QVERIFY(parse_devices("cpu")->front().is_cpu());
    QVERIFY(*parse_devices("cuda:7") == (std::vector<DeviceName>{{7, ""}}));
    QVERIFY(*parse_devices("cuda:0/fp16") == (std::vector<DeviceName>{{0, "fp16"}}));
    QVERIFY(*parse_devices("cuda:0+cuda:12/fp32+cuda:2") ==
            (std::vector<DeviceName>{{0, ""}, {12, "fp32"}, {2, ""}}));
    for (const char* text : {"cpu", "cuda:0", "cuda:12/fp16"})
      QCOMPARE(device_text(parse_devices(text)->front()), std::string(text));
  }

  void what_is_no_device_is_named() {
    for (const char* bad : {"", "+", "gpu", "cuda", "cuda:", "cuda:x", "cuda:-1", "cuda:+1",
                            "cuda:0 ", " cuda:0", "cuda:9999", "cuda:0/", "cuda:/fp16", "cpu/fp16",
                            "CUDA:0", "cuda:0+", "+cuda:0", "cuda:0++cuda:1", "cuda:0,cuda:1"}) {
      const auto read = parse_devices(bad);
      QVERIFY2(!read, bad);
      QVERIFY(read.error().message.find('"' + std::string(bad) + '"') != std::string::npos);
    }
  }
};

QTEST_GUILESS_MAIN(DeviceNameTest)
#include "device_name_test.moc"
