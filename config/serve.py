"""The settings of gunicorn: `gunicorn -c python:config.serve config.wsgi`."""

import os
from typing import Any

from config import sender

_host = os.environ.get("HOST", "127.0.0.1")
_port = os.environ.get("PORT", "8000")

bind = f"{_host}:{_port}"
# A page needs Python time and hardly waits, so processes are better than threads. Two are enough
# for a clinic.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"
preload_app = True
timeout = 60
# No access log, because addresses hold patients' sign-in links.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Mail about stops beside the server."""
    sender.start()
