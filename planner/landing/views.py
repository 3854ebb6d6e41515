"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

from planner.landing import models as models

bp = Blueprint("landing", __name__)
