"""What scripts/gpu-check asks of Python: weights of timm, PyTorch's speed, ceilings, the table.

    gpu_check.py probe                                                 is everything there?
    gpu_check.py weights --models LIST --folder DIR                    M.safetensors, M.input.npy, M.logits.npy
    gpu_check.py peers --models LIST --batches LIST --seconds N --out FILE
    gpu_check.py table --folder DIR --work DIR                         table.md, table.csv, env.json of *.jsonl
"""

import argparse
import copy
import csv
import json
import os
import struct
import sys
import time

TIMM = {
    "ViT-B/16": "vit_base_patch16_224",
    "ViT-L/16": "vit_large_patch16_224",
    "ViT-S/16": "vit_small_patch16_224",
    "ViT-S/32": "vit_small_patch32_224",
    "ViT-B/32": "vit_base_patch32_224",
    "R26+S/32": "vit_small_r26_s32_224",
    "R50+B/16": "vit_base_r50_s16_224",
    "ResNet-50": "resnet50",
}
SEED = 1


def file_name(model):
    return model.replace("/", "-").replace("+", "-")


def probe(_):
    try:
        import torch
    except ImportError as e:
        sys.exit(f"gpu-check: PyTorch is missing: {e}")
    try:
        import timm
    except ImportError as e:
        sys.exit(f"gpu-check: timm is missing: {e}")
    if not torch.cuda.is_available():
        sys.exit(f"gpu-check: torch {torch.__version__} sees no GPU")
    print(
        f"torch {torch.__version__}, CUDA {torch.version.cuda}, timm {timm.__version__},"
        f" {torch.cuda.get_device_name()}"
    )


def random_model(name):
    """The model of timm with every parameter random: none is zero, and values stay near one."""
    import timm
    import torch

    torch.manual_seed(SEED)
    model = timm.create_model(TIMM[name], pretrained=False, num_classes=1000)
    with torch.no_grad():
        for key, p in model.named_parameters():
            if p.ndim <= 1:
                near = 1.0 if key.endswith("weight") else 0.0
                p.copy_(near + 0.1 * torch.randn_like(p))
            elif "pos_embed" in key or "cls_token" in key:
                p.copy_(0.1 * torch.randn_like(p))
            else:
                p.copy_(torch.randn_like(p) / p[0].numel() ** 0.5)
    return model.eval()


def write_safetensors(path, tensors):
    """The format is a length, a header in JSON and the numbers; float32 here."""
    header, offset, blocks = {}, 0, []
    for key, tensor in tensors.items():
        if not tensor.is_floating_point():
            continue
        block = tensor.detach().cpu().float().contiguous().numpy().tobytes()
        header[key] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(block)],
        }
        offset += len(block)
        blocks.append(block)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)))
        f.write(text)
        for block in blocks:
            f.write(block)


def weights(options):
    import numpy
    import torch

    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    for name in options.models.split(","):
        if name not in TIMM:
            print(f"{name}: timm's name of it is not known here, so our random weights are used")
            continue
        model = random_model(name)
        base = os.path.join(options.folder, file_name(name))
        write_safetensors(base + ".safetensors", model.state_dict())
        images = torch.randn(2, 3, 224, 224)
        with torch.inference_mode():
            logits = model.cuda()(images.cuda()).float().cpu()
        numpy.save(base + ".input.npy", images.numpy())
        numpy.save(base + ".logits.npy", logits.numpy())
        print(f"{name}: largest logit {logits.abs().max().item():.3f}")


def median_ms(run, seconds, least=5, most=500, warm_up=3):
    """Events around each run on the device, after warm-up."""
    import torch

    for _ in range(warm_up):
        run()
    torch.cuda.synchronize()
    times, begin = [], time.perf_counter()
    while len(times) < least or (len(times) < most and time.perf_counter() - begin < seconds):
        first, last = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        first.record()
        run()
        last.record()
        torch.cuda.synchronize()
        times.append(first.elapsed_time(last))
    times.sort()
    return times[len(times) // 2], times[0], len(times)


def host_ms(run, images, seconds):
    """From images in pinned host memory to logits in host memory, by the host's clock."""
    import torch

    times, begin = [], time.perf_counter()
    while len(times) < 5 or (len(times) < 200 and time.perf_counter() - begin < seconds):
        start = time.perf_counter()
        run(images.to("cuda", non_blocking=True)).float().cpu()
        torch.cuda.synchronize()
        times.append((time.perf_counter() - start) * 1e3)
    times.sort()
    return times[len(times) // 2]


def ceilings(write):
    import torch

    source = torch.randn(1 << 30, device="cuda")  # 4 GiB
    target = torch.empty_like(source)
    ms, _, n = median_ms(lambda: target.copy_(source), 1.0)
    write(kind="ceiling", name="copy", value=2 * source.numel() * 4 / ms / 1e6, unit="GB/s", runs=n)
    del source, target
    for name, dtype, tf32 in [
        ("bf16", torch.bfloat16, False),
        ("fp16", torch.float16, False),
        ("tf32", torch.float32, True),
        ("fp32", torch.float32, False),
    ]:
        torch.backends.cuda.matmul.allow_tf32 = tf32
        a = torch.randn(8192, 8192, device="cuda", dtype=dtype)
        b = torch.randn(8192, 8192, device="cuda", dtype=dtype)
        ms, _, n = median_ms(lambda: a @ b, 1.5)
        write(kind="ceiling", name=name, value=2 * 8192**3 / ms / 1e9, unit="TFLOP/s", runs=n)
        del a, b
    torch.backends.cuda.matmul.allow_tf32 = False
    # The shapes of ViT-B/16 at batch 256: linear layers of our tables.
    for rows, inner, columns in [(50432, 768, 2304), (50432, 768, 768), (50432, 768, 3072), (50432, 3072, 768)]:
        for name, dtype in [("fp32", torch.float32), ("bf16", torch.bfloat16)]:
            a = torch.randn(rows, inner, device="cuda", dtype=dtype)
            b = torch.randn(inner, columns, device="cuda", dtype=dtype)
            ms, _, n = median_ms(lambda: a @ b, 0.3)
            flop = 2 * rows * inner * columns
            write(kind="gemm", name=f"{rows}x{inner}x{columns} {name}", value=flop / ms / 1e9, unit="TFLOP/s", runs=n)
            del a, b


def peers(options):
    import torch

    torch.backends.cudnn.benchmark = True
    end = time.time() + options.seconds
    out = open(options.out, "w")

    def write(**fields):
        out.write(json.dumps(fields) + "\n")
        out.flush()

    ceilings(write)
    models, batches = options.models.split(","), [int(b) for b in options.batches.split(",")]
    # First what the question needs most, as time may end: compiling takes most of it.
    order = [("eager", "fp32"), ("eager", "bf16"), ("compile", "bf16"), ("compile", "fp32"), ("eager", "tf32"), ("eager", "fp16")]
    cells = [(m, b, d, c) for c, d in order for m in models for b in reversed(batches)]
    bases = {}
    cost = {"eager": 4.0, "compile": 45.0}
    for name, batch, precision, mode in cells:
        cell = dict(kind="peer", model=name, batch=batch, precision=precision, mode=mode)
        if name not in TIMM:
            write(**cell, status="timm's name of it is not known here")
            continue
        if time.time() + cost[mode] > end:
            write(**cell, status="not measured: no time left")
            continue
        begin = time.time()
        try:
            dtype = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(precision, torch.float32)
            torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
            torch.backends.cudnn.allow_tf32 = precision == "tf32"
            if name not in bases:
                bases[name] = random_model(name)
            model = copy.deepcopy(bases[name]).to("cuda", dtype)
            host = torch.randn(batch, 3, 224, 224).to(dtype).pin_memory()
            images = host.cuda()
            run = model
            if mode == "compile":
                torch._dynamo.reset()
                run = torch.compile(model, mode="reduce-overhead" if batch == 1 else "default", dynamic=False)
            with torch.inference_mode():
                run(images)
                seconds = 1.0 if mode == "eager" else 2.0
                ms, best, n = median_ms(lambda: run(images), seconds)
                whole = host_ms(run, host, 0.5)
            write(**cell, device_ms=ms, best_ms=best, host_ms=whole, runs=n, status="ok")
        except Exception as e:  # one cell that fails must not end the others
            write(**cell, status=f"{type(e).__name__}: {e}"[:200])
        model = run = images = None
        torch.cuda.empty_cache()
        cost[mode] = max(1.0, 0.5 * cost[mode] + 0.7 * (time.time() - begin))


def lines(path):
    if not os.path.exists(path):
        return []
    with open(path) as f:
        return [json.loads(line) for line in f if line.strip()]


def number(value, digits=3):
    return "" if value is None else f"{value:.{digits}g}" if value < 1000 else f"{value:.0f}"


def table(options):
    ours = lines(os.path.join(options.folder, "models.jsonl"))
    peer = lines(os.path.join(options.folder, "peers.jsonl"))
    tops = {c["name"]: c["value"] for c in peer if c["kind"] == "ceiling"}
    macs = {r["model"]: r["macs"] for r in ours if "macs" in r}
    head = ["model", "batch", "who", "precision", "device ms", "host to host ms", "images/s",
            "TFLOP/s", "of bf16 ceiling", "of fp32 ceiling", "status"]
    rows = []

    def row(record, who, device):
        flop = 2 * macs.get(record["model"], 0) * record["batch"]
        rate = flop / device / 1e9 if device and flop else None
        rows.append([
            record["model"], record["batch"], who, record["precision"], number(device, 4),
            number(record.get("host_ms"), 4), number(record["batch"] / device * 1e3 if device else None, 4),
            number(rate), number(rate / tops["bf16"] if rate and "bf16" in tops else None),
            number(rate / tops["fp32"] if rate and "fp32" in tops else None), record["status"],
        ])

    for r in ours:
        if r["kind"] == "model":
            row(r, "tornado-vit", r.get("kernel_ms"))
    for r in peer:
        if r["kind"] == "peer":
            row(r, "timm " + r["mode"], r.get("device_ms"))
    names = list(dict.fromkeys(r[0] for r in rows))
    rows.sort(key=lambda r: (names.index(r[0]), r[1], r[2] != "tornado-vit", r[2], r[3]))
    if not any(r["kind"] == "peer" for r in peer):
        for name in names:
            rows.append([name, "", "timm", "", "", "", "", "", "", "", "not measured: no PyTorch with timm on this machine"])
    with open(os.path.join(options.folder, "table.csv"), "w", newline="") as f:
        csv.writer(f).writerows([head] + rows)
    with open(os.path.join(options.folder, "table.md"), "w") as f:
        f.write("Device ms of tornado-vit are the sum of its kernels' times, of timm the time between events.\n\n")
        for line in [head, ["---"] * len(head)] + rows:
            f.write("| " + " | ".join(str(x) for x in line) + " |\n")
        f.write("\n")
        for c in peer:
            if c["kind"] in ("ceiling", "gemm"):
                f.write(f"- {'ceiling' if c['kind'] == 'ceiling' else 'torch.matmul'} {c['name']}: {number(c['value'])} {c['unit']}\n")
        if not tops:
            f.write("- ceilings: not measured\n")
        for p in ours:
            if p["kind"] == "parity":
                f.write(f"- {p['model']}: logits differ from {p['reference']} by {number(p['relative'])} of the largest\n")
    environment = {"time": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "argv": sys.argv, "python": sys.version}
    for name in ("torch", "timm"):
        try:
            environment[name] = __import__(name).__version__
        except ImportError:
            environment[name] = None
    for name in ("gpu.txt", "devices.txt", "tests.txt"):
        path = os.path.join(options.work, name)
        if os.path.exists(path):
            with open(path) as f:
                environment[name] = f.read()
    with open(os.path.join(options.folder, "env.json"), "w") as f:
        json.dump(environment, f, indent=1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["probe", "weights", "peers", "table"])
    parser.add_argument("--models", default="")
    parser.add_argument("--batches", default="1")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--folder", default=".")
    parser.add_argument("--work", default=".")
    parser.add_argument("--out", default="peers.jsonl")
    options = parser.parse_args()
    {"probe": probe, "weights": weights, "peers": peers, "table": table}[options.what](options)


if __name__ == "__main__":
    main()
