// Attention over one page. Included by kernels_body.h only.

// out [R, d] = weights [R, tokens] times values [tokens, d]: each value is loaded once.
template <int R, int Vectors>
inline void add_columns(const float* weights, const float* values, int64_t tokens, int64_t d,
                        float* out) {
  Vec sums[R][Vectors] = {};
  for (int64_t t = 0; t < tokens; ++t)
    for (int v = 0; v < Vectors; ++v) {
      Vec value = load(values + t * d + v * kLanes);
      for (int r = 0; r < R; ++r) sums[r][v] += splat(weights[r * tokens + t]) * value;
    }
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < Vectors; ++v) store(out + r * d + v * kLanes, sums[r][v]);
}

template <int R>
void add_values(const float* weights, const float* values, int64_t tokens, int64_t d, float* out) {
  int64_t c = 0;
  for (; c + kTileVectors * kLanes <= d; c += kTileVectors * kLanes)
    add_columns<R, kTileVectors>(weights, values + c, tokens, d, out + c);
  for (; c + kLanes <= d; c += kLanes) add_columns<R, 1>(weights, values + c, tokens, d, out + c);
  for (; c < d; ++c)
    for (int r = 0; r < R; ++r) {
      float sum = 0;
      for (int64_t t = 0; t < tokens; ++t) sum += weights[r * tokens + t] * values[t * d + c];
      out[r * d + c] = sum;
    }
}

// scores become exp(score - maximum).
inline PartialAttention exponentials(float* scores, int64_t tokens) {
  float maximum = -INFINITY;
  for (int64_t t = 0; t < tokens; ++t) maximum = scores[t] > maximum ? scores[t] : maximum;
  Vec sums = {};
  int64_t t = 0;
  for (; t + kLanes <= tokens; t += kLanes) {
    Vec e = exponential(load(scores + t) - maximum);
    store(scores + t, e);
    sums += e;
  }
  float sum = reduce(sums);
  for (; t < tokens; ++t) {
    scores[t] = exponential_one(scores[t] - maximum);
    sum += scores[t];
  }
  return {maximum, sum};
}

// R queries share every key and value that is loaded; each has sums of its own.
template <int R>
void attend_queries(const float* queries, const float* keys, const float* values, int64_t tokens,
                    int64_t d, float scale, float soft_cap, float* out, PartialAttention* partial,
                    float* scratch) {
  for (int64_t t = 0; t < tokens; ++t) {
    float scores[R];
    dot_rows<R>(Floats{keys + t * d}, queries, d, d, scores);
    for (int r = 0; r < R; ++r) {
      float score = scores[r] * scale;
      scratch[r * tokens + t] = soft_cap > 0 ? soft_cap * std::tanh(score / soft_cap) : score;
    }
  }
  for (int r = 0; r < R; ++r) partial[r] = exponentials(scratch + r * tokens, tokens);
  add_values<R>(scratch, values, tokens, d, out);
}

void attend(const float* queries, int64_t count, const float* keys, const float* values,
            int64_t tokens, int64_t d, float scale, float soft_cap, float* out,
            PartialAttention* partial, float* scratch) {
  int64_t q = 0;
  auto block = [&](auto rows) {
    constexpr int kRows = decltype(rows)::value;
    attend_queries<kRows>(queries + q * d, keys, values, tokens, d, scale, soft_cap, out + q * d,
                          partial + q, scratch);
    q += kRows;
  };
  while (count - q >= 4) block(std::integral_constant<int, 4>());
  if (count - q == 3) return block(std::integral_constant<int, 3>());
  if (count - q == 2) return block(std::integral_constant<int, 2>());
  if (count - q == 1) block(std::integral_constant<int, 1>());
}
