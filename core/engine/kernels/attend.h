// Attention over one page. Included by kernels_body.h only.

constexpr int64_t kValueTokens = 64;  // values that stay in the cache while all rows read them

// scores [rows, tokens] = queries times keys; some keys are transposed at a time, for all rows.
inline void score(const AttendedPage& page, const float* queries, int64_t rows, float* scores,
                  float* panel) {
  for (int64_t t = 0; t < page.tokens; t += kPanelOutputs) {
    const int64_t exist = std::min(kPanelOutputs, page.tokens - t);
    for (int64_t group = 0; group < kPanelOutputs; group += kLanes)
      pack_columns(page.keys + (t + group) * page.d, page.d, exist - group, panel + group);
    multiply({panel, page.d, exist}, queries, page.d, rows, scores + t, page.tokens, false);
  }
}

inline float largest(Vec v) {
  float most = v[0];
  for (int i = 1; i < LOOM_LANES; ++i) most = std::max(most, v[i]);
  return most;
}

// scores [n] become exp(score - maximum), where they have been scaled and bent.
inline PartialAttention exponentials(float* scores, int64_t n, float scale, float soft_cap) {
  Vec most = splat(-INFINITY);
  int64_t t = 0;
  for (; t + kLanes <= n; t += kLanes) {
    Vec scaled = load(scores + t) * scale;
    if (soft_cap > 0)
      for (int i = 0; i < LOOM_LANES; ++i) scaled[i] = soft_cap * std::tanh(scaled[i] / soft_cap);
    store(scores + t, scaled);
    most = scaled > most ? scaled : most;
  }
  float maximum = largest(most);
  for (; t < n; ++t) {
    scores[t] *= scale;
    if (soft_cap > 0) scores[t] = soft_cap * std::tanh(scores[t] / soft_cap);
    maximum = std::max(maximum, scores[t]);
  }
  Vec sums = {};
  for (t = 0; t + kLanes <= n; t += kLanes) {
    Vec e = exponential(load(scores + t) - maximum);
    store(scores + t, e);
    sums += e;
  }
  float sum = reduce(sums);
  for (; t < n; ++t) {
    scores[t] = exponential_one(scores[t] - maximum);
    sum += scores[t];
  }
  return {maximum, sum};
}

// out [rows, Vectors * kLanes] (+)= weights [rows, tokens] times some of the values.
template <int Vectors>
inline void add_columns(const float* weights, int64_t stride, const float* values, int64_t tokens,
                        int64_t d, int64_t rows, float* out, bool add) {
  by_rows(rows, [&](auto count, int64_t r) {
    tile<decltype(count)::value, Vectors>(weights + r * stride, stride, values, d, tokens,
                                          out + r * d, d, add);
  });
}

// out [rows, d] = weights [rows, tokens] times values [tokens, d].
inline void add_values(const AttendedPage& page, const float* weights, int64_t rows, float* out) {
  const int64_t d = page.d, stride = page.tokens;
  for (int64_t t = 0; t < page.tokens; t += kValueTokens) {
    const int64_t tokens = std::min(kValueTokens, page.tokens - t);
    const float* values = page.values + t * d;
    int64_t c = 0;
    for (; c + kPanelOutputs <= d; c += kPanelOutputs)
      add_columns<kTileVectors>(weights + t, stride, values + c, tokens, d, rows, out + c, t > 0);
    for (; c + kLanes <= d; c += kLanes)
      add_columns<1>(weights + t, stride, values + c, tokens, d, rows, out + c, t > 0);
    for (; c < d; ++c)
      for (int64_t r = 0; r < rows; ++r) {
        float sum = t > 0 ? out[r * d + c] : 0;
        for (int64_t i = 0; i < tokens; ++i) sum += weights[r * stride + t + i] * values[i * d + c];
        out[r * d + c] = sum;
      }
  }
}

void attend(const AttendedPage& page, const float* queries, int64_t count, const SeenTokens* seen,
            float* out, PartialAttention* partial, float* scratch) {
  float* panel = scratch + kAttendRows * page.tokens;
  for (int64_t first = 0; first < count; first += kAttendRows) {
    const int64_t rows = std::min(kAttendRows, count - first);
    score(page, queries + first * page.d, rows, scratch, panel);
    for (int64_t r = 0; r < rows; ++r) {
      float* row = scratch + r * page.tokens;
      const SeenTokens part = seen ? seen[first + r] : SeenTokens{0, page.tokens};
      std::fill(row, row + part.begin, 0.0f);
      std::fill(row + part.end, row + page.tokens, 0.0f);
      partial[first + r] =
          part.begin < part.end
              ? exponentials(row + part.begin, part.end - part.begin, page.scale, page.soft_cap)
              : PartialAttention{-INFINITY, 0};
    }
    add_values(page, scratch, rows, out + first * page.d);
  }
}
