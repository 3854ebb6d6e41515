"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

from planner.consulting import models as models

bp = Blueprint("consulting", __name__)
