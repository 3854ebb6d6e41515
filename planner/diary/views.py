"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

from planner.diary import models as models

bp = Blueprint("diary", __name__)
