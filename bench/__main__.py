"""Everything that is measured: `python -m bench search`, `wording`, `paper` or `packs`.

They begin here because a process that Python spawns imports the main module unless it is called `__main__`.
Begun by its own name, a measurement would have the PDF processes import whatever it imports itself; those of
a server do not.
"""

from __future__ import annotations

import importlib
import sys

if __name__ == "__main__":
    importlib.import_module(f"bench.{sys.argv[1]}").main()
