"""The application, for `flask --app app …` and for gunicorn."""

import sys

from planner import create_app
from planner.config import BadSetting
from planner.sealing import KeyMissing

try:
    app = create_app()
except (BadSetting, KeyMissing) as fault:
    print(f"Reconnect cannot start. {fault}", file=sys.stderr)
    sys.exit(3)  # gunicorn takes 3 for "cannot start" and does not try again and again
