"""The product's settings, with a data folder, a mail box and a fast password hash for tests."""

import os
import tempfile
from pathlib import Path

_room = tempfile.TemporaryDirectory(prefix="hinge-ladder-tests-")
for name in (
    "PUBLIC_URL",
    "PORT",
    "DEBUG",
    "EMAIL_URL",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "TRUST_PROXY",
    "OIDC_ISSUER",
    "OLD_PUBLIC_URLS",
    "BACKUP_DIR",
    "BACKUP_KEEP",
    "BACKUP_RECIPIENT",
    "BACKUP_PASSPHRASE",
    "BACKUP_IDENTITY",
):
    os.environ.pop(name, None)
os.environ["VAR_DIR"] = _room.name

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, DATABASES, STORAGES, VAR  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Threads share the database, so it is a file. A test run need not survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_room.name) / "test.sqlite3")}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

# A browser keeps its connection to the live server. That thread would keep a connection to a
# database that the test must empty.
DATABASES["default"]["CONN_MAX_AGE"] = 0

(VAR / "static").mkdir(exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES["default"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "default",
}
