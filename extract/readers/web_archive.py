"""Web archives (MHTML): the pages that one file holds, as browsers, Excel and Word save them."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from extract.readers.encoding import decode

_SAYS_WHERE = b"<frameset"  # a page that only says where others stand


def pages_in(data: bytes) -> list[str]:
    """The pages of a web archive that hold anything, in order."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    found = []
    for part in parts:
        page = part.get_payload(decode=True) if isinstance(part, EmailMessage) else None
        if isinstance(page, bytes) and (_SAYS_WHERE not in page.lower() or len(parts) == 1):
            found.append(_decoded(page, part.get_content_charset()))
    return found


def _decoded(page: bytes, charset: str | None) -> str:
    try:
        return decode(page).text
    except ValueError:
        return page.decode(charset or "gb18030", "replace")
