"""How gunicorn serves the planner. The settings come from planner/config.py like all others."""

from planner.config import Settings

_settings = Settings.from_env()

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.workers
worker_class = "gthread"
threads = 4
# Longer than the longest PDF may take.
timeout = _settings.render_seconds + 30
graceful_timeout = 5
loglevel = "warning"
# Nothing about clients belongs into logs: no request lines, which carry addresses and searches.
accesslog = None
# The heartbeat file must not wait for a disk.
worker_tmp_dir = None
control_socket_disable = True
