// Attention over one page. Included by kernels_body.h only.

void add_values(const float* weights, const float* values, int64_t tokens, int64_t d, float* out) {
  int64_t c = 0;
  for (; c + 4 * kLanes <= d; c += 4 * kLanes) {
    Vec a0 = {}, a1 = {}, a2 = {}, a3 = {};
    for (int64_t t = 0; t < tokens; ++t) {
      const float* v = values + t * d + c;
      Vec p = splat(weights[t]);
      a0 += p * load(v);
      a1 += p * load(v + kLanes);
      a2 += p * load(v + 2 * kLanes);
      a3 += p * load(v + 3 * kLanes);
    }
    store(out + c, a0);
    store(out + c + kLanes, a1);
    store(out + c + 2 * kLanes, a2);
    store(out + c + 3 * kLanes, a3);
  }
  for (; c + kLanes <= d; c += kLanes) {
    Vec sum = {};
    for (int64_t t = 0; t < tokens; ++t) sum += splat(weights[t]) * load(values + t * d + c);
    store(out + c, sum);
  }
  for (; c < d; ++c) {
    float sum = 0;
    for (int64_t t = 0; t < tokens; ++t) sum += weights[t] * values[t * d + c];
    out[c] = sum;
  }
}

void attend(const float* queries, int64_t count, const float* keys, const float* values,
            int64_t tokens, int64_t d, float scale, float soft_cap, float* out,
            PartialAttention* partial, float* scratch) {
  for (int64_t q = 0; q < count; ++q) {
    const float* query = queries + q * d;
    float maximum = -INFINITY;
    for (int64_t t = 0; t < tokens; ++t) {
      float score;
      dot_rows<1>(Floats{keys + t * d}, query, 0, d, &score);
      scratch[t] = score * scale;
      if (soft_cap > 0) scratch[t] = soft_cap * std::tanh(scratch[t] / soft_cap);
      maximum = scratch[t] > maximum ? scratch[t] : maximum;
    }
    Vec sums = {};
    int64_t t = 0;
    for (; t + kLanes <= tokens; t += kLanes) {
      Vec e = exponential(load(scratch + t) - maximum);
      store(scratch + t, e);
      sums += e;
    }
    float sum = reduce(sums);
    for (; t < tokens; ++t) {
      scratch[t] = exponential_one(scratch[t] - maximum);
      sum += scratch[t];
    }
    partial[q] = {maximum, sum};
    add_values(scratch, values, tokens, d, out + q * d);
  }
}
