"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

from planner.running import models as models

bp = Blueprint("running", __name__)
