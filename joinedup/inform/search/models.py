"""What can be found, the words it is written in, and what people looked for in vain."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DOORS = "inform_search.door"


class Entry(models.Model):
    """One thing the public can find: a page, a partner, a programme, a form.

    A copy of the public text, in plain words, beside the stems it is found by. The database keeps its
    full-text index in step with the last four fields by itself: SQLite by triggers and a table beside
    this one, PostgreSQL by a generated column (see the first migration and docs/adr/0015-search.md).
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    headings = models.TextField(_("headings"), blank=True)
    body = models.TextField(_("text"), blank=True)
    href = models.CharField(_("address"), max_length=500)
    over_from = models.DateTimeField(_("over from"), null=True, blank=True)
    digest = models.CharField(max_length=40)
    updated_at = models.DateTimeField(auto_now=True)
    title_words = models.TextField(blank=True)
    summary_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)
    lexemes = models.TextField(blank=True)

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id",
            "key",
            "kind",
            "language",
            "title",
            "summary",
            "headings",
            "body",
            "href",
            "over_from",
            "digest",
            "updated_at",
            "title_words",
            "summary_words",
            "body_words",
            "lexemes",
        ),
        "none",
    )

    class Meta:
        verbose_name = _("thing that can be found")
        verbose_name_plural = _("things that can be found")
        indexes = [models.Index(fields=["language"], name="search_entry_language")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether it has ended, so that nobody can use it today."""
        return self.over_from is not None and self.over_from <= timezone.now()

    @property
    def shows_body(self) -> bool:
        """Whether pieces of the text may be shown; that of a door is a list of words to find it by."""
        return not self.key.startswith(DOORS)


class Word(models.Model):
    """A word as it stands in public texts of one language, and in how many of them.

    Slips of the finger are set right to one of these, and rare words weigh more than common ones.
    """

    language = models.CharField(_("language"), max_length=12)
    word = models.CharField(_("word"), max_length=40, db_index=True)
    stem = models.CharField(_("stem"), max_length=40, db_index=True)
    letters = models.PositiveSmallIntegerField(_("how many letters"))
    entries = models.PositiveIntegerField(_("in how many texts"), default=0)

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "language", "word", "stem", "letters", "entries"), "none"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["letters"], name="search_word_letters")]

    def __str__(self) -> str:
        return self.word


class MissedSearchQuerySet(models.QuerySet["MissedSearch"]):
    """Reading what people looked for in vain."""

    def told(self) -> "MissedSearchQuerySet":
        """Those kept in words, which is what editors see."""
        return self.exclude(words="")


class MissedSearch(models.Model):
    """That a search found nothing, or not all of its words, on one day; and how often.

    Who searched, and at what time of the day, is not kept. The words themselves are kept at once only
    when they are three at most, all ordinary, and none speaks of a person ("my", "mum"); or when the
    same was asked on three days. Until then there is a keyed digest, which cannot be read back (see
    `missed.py`).
    """

    digest = models.CharField(max_length=40)
    words = models.CharField(_("what was looked for"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=12)
    day = models.DateField(_("day"), db_index=True)
    times = models.PositiveIntegerField(_("how often"), default=0)

    objects = MissedSearchQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "words", "language", "day", "times"), "none"),
        "digest": "pseudonym",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: knowing what people look for here and do not find"
    retention = "90 days"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "language", "day"], name="search_missed_once_a_day")
        ]

    def __str__(self) -> str:
        return self.words
