"""A slider over round numbers, each a like ratio from the next: 0.1, 0.12, 0.15, 0.2, 0.25, 0.3."""

from math import log10

from PySide6.QtCore import Signal

from netviz.views.controls.gesture_slider import GestureSlider

ROUND = ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8")  # the nearest to 10 ** (k / 10)
THIRD = len(ROUND) // 2  # a page: from 0.1 to 0.3 to 1


def number_at(stop: int) -> float:
    """The round number of a stop; stop 0 is 1, each tenth one ten times as much."""
    tens, place = divmod(stop, len(ROUND))
    return float(f"{ROUND[place]}e{tens}")


def stop_of(number: float) -> int:
    """The stop nearest to a number above 0."""
    return round(len(ROUND) * log10(number))


class LogSlider(GestureSlider):
    """Goes from one number above 0 to another; arrow keys go to the next round one."""

    slid = Signal(float, bool)  # the number a person chose, and whether it goes on with the change before

    def __init__(self, low: float, high: float) -> None:
        super().__init__(stop_of(low), stop_of(high), 1, THIRD)
        self.moved.connect(lambda stop, goes_on: self.slid.emit(number_at(stop), goes_on))

    def show_number(self, number: float) -> None:
        """Stand as near to a number as there is room; nothing is told."""
        self.show_value(stop_of(number))
