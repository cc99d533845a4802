"""TensorFlow Playground as it is described, number by number in plain Python: slow, and read in one go."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float, float]
Random = Callable[[], float]


class Oracle(NamedTuple):
    """What a link leads to."""

    train: list[Point]
    test: list[Point]
    weights: list[list[list[float]]]  # [layer][to][from]
    losses: list[tuple[float | None, float | None]]  # (train, test) at the epochs asked for


DEFAULTS = {
    "activation": "tanh", "regularization": "none", "problem": "classification", "dataset": "circle",
    "regDataset": "reg-plane", "learningRate": ".03", "regularizationRate": "0", "noise": "0",
    "batchSize": "10", "networkShape": "4,2", "percTrainData": "50", "x": "true", "y": "true",
    "xSquared": "false", "ySquared": "false", "xTimesY": "false", "sinX": "false", "sinY": "false",
    "initZero": "false",
}  # fmt: skip
NAMES = {
    "activation": ("relu", "tanh", "sigmoid", "linear"),
    "regularization": ("none", "L1", "L2"),
    "dataset": ("circle", "xor", "gauss", "spiral"),
    "regDataset": ("reg-plane", "reg-gauss"),
    "problem": ("classification", "regression"),
}
FEATURES = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "xSquared": lambda x, y: x * x,
    "ySquared": lambda x, y: y * y,
    "xTimesY": lambda x, y: x * y,
    "sinX": lambda x, y: math.sin(x),
    "sinY": lambda x, y: math.sin(y),
}
VALUE = {
    "relu": lambda z: max(0.0, z),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
}
SLOPE = {
    "relu": lambda z: 0.0 if z <= 0 else 1.0,
    "tanh": lambda z: 1 - math.tanh(z) ** 2,
    "sigmoid": lambda z: VALUE["sigmoid"](z) * (1 - VALUE["sigmoid"](z)),
    "linear": lambda z: 1.0,
}


def generator(seed: str) -> Random:
    """seedrandom 2.4.3: a function that draws one number."""
    encoded = seed.encode("utf-16-be", "surrogatepass")
    units = [256 * high + low for high, low in zip(encoded[::2], encoded[1::2], strict=True)]
    key: dict[int, int] = {}
    s = 0
    for j, unit in enumerate(units):
        s = s ^ (19 * key.get(j % 256, 0))
        key[j % 256] = (s + unit) % 256
    key = key or {0: 0}
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    place = [0, 0]

    def byte() -> int:
        place[0] = (place[0] + 1) % 256
        place[1] = (place[1] + box[place[0]]) % 256
        i, j = place
        box[i], box[j] = box[j], box[i]
        return box[(box[i] + box[j]) % 256]

    def random() -> float:
        n = 0.0
        for _ in range(6):
            n = n * 256 + byte()
        d, x = 2.0**48, 0
        while n < 2**52:
            n, d, x = (n + x) * 256, d * 256, byte()
        while n >= 2**53:
            n, d, x = n / 2, d / 2, x // 2
        return (n + x) / d

    for _ in range(256):
        byte()
    return random


def keys_of(link: str) -> dict[str, str]:
    said = {}
    for part in link.split("#", 1)[1].split("&"):
        name, *value = part.split("=")
        said[name] = value[0] if value else ""
    said = {name: value for name, value in said.items() if value or name == "networkShape"}
    for name, known in NAMES.items():
        if said.get(name) not in known:
            said.pop(name, None)
    return said


def uniform(random: Random, low: float, high: float) -> float:
    return random() * (high - low) + low


def circle(random: Random, q: float) -> Iterator[Point]:
    for low, high in ((0, 2.5), (3.5, 5)):
        for _ in range(250):
            r = uniform(random, low, high)
            t = uniform(random, 0, 2 * math.pi)
            x, y = r * math.sin(t), r * math.cos(t)
            a = uniform(random, -5, 5) * q
            b = uniform(random, -5, 5) * q
            yield x, y, 1 if math.sqrt((x + a) ** 2 + (y + b) ** 2) < 2.5 else -1


def xor(random: Random, q: float) -> Iterator[Point]:
    for _ in range(500):
        x = uniform(random, -5, 5)
        x += 0.3 if x > 0 else -0.3
        y = uniform(random, -5, 5)
        y += 0.3 if y > 0 else -0.3
        a = uniform(random, -5, 5) * q
        b = uniform(random, -5, 5) * q
        yield x, y, 1 if (x + a) * (y + b) >= 0 else -1


def gauss(random: Random, q: float) -> Iterator[Point]:
    def normal(mean: float) -> float:
        while True:
            v1, v2 = 2 * random() - 1, 2 * random() - 1
            s = v1 * v1 + v2 * v2
            if s <= 1:
                return mean + math.sqrt(0.5 + 7 * q) * (math.sqrt(-2 * math.log(s) / s) * v1)

    for centre, label in ((2, 1), (-2, -1)):
        for _ in range(250):
            x = normal(centre)
            y = normal(centre)
            yield x, y, label


def spiral(random: Random, q: float) -> Iterator[Point]:
    for d, label in ((0, 1), (math.pi, -1)):
        for i in range(250):
            r = i / 250 * 5
            t = 1.75 * i / 250 * 2 * math.pi + d
            x = r * math.sin(t) + uniform(random, -1, 1) * q
            y = r * math.cos(t) + uniform(random, -1, 1) * q
            yield x, y, label


CENTRES = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))


def slope(x: float, y: float) -> float:
    return (x + y) / 10


def hills(x: float, y: float) -> float:
    label = 0.0
    for cx, cy, sign in CENTRES:
        m = sign * min(1, max(0, 1 - math.sqrt((x - cx) ** 2 + (y - cy) ** 2) / 2))
        label = m if abs(m) > abs(label) else label
    return label


def regression(random: Random, q: float, label: Callable[[float, float], float]) -> Iterator[Point]:
    for _ in range(1200):
        x, y = uniform(random, -6, 6), uniform(random, -6, 6)
        a, b = uniform(random, -6, 6) * q, uniform(random, -6, 6) * q
        yield x, y, label(x + a, y + b)


CLASSES = {"circle": circle, "xor": xor, "gauss": gauss, "spiral": spiral}
VALUES = {"reg-plane": slope, "reg-gauss": hills}


def data(keys: dict[str, str], random: Random) -> list[Point]:
    noise = float(keys["noise"])
    q = (50 if noise > 80 else max(noise, 0)) / 100
    if keys["problem"] == "regression":
        points = list(regression(random, q, VALUES[keys["regDataset"]]))
    else:
        points = list(CLASSES[keys["dataset"]](random, q))
    c = len(points)
    while c > 0:
        k = math.floor(random() * c)
        c -= 1
        points[c], points[k] = points[k], points[c]
    return points


class Net:
    """A network of plain lists: weights[layer][to][from]."""

    def __init__(self, sizes: list[int], activations: list[str], zero: bool, random: Random) -> None:
        self.activations = activations
        self.weights = [
            [[0.0 if zero else random() - 0.5 for _ in range(n_in)] for _ in range(n_out)]
            for n_in, n_out in pairwise(sizes)
        ]
        self.biases = [[0.0 if zero else 0.1] * n for n in sizes[1:]]
        self.dead: set[tuple[int, int, int]] = set()
        self.forget()

    def forget(self) -> None:
        self.count = 0
        self.sums = [[[0.0] * len(row) for row in layer] for layer in self.weights]
        self.bias_sums = [[0.0] * len(biases) for biases in self.biases]

    def forward(self, inputs: list[float]) -> tuple[list[list[float]], list[list[float]]]:
        """Sums and values, layer by layer, the inputs first."""
        sums, values = [[]], [inputs]
        for layer, biases, activation in zip(self.weights, self.biases, self.activations, strict=True):
            pairs = zip(layer, biases, strict=True)
            z = [b + sum(w * a for w, a in zip(row, values[-1], strict=True)) for row, b in pairs]
            sums.append(z)
            values.append([VALUE[activation](one) for one in z])
        return sums, values

    def add_gradient(self, inputs: list[float], label: float) -> None:
        z, a = self.forward(inputs)
        errors = [a[-1][0] - label]
        for depth in reversed(range(len(self.weights))):
            slope_of = SLOPE[self.activations[depth]]
            deltas = [e * slope_of(s) for e, s in zip(errors, z[depth + 1], strict=True)]
            errors = [0.0] * len(a[depth])
            for to, delta in enumerate(deltas):
                self.bias_sums[depth][to] += delta
                for j, value in enumerate(a[depth]):
                    self.sums[depth][to][j] += delta * value
                    errors[j] += delta * self.weights[depth][to][j]
        self.count += 1

    def update(self, rate: float, kind: str, penalty: float) -> None:
        for depth, layer in enumerate(self.weights):
            for to, row in enumerate(layer):
                self.biases[depth][to] -= rate * self.bias_sums[depth][to] / self.count
                for j, w in enumerate(row):
                    if (depth, to, j) in self.dead:
                        continue
                    pull = {"L2": w, "L1": (w > 0) - (w < 0), "none": 0}[kind]
                    w1 = w - rate * (self.sums[depth][to][j] / self.count)
                    row[j] = w1 - rate * penalty * pull
                    if kind == "L1" and w1 * row[j] < 0:
                        row[j] = 0.0
                        self.dead.add((depth, to, j))
        self.forget()


def run(link: str, epochs: Sequence[int]) -> Oracle:
    """Everything that a link leads to, its losses at some epochs; its seed must be given."""
    said = keys_of(link)
    keys = DEFAULTS | said
    random = generator(said["seed"])
    points = data(keys, random)
    cut = math.floor(len(points) * float(keys["percTrainData"]) / 100)
    names = [n for n in FEATURES if keys[n] != "false" and said.get(f"{n}_hide") != "true"]
    train, test = (
        [([FEATURES[n](x, y) for n in names], label) for x, y, label in part]
        for part in (points[:cut], points[cut:])
    )
    shape = [int(n) for n in keys["networkShape"].split(",") if n]
    output = "tanh" if keys["problem"] == "classification" else "linear"
    activations = [keys["activation"]] * len(shape) + [output]
    net = Net([len(names), *shape, 1], activations, keys["initZero"] != "false", random)
    start = [[list(row) for row in layer] for layer in net.weights]
    rate, batch, kind = float(keys["learningRate"]), float(keys["batchSize"]), keys["regularization"]

    found = []
    for epoch in range(max(epochs) + 1):
        if epoch in epochs:
            found.append((loss(net, train), loss(net, test)))
        for i, (inputs, label) in enumerate(train, start=1):
            net.add_gradient(inputs, label)
            if batch and math.fmod(i, batch) == 0:
                net.update(rate, kind, float(keys["regularizationRate"]))
    return Oracle(points[:cut], points[cut:], start, found)


def loss(net: Net, points: list[tuple[list[float], float]]) -> float | None:
    errors = [net.forward(inputs)[1][-1][0] - label for inputs, label in points]
    return sum(e * e / 2 for e in errors) / len(errors) if errors else None
