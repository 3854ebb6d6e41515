"""The application, for `flask --app app …` and for gunicorn."""

import gc
import sys

# Whatever is loaded here stays. Looking through it for garbage takes as long as loading it: at the start,
# with each collection, and at the end.
gc.disable()

from planner import create_app  # noqa: E402
from planner.config import BadSetting  # noqa: E402
from planner.sealing import KeyMissing  # noqa: E402

try:
    app = create_app()
except (BadSetting, KeyMissing) as fault:
    print(f"Reconnect cannot start. {fault}", file=sys.stderr)
    sys.exit(3)  # gunicorn takes 3 for "cannot start" and does not try again and again

gc.freeze()
gc.enable()
