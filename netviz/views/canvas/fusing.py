"""An affine network on its way into one layer and there: moves its scene, says what is seen, leads back."""

from netviz.views.canvas.extras import Extras
from netviz.views.canvas.layout import Plan, Rect
from netviz.views.canvas.one_layer import caption, on_the_way, zoom
from netviz.views.canvas.pill import Pill
from netviz.views.canvas.scene import NetworkScene
from netviz.views.canvas.targets import BUTTON, Button
from netviz.views.theme import Look

UNFUSE = 4.6  # em, the button's width
ABOVE = 2.5  # over tiles that pass below


class Fusing:
    """What fusing does to one scene; at the start nothing."""

    def __init__(self, scene: NetworkScene, end: Plan, width: float, look: Look, extras: Extras) -> None:
        """The scene is the network's own, or already that of `end`, its one layer, which is seen so wide."""
        self._scene, self._end, self._look, self._extras = scene, end, look, extras
        self._large = end.width / width  # of many inputs it is seen small, words not
        self._share = 0.0
        self.words: Pill | None = None

    def show(self, share: float, words: str) -> None:
        """Stand a share of the way, and say what is seen there; at 0 there is nothing to say."""
        if share != self._share:
            self._share, built = share, self._scene.built
            if len(built.layers) > 2:
                self._scene.move(on_the_way(built, self._end, share) if share else built)
        if bool(share) != (self.words is not None):
            self._say(words) if share else self._unsay()

    def _say(self, words: str) -> None:
        look, by = self._look, zoom(self._scene.built, self._end)
        made = Pill(self._scene.root, look.font(1.0, 600), 0.3 * look.em, 0.3 * look.em)
        text, paper = look.color("text"), look.color("background")
        made.colors(text, paper, text, 0.0)
        large = self._large
        em = large * look.em
        places = caption(self._end, large * made.width(words), UNFUSE * em, BUTTON * em, em)
        at, button = (Rect(*(by * one for one in box)) for box in places)
        made.show(words, at.x + at.width / 2, at.y + at.height / 2)
        made.frame.setScale(by * large)
        made.frame.setZValue(ABOVE)
        self.words = made
        self._extras.keep_buttons([Button("unfuse", 0, button)], 1 / (by * large))

    def _unsay(self) -> None:
        if self.words is not None:
            self._scene.removeItem(self.words.frame)
        self.words = None
        self._extras.keep_buttons(())
