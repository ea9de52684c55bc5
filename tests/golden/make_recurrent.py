"""Tiny random recurrent models with what their reference implementations make of them.

usage: make_recurrent.py OUT_FOLDER [NAME ...]   (transformers, torch, safetensors, rwkv,
flash-linear-attention)
The folders are those of make_architectures.py: logits of some positions of a prompt of 100 and one
of 700 tokens, the best token at all positions, greedy answers. Weights are numbers that bf16 holds
exactly, and are stored in it.
"""
import importlib, json, os, re, sys, tempfile
from pathlib import Path
import numpy as np, torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

torch.set_num_threads(1)
PROMPTS = ((100, [0, 1, 50, 99]), (700, [0, 1, 100, 255, 256, 511, 512, 600, 699]))
ANSWERS, WRITTEN = (40, 250, 600), 16
BASE = dict(vocab_size=160, hidden_size=48, num_hidden_layers=2, eos_token_id=1, bos_token_id=2, pad_token_id=0)

def rounded(tensor):
    return tensor.to(torch.bfloat16).float()

def save(folder, config, weights, logits_of):
    """weights: what the folder stores; logits_of(ids): the reference's [tokens, vocabulary]"""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: w.to(torch.bfloat16).contiguous() for name, w in weights.items()}, folder / "model.safetensors",
              metadata={"format": "pt"})
    json.dump(config, open(folder / "config.json", "w"), indent=2, sort_keys=True)
    ids = torch.randint(3, config["vocab_size"], (700,)).tolist()
    prompts, rows, answers = [], [], []
    for length, positions in PROMPTS:
        logits = logits_of(ids[:length])
        prompts.append({"length": length, "positions": positions, "argmax": logits.argmax(-1).tolist()})
        rows.append(logits[positions].numpy())
    for length in ANSWERS:
        text = ids[:length]
        while len(text) < length + WRITTEN:
            text = text + [logits_of(text)[-1].argmax().item()]
        answers.append({"length": length, "answer": text[length:]})
    np.concatenate(rows).astype("<f4").tofile(folder / "logits.f32")
    json.dump({"ids": ids, "prompts": prompts, "answers": answers}, open(folder / "expected.json", "w"),
              separators=(",", ":"))
    print(folder.name, sum(w.numel() for w in weights.values()), "parameters")

def write_transformers(folder, model_type, changes, spread):
    torch.manual_seed(11)
    config = AutoConfig.for_model(model_type, **{**BASE, **changes})
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # The rates and steps that the reference begins with, slightly moved.
            keep = name.endswith(("A_log", "D", "dt_bias", "dt_proj.bias"))
            centre = parameter if keep else 1.0 if "norm" in name else 0.0
            parameter.copy_(rounded(torch.randn_like(parameter) * spread + centre))
    weights = {name: w for name, w in model.state_dict().items() if not (config.tie_word_embeddings and name == "lm_head.weight")}
    def logits_of(ids):
        with torch.no_grad():
            return model(torch.tensor([ids]), use_cache=False).logits[0].float()
    config.save_pretrained(folder)
    save(folder, json.load(open(folder / "config.json")), weights, logits_of)

def rwkv_model(generation, file):
    """The package rwkv without just-in-time compilation, so that heads may be smaller than 64: it
    writes the epsilon of the heads' norm, 1e-5 times 64, as a number."""
    os.environ.update(RWKV_JIT_ON="0", RWKV_CUDA_ON="0", RWKV_V7_ON="1" if generation == 7 else "0")
    torch.jit.ScriptModule, torch.jit.script_method, torch.jit.script = torch.nn.Module, lambda f: f, lambda f: f
    sys.modules.pop("rwkv.model", None)
    return importlib.import_module("rwkv.model").RWKV(file, "cpu fp32")

def with_head_epsilon(epsilon, function, *arguments):
    plain = torch.nn.functional.group_norm
    torch.nn.functional.group_norm = lambda *a, eps, **more: plain(*a, eps=epsilon, **more)
    try:
        return function(*arguments)
    finally:
        torch.nn.functional.group_norm = plain

def rwkv_weights(generation, hidden, head, wide, layers):
    """Random weights under the names of the published .pth files."""
    heads, normal = hidden // head, lambda *shape, spread=0.2: torch.randn(*shape) * spread
    norm = lambda name, size: {name + ".weight": 1 + normal(size), name + ".bias": normal(size)}
    share = lambda *shape: torch.rand(*shape)
    weights = {"emb.weight": normal(160, hidden, spread=1), "head.weight": normal(160, hidden), **norm("ln_out", hidden)}
    for layer in range(layers):
        block = f"blocks.{layer}."
        att, ffn = block + "att.", block + "ffn."
        for name in (["ln0"] if layer == 0 else []) + ["ln1", "ln2"]:
            weights |= norm(block + name, hidden)
        for name in ["receptance", "key", "value", "output"] + (["gate"] if generation < 7 else []):
            weights[att + name + ".weight"] = normal(hidden, hidden)
        weights |= norm(att + "ln_x", hidden)
        weights |= {ffn + "key.weight": normal(wide, hidden), ffn + "value.weight": normal(hidden, wide)}
        if generation < 7:
            weights[ffn + "receptance.weight"] = normal(hidden, hidden)
            weights[att + "time_faaaa"] = normal(heads, head, spread=0.5)
        if generation == 5:
            weights |= {att + "time_mix_" + part: share(1, 1, hidden) for part in "kvrg"}
            weights |= {ffn + "time_mix_" + part: share(1, 1, hidden) for part in "kr"}
            weights[att + "time_decay"] = torch.linspace(-6, 1, hidden).reshape(heads, head)
        if generation == 6:
            weights |= {att + "time_maa_" + part: share(1, 1, hidden) for part in "xwkvrg"}
            weights |= {ffn + "time_maa_" + part: share(1, 1, hidden) for part in "kr"}
            weights |= {att + "time_maa_w1": normal(hidden, 5 * 8), att + "time_maa_w2": normal(5, 8, hidden),
                        att + "time_decay": torch.linspace(-6, 1, hidden).reshape(1, 1, hidden),
                        att + "time_decay_w1": normal(hidden, 12), att + "time_decay_w2": normal(12, hidden)}
        if generation == 7:
            weights |= {att + "x_" + part: share(1, 1, hidden) for part in "rwkvag"}
            weights |= {att + "k_k": 1 + normal(1, 1, hidden), att + "k_a": 1 + normal(1, 1, hidden),
                        att + "r_k": normal(heads, head), ffn + "x_k": share(1, 1, hidden)}
            for part, rank in (("w", 6), ("a", 7), ("v", 5), ("g", 9)):
                if part == "v" and layer == 0:
                    continue
                weights |= {att + part + "1": normal(hidden, rank), att + part + "2": normal(rank, hidden)}
                if part != "g":
                    weights[att + part + "0"] = normal(1, 1, hidden) + (torch.linspace(-6, 1, hidden) if part == "w" else 0)
    return {name: rounded(w) for name, w in weights.items()}

PARTS = {"k": "key", "v": "value", "r": "receptance", "g": "gate"}
BEFORE_7 = [(r"^emb\.", "rwkv.embeddings."), (r"^ln_out", "rwkv.ln_out"), (r"^blocks", "rwkv.blocks"), (r"\.ln0", ".pre_ln"),
            (r"\.att\.", ".attention."), (r"\.ffn\.", ".feed_forward."), (r"time_mix_(\w)$", lambda m: "time_mix_" + PARTS[m[1]])]
FROM_7 = [(r"^emb\.", "model.embeddings."), (r"^head\.", "lm_head."), (r"^ln_out", "model.norm"), (r"^blocks", "model.layers"),
          (r"\.ln0", ".pre_norm"), (r"\.ln1", ".attn_norm"), (r"\.ln2", ".ffn_norm"), (r"\.att\.ln_x", ".attn.g_norm"),
          (r"\.att\.(\w)\w*\.weight", r".attn.\1_proj.weight"), (r"\.att\.([wavg])0$", r".attn.\1_lora.lora.2.bias"),
          (r"\.att\.([wavg])1$", r".attn.\1_lora.lora.0.weight"), (r"\.att\.([wavg])2$", r".attn.\1_lora.lora.2.weight"),
          (r"\.att\.", ".attn.")]

def renamed(weights, generation):
    """As the folders of the Hugging Face hub store them."""
    stored = {}
    for name, w in weights.items():
        new = name
        for pattern, into in BEFORE_7 if generation < 7 else FROM_7:
            new = re.sub(pattern, into, new)
        if generation == 7:
            w = w.t() if "_lora" in new and new.endswith("weight") else w
            w = w.flatten() if new.endswith((".k_k", ".k_a", "ffn.x_k", "bias")) else w
        stored[new] = w
    return stored

def write_rwkv(folder, generation, head=16, hidden=48, wide=64, layers=2):
    torch.manual_seed(generation)
    weights = rwkv_weights(generation, hidden, head, wide, layers)
    with tempfile.TemporaryDirectory() as place:
        torch.save({name: w.clone() for name, w in weights.items()}, place + "/model.pth")
        model = rwkv_model(generation, place + "/model")
    epsilon = head * 1e-5 if generation == 7 else 64e-5
    logits_of = lambda ids: with_head_epsilon(epsilon, model.forward, list(ids), None, True)[0]
    config = dict(model_type=f"rwkv{generation}", vocab_size=160, hidden_size=hidden, num_hidden_layers=layers,
                  intermediate_size=wide, bos_token_id=0, eos_token_id=0, tie_word_embeddings=False, use_cache=True)
    if generation < 7:
        config |= dict(attention_hidden_size=hidden, head_size=head, head_size_divisor=8, num_attention_heads=64,
                       layer_norm_epsilon=1e-5, rescale_every=6, **({"model_version": "5_2"} if generation == 5 else {}))
    else:
        config |= dict(head_dim=head, num_heads=None, norm_eps=1e-5, norm_bias=True, norm_first=True, hidden_act="sqrelu", attn=None,
                       attn_mode="chunk", fuse_norm=True, hidden_ratio=4.0, decay_low_rank_dim=6, a_low_rank_dim=7,
                       v_low_rank_dim=5, gate_low_rank_dim=9, max_position_embeddings=2048, value_dim=[hidden] * layers)
    save(folder, config, renamed(weights, generation), logits_of)

def plain_fla():
    """flash-linear-attention without its kernels, which need a GPU: its own plain recurrence, torch's norm."""
    import fla.layers.gla as layer, fla.modules.mlp as mlp, fla.modules.convolution as convolution
    from fla.ops.gla.naive import naive_recurrent_gla
    functional = torch.nn.functional
    attend = lambda q, k, v, gk=None, g=None, **_: naive_recurrent_gla(q, k, v, g if gk is None else gk)
    layer.chunk_gla = layer.fused_recurrent_gla = attend
    layer.RMSNorm = lambda hidden_size, eps, **_: torch.nn.RMSNorm(hidden_size, eps=eps)
    layer.ACT2FN = {"swish": functional.silu}
    mlp.swiglu = lambda gate, y: functional.silu(gate) * y
    def look_back(self, x, **_):
        padded = functional.pad(x.transpose(1, 2), (self.kernel_size[0] - 1, 0))
        return functional.silu(functional.conv1d(padded, self.weight, groups=self.groups).transpose(1, 2)), None
    convolution.ShortConvolution.forward = look_back

def write_gla(folder, joined, **changes):
    plain_fla()
    from fla.models import GLAConfig, GLAForCausalLM
    torch.manual_seed(7)
    config = GLAConfig(**{**BASE, **dict(fuse_norm=False, fuse_swiglu=False, fuse_cross_entropy=False), **changes})
    model = GLAForCausalLM(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(rounded(torch.randn_like(parameter) * 0.2 + (1 if "norm" in name else 0)))
    weights = dict(model.state_dict())
    if joined:  # as the first folders: gate and up in one matrix, the norm named after its kernel
        for name in [n for n in weights if n.endswith("gate_proj.weight")]:
            weights[name] = torch.cat([weights[name], weights.pop(name.replace("gate_proj", "up_proj"))])
        weights = {name.replace(".g_norm.", ".g_norm_swish_gate."): w for name, w in weights.items()}
    def logits_of(ids):
        with torch.no_grad():
            return model(torch.tensor([ids]), use_cache=False).logits[0].float()
    config.save_pretrained(folder)
    save(folder, json.load(open(folder / "config.json")), weights, logits_of)

MODELS = {
    "mamba": lambda folder: write_transformers(folder, "mamba", dict(state_size=8), 0.2),
    "falcon_mamba": lambda folder: write_transformers(folder, "falcon_mamba", dict(
        state_size=16, time_step_rank=5, use_bias=True, conv_kernel=3, tie_word_embeddings=False, mixer_rms_eps=1e-4), 0.2),
    "mamba2": lambda folder: write_transformers(folder, "mamba2", dict(
        num_heads=6, head_dim=16, n_groups=1, state_size=20, chunk_size=64, tie_word_embeddings=True), 0.2),
    "mamba2_groups": lambda folder: write_transformers(folder, "mamba2", dict(
        num_heads=4, head_dim=24, n_groups=2, state_size=12, chunk_size=256, use_bias=True, time_step_limit=[0.02, 0.5]), 0.2),
    "rwkv5": lambda folder: write_rwkv(folder, 5),
    "rwkv6": lambda folder: write_rwkv(folder, 6),
    "rwkv7": lambda folder: write_rwkv(folder, 7),
    "gla": lambda folder: write_gla(folder, True, num_heads=3, intermediate_size=64),
    "gla_convolution": lambda folder: write_gla(folder, False, num_heads=4, num_kv_heads=2, expand_k=1.0, expand_v=2.0,
                                                hidden_size=32, intermediate_size=64, use_short_conv=True, conv_size=3,
                                                use_output_gate=False, clamp_min=-0.03, tie_word_embeddings=True),
}

if __name__ == "__main__":
    out = Path(sys.argv[1])
    for chosen in sys.argv[2:] or MODELS:
        MODELS[chosen](out / chosen)
