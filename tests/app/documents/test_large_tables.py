"""A table too large for a file or a link: it is said, and a session keeps it all the same."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from netviz.app.documents.autosave import begin
from netviz.app.documents.sharing import ShareSheet
from netviz.core.tables import Table
from netviz.session import selectors as say
from netviz.session.actions import SetField
from netviz.session.document import Document
from netviz.session.experiment import with_value
from netviz.session.files import LARGEST, LARGEST_SESSION, FileError, read
from netviz.session.presets import PRESETS
from netviz.session.sources import SESSION, document_from
from netviz.session.state import opening

XOR = PRESETS["xor"].experiment


@pytest.fixture
def window(window_of):
    return window_of(opening(XOR))


def many(rows):
    """A table of numbers that cannot be packed any closer."""
    values = np.random.default_rng(3).normal(size=(rows, 6))
    return Table("big.csv", tuple("abcde"), "y", (), values)


def test_what_is_too_large_for_a_file_is_told_and_nothing_is_written(window, tmp_path):
    window.store.dispatch(SetField("csv", many(200_000)))
    path = tmp_path / "t.netviz"
    window.documents.save_in(str(path))
    assert window.store.state.message == (
        "t.netviz was not saved: it would be larger than 8 MiB, for big.csv holds 200,000 rows: "
        "its points can be saved as CSV."
    )
    assert not path.exists()
    assert say.unsaved(window.store.state)


def test_a_session_of_a_large_table_is_kept_whatever_its_size(tmp_path):
    document = Document(with_value(XOR, "csv", many(150_000)))
    kept = begin(tmp_path)
    kept.write(document, None)
    assert kept.path.stat().st_size > LARGEST
    assert read(kept.path, LARGEST_SESSION) == document
    with pytest.raises(FileError, match="larger than 8 MiB"):
        read(kept.path)
    handed_on = kept.path.rename(tmp_path / f"film{SESSION}")  # to the netviz that makes a film of it
    assert document_from(str(handed_on)) == (document, None)
    kept.forget()


def test_a_table_is_too_large_for_a_link(qtbot, window):
    window.store.dispatch(SetField("csv", many(2000)))
    window.documents.share()
    (sheet,) = window.findChildren(ShareSheet)
    told = {one.text() for one in sheet.findChildren(QLabel)}
    assert "It holds too many points for a link: save it as a file." in told
    assert "TensorFlow Playground cannot express this: it has no data called Own table." in told
    assert not sheet.findChildren(QLineEdit)
    sheet.close()
