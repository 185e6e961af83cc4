"""Pages that a browser or Word saved whole as one message (MHT, also under the name .doc)."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

_MOST_PARTS = 1000


def page_in(data: bytes) -> tuple[bytes, str | None]:
    """Return the page of a message.

    Args:
        data: The message.

    Returns:
        The page's bytes, transfer encoding undone, and its Content-Type as declared; nothing for
        a message without a page. Pictures and styles of the message are not looked at.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() == "text/html":
            return _decoded(part), part.get("Content-Type")
    return b"", None


def _decoded(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
