"""The shipped typeface has every sign that netviz writes, and figures of one width."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont

from netviz.paths import resources

WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
SIGNS = "x₁ x₂ h₁ h₂ ŷ y\u0302 − × · ½ ¼ ¾ ⅛ ← ↑ → ↓ ▸ ▾ ▶ φ σ π Σ ∂ √ ∞ ≤ ≥ ≈ ≠ ± ² ³ ⁻ ✓ ↻ … – —"


def file(weight: str) -> str:
    return str(resources() / "fonts" / f"Inter-{weight}.ttf")


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_sign_is_in_every_weight(qapp, weight):
    font = QRawFont(file(weight), 20)
    assert [sign for sign in SIGNS if not font.supportsCharacter(ord(sign))] == []


def test_the_weights_are_one_family(qapp):
    for weight in WEIGHTS:
        assert "Inter netviz" in QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(file(weight))
        )


def test_tabular_figures_are_as_wide_as_each_other(qapp):
    QFontDatabase.addApplicationFont(file("Regular"))
    font = QFont("Inter netviz")
    font.setFeature(QFont.Tag("tnum"), 1)
    widths = {QFontMetricsF(font).horizontalAdvance(4 * digit) for digit in "0123456789"}
    assert len(widths) == 1
