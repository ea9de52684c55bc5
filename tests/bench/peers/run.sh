#!/usr/bin/env bash
# This engine beside transformers and llama.cpp on the default model's weights, 2 threads.
#   tests/bench/peers/run.sh [ROUNDS]      1 unless told (about 6 minutes); build peer_worker first
# PEERS_VENV: a Python environment with the peers, made from PyPI where it is missing.
set -euo pipefail
cd "$(dirname "$0")/../../.."
build="${LOOM_BUILD:-build/release}"
venv="${PEERS_VENV:-build/peers}"
model="${LOOM_MODEL:-build/dependencies/models/SmolLM2-135M-Instruct.Q4_1.gguf}"
models="${PEERS_MODELS:-build/peers-models}"
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install torch==2.11.0 transformers gguf accelerate numpy
  CMAKE_ARGS="-DGGML_NATIVE=ON" "$venv/bin/pip" install llama-cpp-python==0.3.36
fi
export OMP_NUM_THREADS=2
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
"$venv/bin/python" tests/bench/peers/write_models.py "$model" "$models"
"$venv/bin/python" -c 'import llama_cpp, torch, transformers
print("transformers", transformers.__version__, "torch", torch.__version__, "llama-cpp-python", llama_cpp.__version__)'
exec "$venv/bin/python" tests/bench/peers/compare.py "$build/bench/peer_worker" "$models" "${1:-1}"
