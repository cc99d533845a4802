"""What may be read by its name alone: files, which end; not what keeps its reader waiting."""

import errno
from pathlib import Path


def plain(path: Path) -> Path:
    """The same path; OSError where a pipe, a socket or a device stands there, whatever its suffix says.

    What is not there, or is a folder, is left to whoever opens it: the system says that in its own words.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "is no file", str(path))
    return path
