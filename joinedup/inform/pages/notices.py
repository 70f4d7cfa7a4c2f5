"""The site-wide notice, as the frame of every page shows it."""

from django.utils import timezone

from joinedup.inform.pages.models import Notice


def notice_to_show() -> dict[str, str] | None:
    """The notice for this moment as `title`, `body`, `link_href`, `link_text`, or None. One query."""
    notice = Notice.objects.showing_at(timezone.now()).first()
    if notice is None:
        return None
    return {
        "title": notice.title,
        "body": notice.body,
        "link_href": notice.link_href,
        "link_text": notice.link_text,
    }
