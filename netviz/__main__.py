"""`python -m netviz` is the same program as `netviz`."""

import sys

from netviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
