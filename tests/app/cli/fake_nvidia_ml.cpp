// Stands for the library that comes with NVIDIA's driver: one GPU with known numbers.
#include <cstdio>

extern "C" {

struct nvmlMemory {
  unsigned long long total, free, used;
};

int nvmlInit_v2() {
  return 0;
}
int nvmlShutdown() {
  return 0;
}
int nvmlSystemGetDriverVersion(char* text, unsigned size) {
  std::snprintf(text, size, "555.44.33");
  return 0;
}
int nvmlDeviceGetCount_v2(unsigned* count) {
  *count = 1;
  return 0;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device) {
  static int gpu = 0;
  *device = &gpu;
  return index == 0 ? 0 : 2;
}
int nvmlDeviceGetName(void*, char* text, unsigned size) {
  std::snprintf(text, size, "NVIDIA H200");
  return 0;
}
int nvmlDeviceGetMemoryInfo(void*, nvmlMemory* memory) {
  *memory = {150'000'000'000, 149'000'000'000, 1'000'000'000};
  return 0;
}
}
