"""The optimizers of chapter 06, walked again by PyTorch in double precision.

    build/demo/06-optimizers trace | python3 against_torch.py

Each block of the input is a line "name rows cols" and then its numbers.
Conventions: PyTorch's AdaGrad adds 1e-10 unless told otherwise; its AdamW
decays every block, so here the second one is told not to; its clipping
divides by the norm plus 1e-6 and is left out.
"""
import math
import sys

import torch

LIMIT = 1e-10
RATE, STEPS = 0.02, 50
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def read(stream):
    blocks = {}
    while line := stream.readline().split():
        title, rows, cols = line[0], int(line[1]), int(line[2])
        values = []
        while len(values) < rows * cols:
            values += map(float, stream.readline().split())
        blocks[title] = torch.tensor(values).reshape(rows, cols)
    return blocks


blocks = read(sys.stdin)
A, b = blocks["A"], blocks["b"]


def made(name, theta):
    if name == "adamw":
        return torch.optim.AdamW([
            {"params": [theta[0]], "weight_decay": 0.01},
            {"params": [theta[1]], "weight_decay": 0}], lr=RATE)
    of = {
        "sgd": lambda: torch.optim.SGD(theta, lr=RATE),
        "momentum": lambda: torch.optim.SGD(theta, lr=RATE, momentum=0.9),
        "nesterov": lambda: torch.optim.SGD(theta, lr=RATE, momentum=0.9,
                                            nesterov=True),
        "adagrad": lambda: torch.optim.Adagrad(theta, lr=RATE, eps=1e-8),
        "adadelta": lambda: torch.optim.Adadelta(theta, lr=RATE, rho=0.95,
                                                 eps=1e-6),
        "rmsprop": lambda: torch.optim.RMSprop(theta, lr=RATE, alpha=0.9),
        "adam": lambda: torch.optim.Adam(theta, lr=RATE),
    }
    return of[name]()


def report(name, worst):
    good = "ok" if worst <= LIMIT else "not ok"
    print(f"{good} - against PyTorch, {name}: relative difference "
          f"{worst:.1e}")


for name in ("sgd", "momentum", "nesterov", "adagrad", "adadelta",
             "rmsprop", "adam", "adamw"):
    theta = [blocks["start"].clone().requires_grad_() for _ in range(2)]
    walk, worst = made(name, theta), 0
    for t in range(1, STEPS + 1):
        walk.zero_grad()
        sum(((A @ theta[k] - (k + 1) * b) ** 2).sum() / 2
            for k in range(2)).backward()
        walk.step()
        for k in range(2):
            ours = blocks[f"wanted_{name}-{t}-{k}"]
            theirs = theta[k].detach()
            found = ((ours - theirs).abs().max() /
                     theirs.abs().max()).item()
            # not max(): it would forget a NaN
            if not found <= worst:
                worst = found
    report(f"{name}, {STEPS} steps", worst)


def schedule(name, make):
    parameter = torch.zeros(1, requires_grad=True)
    walk = torch.optim.SGD([parameter], lr=0.3)
    rates, worst = make(walk), 0
    for t in range(41):
        ours = blocks[f"wanted_{name}-{t}"].item()
        found = abs(ours - walk.param_groups[0]["lr"]) / 0.3
        if not found <= worst:
            worst = found
        walk.step()
        rates.step()
    report(name, worst)


schedule("step_decay",
         lambda walk: torch.optim.lr_scheduler.StepLR(walk, 7, 0.4))
schedule("cosine", lambda walk: torch.optim.lr_scheduler.LambdaLR(
    walk, lambda t: (1 + math.cos(math.pi * min(t, 40) / 40)) / 2))
