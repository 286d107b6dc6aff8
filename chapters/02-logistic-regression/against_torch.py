"""Compare this chapter's C with PyTorch, in double precision.

    build/demo/02-logistic-regression trace | python3 against_torch.py

Reads matrices from standard input, each a line "name rows cols" and then
its numbers; works out the same from the same inputs with autograd; prints
one line per quantity and ends with 1 if one is off by more than 1e-10.
"""
import sys

import torch
import torch.nn.functional as F

LIMIT = 1e-10
failed = False


def read(lines):
    words = iter(lines.read().split())
    given = {}
    for name in words:
        rows, cols = int(next(words)), int(next(words))
        numbers = [float(next(words)) for _ in range(rows * cols)]
        given[name] = torch.tensor(numbers, dtype=torch.float64).reshape(
            rows, cols)
    return given


def compare(what, ours, theirs):
    global failed
    theirs = theirs.detach().reshape(ours.shape)
    scale = max(theirs.abs().max().item(), 1e-300)
    difference = (ours - theirs).abs().max().item() / scale
    good = difference <= LIMIT  # false for a nan
    failed = failed or not good
    print("%s - against PyTorch: %s: relative difference %.1e"
          % ("ok" if good else "not ok", what, difference))


c = read(sys.stdin)

# the first gradient, and twenty steps
X, y, rate = c["X"], c["y"], c["rate"].item()
w = c["w"].clone().requires_grad_()
b = c["b"].clone().requires_grad_()
compare("probabilities", c["p"], torch.sigmoid(X @ w + b))
optimizer = torch.optim.SGD([w, b], lr=rate)
losses, weights, biases = [], [], []
for step in range(len(c["losses"])):
    optimizer.zero_grad()
    loss = F.binary_cross_entropy_with_logits(X @ w + b, y)
    loss.backward()
    if step == 0:
        compare("loss", c["loss"], loss)
        compare("gradient in w", c["dw"], w.grad)
        compare("gradient in b", c["db"], b.grad)
    optimizer.step()
    losses.append(F.binary_cross_entropy_with_logits(X @ w + b, y).item())
    weights.append(w.detach().clone().flatten())
    biases.append(b.item())
compare("loss after each of 20 steps", c["losses"],
        torch.tensor(losses, dtype=torch.float64))
compare("weights after each of 20 steps", c["weights"],
        torch.stack(weights))
compare("bias after each of 20 steps", c["biases"],
        torch.tensor(biases, dtype=torch.float64))

# the hinge loss
compare("hinge loss", c["hinge"],
        F.relu(1 - c["hinge_y"] * c["hinge_z"]).mean())

# huge scores
z, y = c["far_z"], c["far_y"]
compare("sigmoid of huge scores", c["far_p"], torch.sigmoid(z))
compare("ln(1 + exp(z)) of huge scores", c["far_softplus"],
        torch.logaddexp(torch.zeros_like(z), z))
w = torch.ones(1, 1, dtype=torch.float64, requires_grad=True)
b = torch.zeros(1, 1, dtype=torch.float64, requires_grad=True)
loss = F.binary_cross_entropy_with_logits(z @ w + b, y)
loss.backward()
compare("loss of huge scores", c["far_loss"], loss)
compare("gradient in w of huge scores", c["far_dw"], w.grad)
compare("gradient in b of huge scores", c["far_db"], b.grad)

sys.exit(failed)
