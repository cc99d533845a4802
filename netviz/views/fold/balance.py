"""How large the words of Fold are where it fills a window: the planes come first."""

from netviz.views.fold.hidden_plane import widest
from netviz.views.fold.plane_row import ARROW, GAP
from netviz.views.theme import Look

AROUND = 5.8  # em: title and slider above the planes, two lines of words below
STEP = 0.96


def balanced(look: Look, least: float, width: float, height: float, planes: int) -> Look:
    """A look with text so small that planes beside each other are as wide as the page; all in px."""
    while look.em > least:
        side = (width - (ARROW + GAP * (planes - 1)) * look.em) / planes
        if side <= widest(look, height - AROUND * look.em):
            break
        look = look._replace(em=max(least, STEP * look.em))
    return look
