"""Chapter 04's training, repeated by the libraries that are installed.

    build/demo/04-multi-layer-perceptron frameworks | python3 book/beside.py

The same digits, the same first weights, the same order of examples, in
double precision.  One line each: what is right of 360 unseen digits, the
loss there, and how far the weights are from ours in the end.
"""
import sys


def read(stream):
    blocks = {}
    while line := stream.readline().split():
        title, rows, cols = line[0], int(line[1]), int(line[2])
        values = []
        while len(values) < rows * cols:
            values += map(float, stream.readline().split())
        blocks[title] = [values[k * cols:(k + 1) * cols]
                         for k in range(rows)]
    return blocks


def line(name, right, loss, farthest):
    print(f"{name:<20}\t{100 * right:5.2f}%\t{loss:.6f}\t{farthest}")


def batches(of):
    size = int(of["batch"][0][0])
    epoch = 1
    while f"order{epoch}" in of:
        order = [int(row[0]) for row in of[f"order{epoch}"]]
        for first in range(0, len(order), size):
            yield order[first:first + size]
        epoch += 1


def by_pytorch(of):
    try:
        import torch
    except ImportError:
        print("PyTorch             \tis not installed here")
        return
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    T = {name: torch.tensor(rows) for name, rows in of.items()}

    model = torch.nn.Sequential(torch.nn.Linear(64, 100), torch.nn.ReLU(),
                                torch.nn.Linear(100, 10))
    loss_of = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(),
                                lr=T["learning_rate"].item())
    with torch.no_grad():
        for k, own in ((1, model[0]), (2, model[2])):
            own.weight.copy_(T[f"W{k}"])
            own.bias.copy_(T[f"b{k}"].flatten())

    y = T["y"].flatten().long()
    for rows in batches(of):
        optimizer.zero_grad()
        loss_of(model(T["X"][rows]), y[rows]).backward()
        optimizer.step()

    with torch.no_grad():
        scores = model(T["X_test"])
        y_test = T["y_test"].flatten().long()
        right = (scores.argmax(1) == y_test).double().mean().item()
        loss = loss_of(scores, y_test).item()
        far = max((own.weight - T[f"trained_W{k}"]).abs().max().item()
                  for k, own in ((1, model[0]), (2, model[2])))
    line("PyTorch", right, loss, f"{far:.0e}")


def by_scikit_learn(of):
    try:
        import numpy
        from sklearn.metrics import log_loss
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        print("scikit-learn        \tis not installed here")
        return
    A = {name: numpy.array(rows) for name, rows in of.items()}
    y = A["y"].ravel().astype(int)

    model = MLPClassifier((100,), activation="relu", solver="sgd",
                          learning_rate_init=A["learning_rate"].item(),
                          momentum=0, alpha=0, shuffle=False)
    model.partial_fit(A["X"][:1], y[:1], classes=range(10))
    for k in (0, 1):  # its own first weights, exchanged for ours
        model.coefs_[k][:] = A[f"W{k + 1}"].T
        model.intercepts_[k][:] = A[f"b{k + 1}"].ravel()
    for rows in batches(of):
        model.partial_fit(A["X"][rows], y[rows])

    P = model.predict_proba(A["X_test"])
    y_test = A["y_test"].ravel().astype(int)
    right = (P.argmax(1) == y_test).mean()
    far = max(abs(model.coefs_[k].T - A[f"trained_W{k + 1}"]).max()
              for k in (0, 1))
    line("scikit-learn", right, log_loss(y_test, P, labels=range(10)),
         f"{far:.0e}")


of = read(sys.stdin)
print("# 10 epochs of digits\tright\tloss    \tweights differ by")
line("this course", of["right"][0][0], of["loss"][0][0], "")
by_pytorch(of)
by_scikit_learn(of)
