"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

from planner.programmes import models as models

bp = Blueprint("programmes", __name__)
