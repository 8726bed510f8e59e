"""QR codes as pictures of a page or a sheet of paper."""

from __future__ import annotations

import io

import qrcode  # type: ignore[import-untyped]
import qrcode.image.svg  # type: ignore[import-untyped]
from markupsafe import Markup


def picture_of(address: str) -> Markup:
    """The QR code of an address as an SVG without styles, as large as its frame."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
    code.add_data(address)
    buffer = io.BytesIO()
    image = code.make_image(image_factory=qrcode.image.svg.SvgPathImage)
    image.save(buffer)
    text = buffer.getvalue().decode()
    return Markup(text[text.index("<svg") :])  # noqa: S704 - made here from an address of ours
