"""The networks of chapter 04, computed again by PyTorch in double precision.

    build/demo/04-multi-layer-perceptron trace | python3 against_torch.py

Each block of the input is a line "name rows cols" and then its numbers.  For
every network: the scores, the loss and the gradients of the first step, the
loss of each of 20 steps of gradient descent, and the weights after them.
"""
import sys

import torch

LIMIT = 1e-10
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def models(stream):
    """Yield (name, blocks) for every model in the stream."""
    name, blocks = None, {}
    while line := stream.readline().split():
        title, rows, cols = line[0], int(line[1]), int(line[2])
        if title.startswith("model-"):
            if name:
                yield name, blocks
            name, blocks = title[6:], {}
            continue
        values = []
        while len(values) < rows * cols:
            values += map(float, stream.readline().split())
        blocks[title] = torch.tensor(values).reshape(rows, cols)
    if name:
        yield name, blocks


def difference(ours, theirs):
    scale = max(theirs.abs().max().item(), 1e-300)
    return (ours - theirs.reshape(ours.shape)).abs().max().item() / scale


def compare(name, blocks):
    kind, task = name.split("-")
    activation = {"sigmoid": torch.sigmoid, "tanh": torch.tanh,
                  "relu": torch.relu}[kind]
    depth = sum(title.startswith("W") for title in blocks)
    W = [blocks[f"W{l + 1}"].clone().requires_grad_() for l in range(depth)]
    b = [blocks[f"b{l + 1}"].flatten().clone().requires_grad_()
         for l in range(depth)]
    X, y = blocks["X0"], blocks["y0"]
    worst = {"scores": 0, "gradients": 0, "losses": 0, "weights": 0}

    def see(what, block, theirs):
        # not max(): it would forget a NaN
        found = difference(blocks[block], theirs.detach())
        if not found <= worst[what]:
            worst[what] = found

    steps = sum(title.startswith("wanted_loss") for title in blocks)
    for step in range(1, steps + 1):
        a = X
        for l in range(depth):
            a = torch.nn.functional.linear(a, W[l], b[l])
            if l + 1 < depth:
                a = activation(a)
        if task == "classification":
            loss = torch.nn.functional.cross_entropy(a, y.flatten().long())
        else:
            loss = ((a - y) ** 2).sum() / (2 * len(X))
        for parameter in W + b:
            parameter.grad = None
        loss.backward()
        see("losses", f"wanted_loss{step}", loss)
        if step == 1:
            see("scores", "wanted_scores0", a)
            for l in range(depth):
                see("gradients", f"wanted_dW{l + 1}", W[l].grad)
                see("gradients", f"wanted_db{l + 1}", b[l].grad)
        with torch.no_grad():
            for parameter in W + b:
                parameter -= 0.3 * parameter.grad
    for l in range(depth):
        see("weights", f"wanted_W{l + 1}", W[l])
        see("weights", f"wanted_b{l + 1}", b[l])
    for what, found in worst.items():
        good = "ok" if found <= LIMIT else "not ok"
        print(f"{good} - against PyTorch, {name}, {what}: relative "
              f"difference {found:.1e}")


for model in models(sys.stdin):
    compare(*model)
