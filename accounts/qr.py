"""Draws QR codes as data URIs for <img>, without script or inline style."""

from __future__ import annotations

import segno


def data_uri(text: str) -> str:
    """An SVG QR code of ``text``. Error correction M lets a phone read it from creased paper."""
    return str(
        segno.make(text, error="m", micro=False).svg_data_uri(
            scale=4, border=4, light="#fff", dark="#000"
        )
    )
