"""Numbers as people read them: a true minus sign, two decimals, simple fractions, never -0.00."""

from fractions import Fraction

FRACTIONS = {"1/8": "⅛", "1/6": "⅙", "1/4": "¼", "1/3": "⅓", "1/2": "½", "2/3": "⅔", "3/4": "¾"}
SUBSCRIPTS = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
LARGE = 10_000  # from here on powers of ten are easier to read


def shown(value: float, decimals: int = 2) -> str:
    """Show −0.94, 0.00, 1.2e5."""
    if abs(value) >= LARGE:
        return f"{value:.1e}".replace("e+0", "e").replace("e+", "e").replace("-", "−")
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def signed(value: float, decimals: int = 2) -> str:
    """Show +0.88, −0.94, 0.00."""
    text = shown(value, decimals)
    return text if text.startswith("−") or not text.strip("0.") else f"+{text}"


def fraction(value: float, tolerance: float = 1e-9) -> str:
    """Show ¼ where the value is a simple fraction, 1/16 where it has no sign of its own, else 0.123."""
    near = Fraction(value).limit_denominator(16)
    if abs(float(near) - value) > tolerance:
        return shown(value, 3)
    return FRACTIONS.get(str(near), str(near).replace("-", "−"))


def in_sentence(label: str) -> str:
    """A label inside a sentence: learning rate, L1 penalty."""
    return label if label[1:2].isdecimal() else label[:1].lower() + label[1:]


def reason(error: OSError) -> str:
    """Why the system refused, inside a sentence: no space left on device."""
    return in_sentence(error.strerror or str(error))


def subscript(number: int | str) -> str:
    """Show ₁."""
    return str(number).translate(SUBSCRIPTS)


def joined(words: list[str]) -> str:
    """Join names as in: 00, 10 and 11."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
