"""What a cluster is made of, and what of it is missing on this machine."""

from __future__ import annotations

import shutil

import pytest

#: Programs beside PostgreSQL, and Debian's packages of them.
PACKAGES = {"pgbouncer": "pgbouncer", "etcd": "etcd-server", "patroni": "patroni"}
#: Where servers are kept, which are not on everybody's PATH.
PLACES = "/usr/sbin:/usr/local/sbin"


def program(name: str) -> str:
    """Its path. Fails the test, because a cluster that is not tried proves nothing."""
    path = shutil.which(name) or shutil.which(name, path=PLACES)
    if path is None:
        pytest.fail(f"{name} is missing (Debian: apt install {PACKAGES[name]}).", pytrace=False)
    return path
