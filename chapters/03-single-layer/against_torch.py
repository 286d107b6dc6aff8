"""The functions of chapter 03, computed again by PyTorch in double precision.

    build/demo/03-single-layer trace | python3 against_torch.py

Each block of the input is a line "name rows cols" and then its numbers.
Slopes are those that autograd finds, not formulas of ours.
"""
import sys

import torch
import torch.nn.functional as F

LIMIT = 1e-10
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def read(stream):
    words = iter(stream.read().split())
    blocks = {}
    for name in words:
        rows, cols = int(next(words)), int(next(words))
        numbers = [float(next(words)) for _ in range(rows * cols)]
        blocks[name] = torch.tensor(numbers).reshape(rows, cols)
    return blocks


ours = read(sys.stdin)


def compare(what, theirs):
    mine = ours["ours_" + what]
    theirs = theirs.detach().reshape(mine.shape)
    scale = max(theirs.abs().max().item(), 1e-300)
    found = (mine - theirs).abs().max().item() / scale
    good = "ok" if found <= LIMIT else "not ok"  # NaN is not ok
    print(f"{good} - against PyTorch, {what}: relative difference {found:.1e}")


def slope(function, at, from_above):
    at = at.clone().requires_grad_()
    (function(at) * from_above).sum().backward()
    return at.grad


def descend(loss, parameters, rate, steps):
    """The loss before each step, and before the one that is not taken."""
    losses = []
    for _ in range(steps):
        value = loss()
        losses.append(value.item())
        for p in parameters:
            p.grad = None
        value.backward()
        with torch.no_grad():
            for p in parameters:
                p -= rate * p.grad
    losses.append(loss().item())
    return torch.tensor(losses)


# --- The bends
Z, dA, dM = ours["Z"], ours["dA"], ours["dM"]
bends = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky": lambda z: F.leaky_relu(z, 0.01),
    "elu": F.elu,
    "softmax": lambda z: torch.softmax(z, 1),
}
for name, bend in bends.items():
    compare(name, bend(Z))
    compare(name + "_slope", slope(bend, Z, dA))


def maxout(z):
    return z.reshape(len(z), 2, -1).amax(2)


compare("step", torch.sign(Z))
compare("maxout", maxout(Z))
compare("maxout_slope", slope(maxout, Z, dM))

# --- Losses and labels
y = ours["y"].flatten().long()
compare("logsumexp", torch.logsumexp(Z, 1))
compare("crossentropy", F.cross_entropy(Z, y))
compare("crossentropy_slope", slope(lambda z: F.cross_entropy(z, y), Z, 1))
compare("hinge", F.multi_margin_loss(Z, y) * Z.shape[1])
compare("onehot", F.one_hot(y, Z.shape[1]).double())
compare("argmax", Z.argmax(1).double())

# --- A layer
W, b, A = (ours["layer_" + k].clone().requires_grad_() for k in "WbA")
scores = F.linear(A, W, b.flatten())
(scores * ours["layer_dZ"]).sum().backward()
compare("layer", scores)
compare("layer_dW", W.grad)
compare("layer_db", b.grad)
compare("layer_dA", A.grad)

X, y = ours["layer_A"], ours["train_y"].flatten().long()
losses = descend(lambda: F.cross_entropy(F.linear(X, W, b.flatten()), y),
                 [W, b], 0.3, len(ours["ours_train_losses"]))
compare("train_losses", losses[1:])
compare("train_W", W)
compare("train_b", b)

# --- Two inputs, four sigmoid nodes, one output
names = ["W1", "b1", "W2", "b2"]
W1, b1, W2, b2 = p = [ours["xor_" + k].clone().requires_grad_()
                      for k in names]
X = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
y = torch.tensor([[0.], [1.], [1.], [0.]])


def xor_loss():
    hidden = torch.sigmoid(F.linear(X, W1, b1.flatten()))
    return F.binary_cross_entropy_with_logits(
        F.linear(hidden, W2, b2.flatten()), y)


losses = descend(xor_loss, p, 0.5, len(ours["ours_xor_losses"]))
compare("xor_losses", losses[:-1])
for name, parameter in zip(names, p):
    compare("xor_" + name, parameter)
