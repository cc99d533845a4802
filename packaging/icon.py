"""Draws resources/icons/netviz.svg as a file that other systems want: .ico, .icns or .png.

python packaging/icon.py build/netviz.ico
"""

import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QIcon

SIDE = 256  # px, the largest that .ico holds


def main(file: Path) -> int:
    application = QGuiApplication(["icon", "-platform", "offscreen"])
    drawing = Path(__file__).parents[1] / "resources" / "icons" / "netviz.svg"
    file.parent.mkdir(parents=True, exist_ok=True)
    saved = QIcon(str(drawing)).pixmap(SIDE, SIDE).save(str(file))
    application.shutdown()
    return int(not saved)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
