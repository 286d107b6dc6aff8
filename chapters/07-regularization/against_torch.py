"""What chapter 07 computes, computed again by PyTorch in double precision.

    build/demo/07-regularization trace | python3 against_torch.py

Each block of the input is a line "name rows cols" and then its numbers.
Conventions: PyTorch's momentum is the share of the new statistics, here
keep is that of the old; it remembers the variance divided by N - 1, the
course by N, so its running variance is set to ours before it is asked.
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
worst = {}


def see(what, block, theirs):
    ours = blocks["wanted_" + block]
    theirs = torch.as_tensor(theirs).detach().reshape(ours.shape)
    scale = max(theirs.abs().max().item(), 1e-300)
    found = (ours - theirs).abs().max().item() / scale
    # not max(): it would forget a NaN
    if not found <= worst.setdefault(what, 0):
        worst[what] = found


W, b = (blocks[name].clone().requires_grad_() for name in "Wb")
penalty = 0.3 / 2 * (W ** 2).sum()
penalty.backward()
see("L2", "l2", penalty)
see("L2", "l2_slope_W", W.grad)
see("L2", "l2_slope_b", torch.zeros_like(b))
see("L1", "l1", 0.3 * W.abs().sum())
see("soft threshold", "soft",
    torch.nn.functional.softshrink(W, 0.4))

norm = torch.nn.BatchNorm1d(3, eps=1e-5, momentum=0.1)
with torch.no_grad():
    norm.weight.copy_(blocks["gamma"].flatten())
    norm.bias.copy_(blocks["beta"].flatten())
for t in range(20):
    X = blocks[f"X-{t}"].clone().requires_grad_()
    norm.train()
    norm.zero_grad()
    Y = norm(X)
    Y.backward(blocks[f"dY-{t}"])
    see("batch norm forward", f"Y-{t}", Y)
    see("batch norm backward", f"dX-{t}", X.grad)
    see("batch norm backward", f"dgamma-{t}", norm.weight.grad)
    see("batch norm backward", f"dbeta-{t}", norm.bias.grad)
    see("batch norm memory", f"mean-{t}", norm.running_mean)
    norm.running_var.copy_(blocks[f"running_variance-{t}"].flatten())
    norm.eval()
    see("batch norm inference", f"infer-{t}", norm(X))

A = blocks["A"].clone().requires_grad_()
B = A * blocks["M"]
B.backward(blocks["dB"])
see("dropout", "B", B)
see("dropout", "dA", A.grad)
A.grad = None
torch.nn.functional.cross_entropy(A, blocks["y"].flatten().long(),
                                  label_smoothing=0.2).backward()
see("label smoothing", "smooth_slope", A.grad)

for what, found in worst.items():
    good = "ok" if found <= LIMIT else "not ok"
    print(f"{good} - against PyTorch, {what}: relative difference "
          f"{found:.1e}")
