"""How often a test repeats: here a few times, with NETVIZ_THOROUGH=1 as often as the figures to hold ask."""

import os
from typing import TypeVar

T = TypeVar("T")


def times(usual: T, thorough: T) -> T:
    """So many rounds; or whatever else differs between the two."""
    return thorough if os.environ.get("NETVIZ_THOROUGH") else usual
