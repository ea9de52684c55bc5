// Norms and activations. Included by kernels_body.h only.

void rms_norm(const float* x, const float* weight, float* y, int64_t n, float epsilon) {
  float square;
  const Floats row{x};
  dot_tile<1, 1>(&row, n, nullptr, x, &square, 1);
  float scale = 1.0f / std::sqrt(square / static_cast<float>(n) + epsilon);
  for (int64_t i = 0; i < n; ++i) y[i] = x[i] * scale * weight[i];
}

void swiglu(float* gate, const float* up, int64_t n) {
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    Vec g = load(gate + i);
    store(gate + i, g / (1.0f + exponential(-g)) * load(up + i));
  }
  for (; i < n; ++i) gate[i] = gate[i] / (1.0f + exponential_one(-gate[i])) * up[i];
}

// gelu(x) in the tanh form is x * sigmoid(2 u), u = sqrt(2 / pi) * (x + 0.044715 x^3).
void geglu(float* gate, const float* up, int64_t n) {
  constexpr float a = 2 * 0.7978845608028654f, b = a * 0.044715f;
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    Vec g = load(gate + i);
    store(gate + i, g / (1.0f + exponential(-g * (a + b * g * g))) * load(up + i));
  }
  for (; i < n; ++i)
    gate[i] = gate[i] / (1.0f + exponential_one(-gate[i] * (a + b * gate[i] * gate[i]))) * up[i];
}
