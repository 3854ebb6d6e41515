"""Remarks on wording, in the pages."""

from __future__ import annotations

from flask import Blueprint

from planner.wording import models as models

bp = Blueprint("wording", __name__)
