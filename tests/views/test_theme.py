"""Every colour keeps the contrast that SCREEN.md promises, and the value scale has no steps."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from netviz.views.theme import (
    LUT_SCALE,
    THEMES,
    VALUE_STOPS,
    Look,
    fonts,
    palette,
    stylesheet,
    value_color,
    value_lut,
)

TEXTS = ("text", "second", "with_", "without")


def luminance(color):
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_white_on_black_has_contrast_21():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


@pytest.mark.parametrize(("theme", "token"), [*product(THEMES.values(), TEXTS)])
def test_text_is_read_on_the_background_and_on_panels(theme, token):
    assert contrast(getattr(theme, token), theme.background) >= 7
    assert contrast(getattr(theme, token), theme.panel) >= 7


@pytest.mark.parametrize(("theme", "token"), [*product(THEMES.values(), ("text", "with_", "without"))])
def test_text_is_read_on_the_tint_below_the_floor(theme, token):
    assert contrast(getattr(theme, token), theme.tint) >= 7


@pytest.mark.parametrize("token", ["outline", "positive", "negative", "with_", "without"])
def test_lines_of_the_projector_theme_are_seen_in_a_lit_room(token):
    theme = THEMES["projector"]
    assert contrast(getattr(theme, token), theme.background) >= 7


@pytest.mark.parametrize(("value", "color"), VALUE_STOPS)
def test_the_value_scale_passes_through_its_stops(value, color):
    assert value_color(value).name() == color


def test_beyond_two_the_scale_stays_dark():
    assert value_color(9).name() == "#0f3262"
    assert value_color(-9).name() == "#7a3406"


@pytest.mark.parametrize("value", [-2.0, -1.0, -0.3, 0.0, 0.7, 1.5, 2.0])
def test_the_table_of_colours_is_the_scale(value):
    found = value_lut()[np.array(value * LUT_SCALE).astype(np.int8)]
    close = value_color(int(value * LUT_SCALE) / LUT_SCALE).rgb()
    assert found == close


def test_neighbours_on_the_scale_look_alike():
    colors = [value_color(value) for value in np.linspace(-2, 2, 401)]
    channels = np.array([(c.red(), c.green(), c.blue()) for c in colors])
    assert np.abs(np.diff(channels, axis=0)).max() <= 4


@pytest.mark.parametrize("theme", [*THEMES.values()], ids=lambda theme: theme.name)
@pytest.mark.parametrize("em", [14, 21, 43])
def test_every_theme_makes_a_style_sheet_and_a_palette(qapp, theme, em):
    qapp.setStyleSheet(stylesheet(Look(theme, em, "wide")))
    qapp.setStyleSheet("")
    assert palette(theme).window().color().name() == theme.background


def test_text_never_gets_smaller_than_its_floor():
    assert Look(THEMES["light"], 14, "wide").font(0.5).pixelSize() == 14
    assert Look(THEMES["projector"], 20, "tabs").font(0.5).pixelSize() == 20
    assert Look(THEMES["projector"], 29.16, "tabs").font(0.9).pixelSize() == 27  # at 1080


def test_the_shipped_typeface_is_used_and_its_figures_are_tabular(qapp):
    fonts()
    font = Look(THEMES["light"], 21, "wide").font(tabular=True)
    assert QFontInfo(font).family() == fonts()
    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_twins_differ_in_line_as_well_as_in_colour():
    look = Look(THEMES["light"], 21, "wide")
    assert look.twin_pen(0, 3).dashPattern() == []
    assert look.twin_pen(1, 3).dashPattern() != []
    assert look.twin_color(0) != look.twin_color(1)


@pytest.mark.parametrize(("weight", "projected"), [(400, 500), (500, 600), (600, 600), (700, 700)])
def test_light_type_is_one_step_heavier_before_a_projector(weight, projected):
    light, projector = (Look(THEMES[name], 21, "wide") for name in ("light", "projector"))
    assert (light.font(1.0, weight).weight(), projector.font(1.0, weight).weight()) == (weight, projected)
    assert (light.bold, projector.bold) == (1.0, 1.4)
