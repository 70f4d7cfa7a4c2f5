"""The site-wide notice, as the frame of every page shows it."""

from typing import Any

from django.utils import timezone

from joinedup.inform.pages.models import Notice


def notice_to_show() -> dict[str, Any] | None:
    """The notice for this moment: `title`, `body`, `link_href`, `link_text`, `ends_at`. One query."""
    notice = Notice.objects.showing_at(timezone.now()).first()
    if notice is None:
        return None
    return {
        "title": notice.title,
        "body": notice.body,
        "link_href": notice.link_href,
        "link_text": notice.link_text,
        "ends_at": notice.ends_at,
    }
