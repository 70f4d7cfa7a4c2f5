"""Changing pages from the command line, and the site-wide notice."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.inform.pages.models import Notice


@transaction.atomic
def put_page(*, page: Page, parent: Page, by: Actor) -> Page:
    """Add a page under `parent` and publish it. Raises ValidationError when a field or block is wrong.

    Editors write pages in the page editor; this is for the texts the platform brings along. The
    event is the editor's own log entry, copied into audit (see logs.py).
    """
    ask(by, Permission.PAGE_PUBLISH)
    parent.add_child(instance=page)
    page.save_revision(log_action=True).publish()
    return page


@transaction.atomic
def put_translation(*, page: Page, original: Page, language: str, by: Actor) -> Page:
    """Add and publish a page as the translation of another, below the translation of its parent.

    Where the parent has none, as that of the first page, the two stand side by side. Raises ValidationError
    as `put_page` does.
    """
    page.locale, _created = Locale.objects.get_or_create(language_code=language)
    page.translation_key = original.translation_key
    parent = original.get_parent()
    return put_page(page=page, parent=parent.get_translation_or_none(page.locale) or parent, by=by)


@transaction.atomic
def open_site(*, home: Page, by: Actor) -> Page:
    """Make `home` the first page of the site, in place of the welcome page Wagtail brings along.

    The site's host and port come from settings.SITE_URL. Raises ValidationError as `put_page` does.
    """
    ask(by, Permission.PAGE_PUBLISH)
    for page in Page.objects.filter(depth=2, slug="home"):
        if page.specific_class is Page:
            page.delete()
    home = put_page(page=home, parent=Page.objects.get(depth=1), by=by)
    scheme, _, place = settings.SITE_URL.partition("://")
    host, _, port = place.partition(":")
    site, _created = Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": host,
            "port": int(port or (443 if scheme == "https" else 80)),
            "root_page": home,
            "site_name": settings.PARTNERSHIP["name"],
        },
    )
    record(verb="inform_pages.open_site", by=by, subject=site)
    return home


@transaction.atomic
def show_notice(
    *, title: str, body: str, link_text: str, link_href: str, ends_at: datetime.datetime | None, by: Actor
) -> Notice:
    """Show a notice on every page from now on, in place of the one that shows. Raises ValidationError."""
    ask(by, Permission.NOTICE_CHANGE)
    now = timezone.now()
    Notice.objects.showing_at(now).update(ends_at=now)
    notice = Notice(
        title=title,
        body=body,
        link_text=link_text,
        link_href=link_href,
        starts_at=now,
        ends_at=ends_at,
        set_by=by if isinstance(by, User) else None,
    )
    notice.full_clean()
    notice.save()
    record(verb="inform_pages.show_notice", by=by, subject=notice)
    return notice


@transaction.atomic
def end_notice(*, by: Actor) -> int:
    """Take down whatever notice shows; returns how many did. Ending twice changes nothing."""
    ask(by, Permission.NOTICE_CHANGE)
    now = timezone.now()
    showing: Any = Notice.objects.showing_at(now)
    first = showing.first()
    ended: int = showing.update(ends_at=now)
    if first is not None:
        bump()
        record(verb="inform_pages.end_notice", by=by, subject=first)
    return ended
