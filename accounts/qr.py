"""Draws QR codes as data URIs for <img>, without script or inline style."""

from __future__ import annotations

from io import BytesIO

import segno


def svg(text: str) -> str:
    """The same as the text of a drawing."""
    drawing = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawing, kind="svg", scale=4, border=4, light="#fff", xmldecl=False)
    return drawing.getvalue().decode()


def data_uri(text: str) -> str:
    """An SVG QR code of ``text``. Error correction M lets a phone read it from creased paper."""
    return str(
        segno.make(text, error="m", micro=False).svg_data_uri(
            scale=4, border=4, light="#fff", dark="#000"
        )
    )
