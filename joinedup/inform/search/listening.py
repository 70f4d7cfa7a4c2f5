"""What keeps the index in step at once: pages that come, go or move, and things that say they changed.

Read by the foundation's freshness with all files of this name. Each change is written in the
transaction of the change itself. Should the index fail, the page is published all the same; the fault
is in the log and the hourly sweep tries again.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from joinedup.foundation import findable
from joinedup.inform.search import actions, plain, sources
from joinedup.inform.search.models import Entry

_log = logging.getLogger(__name__)


_is_waiting: ContextVar[bool] = ContextVar("_is_waiting", default=False)


@contextmanager
def until_built() -> Iterator[None]:
    """Follow nothing in here: whoever loads a whole site builds the index afterwards, which is quicker."""
    before = _is_waiting.set(True)
    try:
        yield
    finally:
        _is_waiting.reset(before)


def _safely(what: str, do: Callable[[], object]) -> None:
    if _is_waiting.get():
        return
    try:
        with transaction.atomic():
            do()
    except Exception:
        _log.exception("The search index could not follow %s", what)


def _follow_page(page: Page) -> None:
    """Put the page in or take it out, as the public may read it; with a new address, those under it too."""
    found = sources.page(page.pk)
    if found is None:
        actions.drop(key=plain.key_of(page))
        return
    before = Entry.objects.filter(key=found[0].key).values_list("href", flat=True).first()
    actions.put(thing=found[0], headings=found[1])
    if before not in (None, found[0].href):
        for each in Page.objects.child_of(page).live().select_related("locale"):
            _follow_page(each)


def _follow_tree(page: Page) -> None:
    for each in Page.objects.descendant_of(page, inclusive=True).live().select_related("locale"):
        _follow_page(each)


@receiver(page_published)
def page_came(sender: type[models.Model], instance: Page, **kwargs: Any) -> None:
    """A page was published, for the first time or anew."""
    _safely("a page", lambda: _follow_page(instance))


@receiver(page_unpublished)
def page_went(sender: type[models.Model], instance: Page, **kwargs: Any) -> None:
    """A page was taken down. Wagtail says so too before it deletes one, while it is still there."""
    _safely("a page", lambda: actions.drop(key=plain.key_of(instance)))


@receiver(post_page_move)
@receiver(page_slug_changed)
def tree_changed(sender: type[models.Model], instance: Page, **kwargs: Any) -> None:
    """A page has another address now, and so has everything under it; Wagtail says so after the commit."""
    _safely("a move", lambda: _follow_tree(Page.objects.get(pk=instance.pk)))


@receiver(post_save, sender=Site)
def site_opened(sender: type[models.Model], instance: Site, **kwargs: Any) -> None:
    """The pages of a site have addresses from now on, or others."""
    _safely("a site", lambda: _follow_tree(instance.root_page))


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def restriction_changed(sender: type[models.Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Part of the site was closed to the public, or opened."""
    _safely("a restriction", lambda: _follow_tree(instance.page))


@receiver(pre_delete)
def page_goes(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """A page is deleted, alone or with those above it."""
    if isinstance(instance, Page):
        _safely("a deletion", lambda: actions.drop(key=plain.key_of(instance)))


@receiver(findable.changed)
def thing_changed(sender: object, key: str, **kwargs: Any) -> None:
    """Something of another subject was added, changed, hidden or deleted."""

    def follow() -> None:
        thing = findable.one(key)
        if thing is not None:
            actions.put(thing=thing)
        else:
            actions.drop(key=key)

    _safely("a thing", follow)
