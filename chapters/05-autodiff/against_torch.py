"""Gradients of chapter 05, computed again by PyTorch in double precision.

    build/demo/05-autodiff trace | python3 against_torch.py

Each block of the input is a line "name rows cols" and then its numbers: a
formula forwards and backwards, and a graph of matrices with one loss.
"""
import sys

import torch

LIMIT = 1e-10
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


def see(name, theirs):
    ours = blocks["wanted_" + name]
    theirs = theirs.detach().reshape(ours.shape)
    scale = max(theirs.abs().max().item(), 1e-300)
    found = (ours - theirs).abs().max().item() / scale
    good = "ok" if found <= LIMIT else "not ok"
    print(f"{good} - against PyTorch, {name}: relative difference "
          f"{found:.1e}")


def recorded(x):
    bent = torch.tanh(x[0] * x[1] - x[2])
    return torch.stack([bent + torch.log(torch.exp(x[2])),
                        torch.maximum(torch.relu(x[0]), x[1] ** 3),
                        bent * bent])


def dual(x):
    quotient = torch.sin(x[0]) / torch.exp(x[1])
    return torch.stack([quotient + x[1] * x[2], torch.log(quotient ** 2)])


x, u = blocks["x"].flatten(), blocks["u"].flatten()
see("vjp", torch.autograd.functional.vjp(recorded, x, u)[1])
see("jvp", torch.autograd.functional.jvp(dual, x, u)[1])

A, B, b, C = (blocks[name].clone().requires_grad_() for name in "ABbC")
Z = A @ B + b.T
D = torch.nn.functional.cross_entropy(torch.tanh(Z) * C.T,
                                      blocks["y"].flatten().long())
loss = 3 * D - torch.sigmoid(A @ A.T).mean() * Z.sum()
loss.backward()
see("loss", loss)
for name, leaf in zip(("dA", "dB", "db", "dC"), (A, B, b, C)):
    see(name, leaf.grad)
