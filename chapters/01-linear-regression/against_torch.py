"""The functions of chapter 01, computed again by PyTorch in double precision.

    build/demo/01-linear-regression trace | python3 against_torch.py

Each block of the input is a line "name rows cols" and then its numbers.
"""
import sys

import torch
import torch.nn.functional as F

LIMIT = 1e-10
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

words = iter(sys.stdin.read().split())
ours = {}
for name in words:
    rows, cols = int(next(words)), int(next(words))
    numbers = [float(next(words)) for _ in range(rows * cols)]
    ours[name] = torch.tensor(numbers).reshape(rows, cols)


def compare(what, theirs):
    mine = ours["ours_" + what]
    theirs = theirs.detach().reshape(mine.shape)
    scale = max(theirs.abs().max().item(), 1e-300)
    found = (mine - theirs).abs().max().item() / scale
    good = "ok" if found <= LIMIT else "not ok"  # NaN is not ok
    print(f"{good} - against PyTorch, {what}: relative difference {found:.1e}")


X, y = ours["X"], ours["y"]
w, b = (ours[k].clone().requires_grad_() for k in "wb")


def loss():
    return F.mse_loss(X @ w + b, y) / 2


compare("yhat", X @ w + b)
compare("mae", F.l1_loss(X @ w + b, y))
compare("halfmse", loss())
compare("huber", F.huber_loss(X @ w + b, y, delta=1.25))
losses = []
for step in range(len(ours["ours_losses"])):
    w.grad = b.grad = None
    loss().backward()
    if step == 0:
        compare("dw", w.grad)
        compare("db", b.grad)
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
    losses.append(loss().item())
compare("losses", torch.tensor(losses))
compare("w", w)
compare("b", b)
best = torch.linalg.lstsq(torch.cat([X, torch.ones(len(X), 1)], 1), y)
compare("best_w", best.solution[:-1])
compare("best_b", best.solution[-1])
