"""The address that people use, and those that they used before."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Address:
    scheme: str
    host: str
    port: int | None

    @property
    def named(self) -> str:
        """The host as browsers name it: with its port, unless that is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port in {None, USUAL_PORTS[self.scheme]} else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.named}"

    @property
    def https(self) -> bool:
        return self.scheme == "https"

    @property
    def is_private(self) -> bool:
        """Whether only this machine, or a private network, can use it."""
        if self.host == "localhost":
            return True
        try:
            number = ipaddress.ip_address(self.host)
        except ValueError:
            return False
        return number.is_loopback or number.is_private


def read(variable: str, written: str) -> Address:
    """The address that a setting names. Raises ``ImproperlyConfigured`` with what is wrong."""
    try:
        found = urlsplit(written)
        port = found.port
    except ValueError:
        found = urlsplit("")
        port = None
    if found.scheme not in USUAL_PORTS or not found.hostname:
        raise ImproperlyConfigured(
            f"{variable} must look like https://hinge.example.org, not {written!r}"
        )
    if found.path.strip("/") or found.query or found.fragment:
        raise ImproperlyConfigured(
            f"{variable} must end with the host, as {found.scheme}://{found.netloc} does: the "
            f"product takes a host, or a subdomain, of its own, not {written!r}"
        )
    return Address(found.scheme, found.hostname, port)


def read_present(written: str) -> Address:
    """``PUBLIC_URL``. What patients type never crosses an open network unsealed."""
    address = read("PUBLIC_URL", written)
    if not address.https and not address.is_private:
        raise ImproperlyConfigured(
            "PUBLIC_URL may be plain http only for a loopback or private address"
        )
    return address
