"""Why no flat surface is XOR, in three lines with today's numbers; for other gates the line that is one."""

from typing import NamedTuple

from PySide6.QtCore import QRectF

from netviz.session.instruments import proofs
from netviz.session.state import State
from netviz.views.drawing import proof_card
from netviz.views.drawing.sheet import Sheet, SheetPanel, empty
from netviz.views.panel import Place
from netviz.views.theme import LABEL

TITLE_TEXT = "Proof"
MEANS = f"f₀₁ is the answer at 01, and {proofs.FORMULA.replace(' ', chr(0xA0))}."


class Told(NamedTuple):
    """The proof, or why there is none."""

    proof: proofs.Proof | None
    unproved: str


class ProofPanel(SheetPanel):
    """The proof card alone."""

    lowest = (16.0, 11.0)

    def read(self, state: State) -> Told:
        return Told(proofs.proof(state), proof_card.unproved(state))

    def draw(self, sheet: Sheet, box: QRectF) -> None:
        told = self.told
        assert isinstance(told, Told)
        if told.proof is None:
            empty(sheet, box, proof_card.UNPROVED, told.unproved)
            return
        top = sheet.title(TITLE_TEXT, box)
        below = box.adjusted(0, top - box.top(), 0, 0)
        top = sheet.text(MEANS, below, "second", LABEL) + proof_card.GAP * sheet.em
        card = box.adjusted(0, top - box.top(), 0, 0)
        proof_card.draw(sheet, told.proof, card, proof_card.largest(sheet, told.proof, card))

    def sentence(self, state: State) -> str:
        found = proofs.proof(state)
        return f"{found.head}. {' '.join(found.lines)}" if found else proof_card.unproved(state)


PANEL = Place(
    "Proof", "instrument", 61, "", ProofPanel,
    about="What a flat surface can make of the four corners, and why",
)  # fmt: skip
