"""How gunicorn serves the product: `gunicorn -c python:config.serve config.wsgi`."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_host = os.environ.get("HOST", "127.0.0.1")
_port = os.environ.get("PORT", "8000")

bind = f"{_host}:{_port}"
# A page is Python work, not waiting: processes beat threads, and two are enough for a clinic.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"
preload_app = True
timeout = 60
# Addresses carry patients' links: no access log here.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Beside the server, one process that mails about stops; it ends when the server does."""
    manage = str(Path(__file__).resolve().parent.parent / "manage.py")
    subprocess.Popen([sys.executable, manage, "send_notices", "--every", "15"])  # noqa: S603
