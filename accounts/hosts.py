"""What a host is, as addresses name it. The settings read this module, so it needs none of them."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it. ``host``: a name or a number, IPv6 in brackets or
    not."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
