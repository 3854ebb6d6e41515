"""The application, for `flask --app app …` and for gunicorn."""

from planner import create_app

app = create_app()
