"""The random numbers of TensorFlow Playground: npm's seedrandom 2.4.3, ARC4 keyed by a text."""

from collections.abc import Callable, MutableSequence
from math import log, prod, sqrt
from typing import Any

import numpy as np

from netviz.core.activation import Array

Size = int | tuple[int, ...]
Draw = Callable[[], float]
POOL = 256  # bytes of the key and of the state
CHUNK = 6  # bytes of a draw's first part
FULL, OVERFLOW = 1 << 52, 1 << 53  # a draw has at least 52 and at most 53 bits


class SeedRandom:
    """One stream of numbers; its seed is a text, so "0.50" is not "0.5".

    It answers to `random`, `uniform` and `standard_normal` like NumPy's generator, filling arrays in order.
    """

    def __init__(self, seed: str) -> None:
        self._state, self._i, self._j = _scheduled(_key(seed)), 0, 0
        for _ in range(POOL):
            self._byte()

    def random(self, size: Size) -> Array:
        """Numbers from 0 up to 1, 1 excluded."""
        return self._filled(size, self.number)

    def uniform(self, low: float, high: float, size: Size) -> Array:
        """Numbers from low up to high."""
        return self._filled(size, lambda: self.between(low, high))

    def standard_normal(self, size: Size) -> Array:
        """Numbers from N(0, 1)."""
        return self._filled(size, lambda: self.normal(0.0, 1.0))

    def number(self) -> float:
        """One number from 0 up to 1, 1 excluded, of 52 or 53 random bits."""
        n, d, x = int.from_bytes(bytes(self._byte() for _ in range(CHUNK))), 1 << 8 * CHUNK, 0
        while n < FULL:
            n, d, x = (n + x) * 256, d * 256, self._byte()
        while n >= OVERFLOW:
            n, d, x = n // 2, d // 2, x // 2
        return (n + x) / d

    def between(self, low: float, high: float) -> float:
        """One number from low up to high."""
        return self.number() * (high - low) + low

    def normal(self, mean: float, variance: float) -> float:
        """One number from a normal distribution: Marsaglia's polar method, the second number thrown away."""
        while True:
            v1, v2 = 2 * self.number() - 1, 2 * self.number() - 1
            s = v1 * v1 + v2 * v2
            if 0 < s <= 1:
                return mean + sqrt(variance) * (sqrt(-2 * log(s) / s) * v1)

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Put the items into a random order, from the last place to the first (Fisher and Yates)."""
        for last in reversed(range(len(items))):
            chosen = int(self.number() * (last + 1))
            items[last], items[chosen] = items[chosen], items[last]

    def _filled(self, size: Size, draw: Draw) -> Array:
        count = size if isinstance(size, int) else prod(size)
        return np.array([draw() for _ in range(count)]).reshape(size)

    def _byte(self) -> int:
        state = self._state
        self._i = (self._i + 1) % POOL
        a = state[self._i]
        self._j = (self._j + a) % POOL
        b = state[self._i] = state[self._j]
        state[self._j] = a
        return state[(a + b) % POOL]


def _key(seed: str) -> list[int]:
    """The text's UTF-16 code units, smeared over at most POOL bytes."""
    encoded, key, smear = seed.encode("utf-16-le", "surrogatepass"), [], 0
    for place in range(len(encoded) // 2):
        unit = int.from_bytes(encoded[2 * place : 2 * place + 2], "little")
        if place < POOL:
            key.append(0)
        smear ^= 19 * key[place % POOL]
        key[place % POOL] = (smear + unit) % POOL
    return key or [0]


def _scheduled(key: list[int]) -> list[int]:
    """ARC4's state for a key."""
    state, j = list(range(POOL)), 0
    for i in range(POOL):
        j = (j + state[i] + key[i % len(key)]) % POOL
        state[i], state[j] = state[j], state[i]
    return state
