"""netviz: why do neural networks need an activation function?"""

import os

# Small matrices are slower on two threads than on one; BLAS reads these when NumPy is first imported.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_name, "1")

__version__ = "0.1.0"
