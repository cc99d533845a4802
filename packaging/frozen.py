"""The first lines of the frozen program: what must happen before anything else is imported."""

import multiprocessing
import os
import sys

multiprocessing.freeze_support()
# The bootloader pointed the loader at our own libraries; programs that we start want the system's.
original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if original is not None:
    os.environ["LD_LIBRARY_PATH"] = original
elif sys.platform == "linux":
    os.environ.pop("LD_LIBRARY_PATH", None)

from netviz.__main__ import start  # noqa: E402

try:
    sys.exit(start())
except ImportError as error:  # OpenGL comes from the system, which knows its graphics card
    if "libGL" not in str(error) and "libEGL" not in str(error):
        raise
    sys.exit(f"netviz: {error}; on Debian: apt-get install libgl1 libegl1")
