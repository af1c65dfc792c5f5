"""How gunicorn serves the product: `gunicorn -c python:config.serve config.wsgi`."""

import os

# A page is Python work, not waiting: processes beat threads, two are enough for a clinic.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"
preload_app = True
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
# Addresses hold patients' link ids: no access log here.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
control_socket_disable = True
timeout = 60
graceful_timeout = 20
