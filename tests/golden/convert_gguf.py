"""GGUF files of tiny models, made by llama.cpp's own converter.

usage: convert_gguf.py LLAMA_CPP ARCHITECTURES_FOLDER OUT_FOLDER [NAME ...]
(LLAMA_CPP holds `conversion` and `gguf-py`, as in the source archive of llama-cpp-python 0.3.36; torch,
transformers, safetensors)
Models of the architectures folder keep the expected values that stand there. Those of which a GGUF
file cannot say everything are made anew, with values in OUT_FOLDER/NAME. Vocabularies are left out.
"""
import json, logging, shutil, sys, tempfile
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/gguf-py"]
import gguf
from conversion import get_model_class
import make_architectures as golden
import make_recurrent as recurrent

# name: (the converter's name of the architecture, what it writes for published sizes only)
CONVERTED = {
    "mamba": ("MambaForCausalLM", {}),
    "mamba2": ("Mamba2ForCausalLM", {}),
    "rwkv6": ("Rwkv6ForCausalLM", {"time_mix_extra_dim": 8, "time_decay_extra_dim": 12}),
    "rwkv7": ("Rwkv7ForCausalLM", {}),
    "llama_llama3": ("LlamaForCausalLM", {}),
    "llama_linear": ("LlamaForCausalLM", {}),
    "qwen2": ("Qwen2ForCausalLM", {}),
    "qwen2_yarn": ("Qwen2ForCausalLM", {}),
    "qwen3": ("Qwen3ForCausalLM", {}),
    "phi3": ("Phi3ForCausalLM", {}),
    "phi4_mini": ("Phi3ForCausalLM", {}),
    "chatglm": ("ChatGLMModel", {}),
    "glm4": ("Glm4ForCausalLM", {}),
    "cohere2": ("Cohere2ForCausalLM", {}),
}
# name: (the same, model_type, its settings)
MADE = {
    # Heads as wide as the hidden size allows.
    "glm_converted": ("GlmForCausalLM", "glm", dict(head_dim=8, attention_bias=True)),
    "nemotron_converted": ("NemotronForCausalLM", "nemotron", dict(head_dim=8, norm_eps=1e-5)),
    # Scores divided by a head's width.
    "gemma2_converted": ("Gemma2ForCausalLM", "gemma2", dict(
        head_dim=16, tie_word_embeddings=True, sliding_window=96, query_pre_attn_scalar=16,
        attn_logit_softcapping=5.0, final_logit_softcapping=8.0)),
    "gemma3_converted": ("Gemma3ForCausalLM", "gemma3_text", dict(
        head_dim=16, tie_word_embeddings=True, sliding_window=96, query_pre_attn_scalar=16, num_hidden_layers=6,
        num_attention_heads=2, num_key_value_heads=1, intermediate_size=32, rope_parameters={
            "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
            "full_attention": {"rope_type": "linear", "rope_theta": 1000000.0, "factor": 8.0}})),
    # Experts in every layer.
    "qwen3_moe_converted": ("Qwen3MoeForCausalLM", "qwen3_moe", dict(
        head_dim=16, num_experts=5, num_experts_per_tok=2, moe_intermediate_size=16, norm_topk_prob=True)),
    # One constant for all norms, projections without bias.
    "falcon_mamba_converted": ("FalconMambaForCausalLM", "falcon_mamba", dict(
        state_size=16, time_step_rank=5, tie_word_embeddings=False, layer_norm_epsilon=1e-4, mixer_rms_eps=1e-4)),
    "mistral_converted": ("MistralForCausalLM", "mistral", dict(head_dim=24, sliding_window=None)),
}
# What the converter looks for in config.json under these names.
FIELDS = {"rwkv6": {"rescale_every": 1}, "cohere2": {"rotary_pct": 1.0}, "glm_converted": {
    "seq_length": 2048, "layernorm_epsilon": 1.5625e-07}}

# Encoders, which keep their vocabulary and the values beside their folder.
ENCODERS = {"bert": "BertModel", "roberta": "RobertaModel"}

def without_vocabulary(model, sizes):
    """The converter with the vocabulary's place left empty, and `sizes` in the place of its own."""
    parameters = model.set_gguf_parameters
    def set_vocab():
        model.gguf_writer.add_tokenizer_model("none")
        model.gguf_writer.add_vocab_size(model.find_hparam(["padded_vocab_size", "vocab_size"]))
    def set_parameters():
        parameters()
        for key, value in sizes.items():
            model.gguf_writer.add_uint32(f"{model.gguf_writer.arch}.{key}", value)
    model.set_vocab, model.set_gguf_parameters = set_vocab, set_parameters

def convert(folder, architecture, sizes, out):
    model = get_model_class(architecture)(folder, gguf.LlamaFileType.ALL_F32, out, eager=True, model_name=out.stem)
    without_vocabulary(model, sizes)
    model.write()
    print(out.name, out.stat().st_size, "bytes")

def convert_encoder(folder, architecture, out):
    model = get_model_class(architecture)(folder, gguf.LlamaFileType.ALL_F32, out, eager=True, model_name=out.stem)
    model.get_vocab_base_pre = lambda tokenizer: "default"
    # The models here have BERT's vocabulary, all of them.
    model.set_vocab = lambda: get_model_class("BertModel").set_vocab(model)
    model.write()
    print(out.name, out.stat().st_size, "bytes")

def complete(folder, architecture, changes):
    """What the converter asks for: the architecture's name, and how many tokens there are."""
    config = json.load(open(folder / "config.json")) | {"architectures": [architecture]} | changes
    json.dump(config, open(folder / "config.json", "w"))
    vocabulary = {"model": {"vocab": {str(i): i for i in range(config["vocab_size"])}}, "added_tokens": []}
    json.dump(vocabulary, open(folder / "tokenizer.json", "w"))

def main(architectures, out, names):
    for name in names or [*CONVERTED, *MADE, *ENCODERS]:
        if name in ENCODERS:
            encoders = architectures.parent / "encoders"
            convert_encoder(encoders / name, ENCODERS[name], encoders / f"{name}.gguf")
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / name
            if name in CONVERTED:
                architecture, sizes = CONVERTED[name]
                shutil.copytree(architectures / name, folder)
            else:
                architecture, model_type, settings = MADE[name]
                sizes = {}
                if model_type == "falcon_mamba":
                    recurrent.write_transformers(folder, model_type, settings, 0.2)
                else:
                    golden.write(folder, model_type, settings)
                (out / name).mkdir(exist_ok=True)
                for file in ("expected.json", "logits.f32"):
                    shutil.copy(folder / file, out / name)
            complete(folder, architecture, FIELDS.get(name, {}))
            convert(folder, architecture, sizes, out / f"{name}.gguf")

if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
