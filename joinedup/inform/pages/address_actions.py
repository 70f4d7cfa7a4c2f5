"""Old addresses that lead on to others. Those of moved pages are made by the editor itself."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.inform.pages.links import live_paths
from joinedup.inform.pages.models import Gone

_PATH = re.compile(r"/(?![/\\])[^\s\\]*")
# No name and password, no port and no backslash: nothing that looks like one host and is another.
_ELSEWHERE = re.compile(r"https://([A-Za-z0-9.-]+)(?:[/?#][^\s\\]*)?")
MOST_STEPS = 10


def check_target(address: str) -> None:
    """Refuse what is neither a path of this site nor an https address."""
    parts = urlsplit(address)
    if _PATH.fullmatch(address) or (
        parts.scheme == "https" and parts.hostname and not re.search(r"\s", address)
    ):
        return
    raise ValidationError(_("Enter a path such as /contact/ or an address that begins with https://"))


def check_led_to(address: str) -> None:
    """Refuse to lead people who asked for a page of ours away, but to websites the operator named.

    A link shows where it leads, and a redirect does not: one editor alone could put another website in
    the place of a page (see REDIRECT_HOSTS).
    """
    if _PATH.fullmatch(address):
        return
    host = _ELSEWHERE.fullmatch(address)
    if host is None or host.group(1).lower() not in settings.REDIRECT_HOSTS:
        raise ValidationError(
            _(
                "An old address may only lead to this website. Enter a path such as /contact/ or choose a "
                "page. To send people to another website, make a page that links to it."
            )
        )


def check_old_path(path: str) -> str:
    """The old address as it is kept. Refuses anything but a path of this site at which nothing stands."""
    if not _PATH.fullmatch(path):
        raise ValidationError(_("Enter the old address from the first slash on, such as /old-page/"))
    kept = str(Redirect.normalise_path(path))
    if len(kept) > 255:
        raise ValidationError(_("The address is too long."))
    plain = kept.partition("?")[0].rstrip("/") + "/"
    if plain in live_paths().values():
        raise ValidationError(_("A page stands at this address. Move it or take it down first."))
    try:
        with translation.override(translation.get_language_from_path(plain) or settings.LANGUAGE_CODE):
            is_page = resolve(plain).view_name == "wagtail_serve"
    except Resolver404:
        is_page = True
    if not is_page:
        raise ValidationError(_("This address belongs to the site itself."))
    return kept


def _leads_back(start: str, target: str) -> bool:
    """Whether following redirects from `target` ever comes to `start`."""
    here = str(Redirect.normalise_path(target))
    for _step in range(MOST_STEPS):
        if here == start:
            return True
        row = Redirect.objects.filter(old_path=here).first()
        if row is None or not (row.link or "").startswith("/"):
            return False
        here = str(Redirect.normalise_path(str(row.link)))
    return True


@transaction.atomic
def add_redirect(*, old_path: str, page: Page | None, address: str, by: Actor) -> Redirect:
    """From now on the old address leads to the page or address. One person may do this: no words change.

    To another website it leads only where the operator allows it, and never for good. Raises
    ValidationError, by field, for wrong addresses, circles and an old address that is taken.
    """
    ask(by, Permission.PAGE_EDIT)
    if (page is None) == (not address):
        raise ValidationError({"address": _("Choose a page or type an address, one of the two.")})
    if page is not None and not page.live:
        raise ValidationError({"page": _("Choose a page that is public.")})
    try:
        kept = check_old_path(old_path)
    except ValidationError as fault:
        raise ValidationError({"old_path": fault.messages}) from fault
    if Redirect.objects.filter(old_path=kept).exists():
        raise ValidationError({"old_path": _("This address leads somewhere already. Remove that first.")})
    if address:
        try:
            check_led_to(address)
        except ValidationError as fault:
            raise ValidationError({"address": fault.messages}) from fault
        if address.startswith("/") and _leads_back(kept, address):
            raise ValidationError({"address": _("That would lead in a circle.")})
    Gone.objects.filter(path=kept.rstrip("/") + "/").delete()
    redirect = Redirect.objects.create(
        old_path=kept,
        redirect_page=page,
        redirect_link=address,
        # Browsers remember a permanent one for ever, also when it is taken away here.
        is_permanent=page is not None or address.startswith("/"),
    )
    record(verb="inform_pages.add_redirect", by=by, subject=redirect)
    return redirect


@transaction.atomic
def remove_redirect(*, redirect: Redirect, by: Actor) -> None:
    """The old address leads nowhere any more."""
    ask(by, Permission.PAGE_EDIT)
    record(verb="inform_pages.remove_redirect", by=by, subject=redirect)
    redirect.delete()
