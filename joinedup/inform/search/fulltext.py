"""Asking the database's own full-text index which entries hold any of some stems, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

# A word of the title says most about a page, then one of its summary or headings.
_SQLITE = """
    SELECT e.id, e.language, e.href, e.kind, e.over_from IS NOT NULL AND e.over_from <= %s,
        e.title_words, e.summary_words, e.body_words
    FROM (
        SELECT rowid, bm25(inform_search_entry_fts, 8.0, 3.0, 1.0) AS worse
        FROM inform_search_entry_fts WHERE inform_search_entry_fts MATCH %s
    ) f JOIN inform_search_entry e ON e.id = f.rowid
    WHERE (e.language = %s) = %s ORDER BY f.worse, e.id LIMIT %s
"""
_POSTGRESQL = """
    SELECT id, language, href, kind, over_from IS NOT NULL AND over_from <= %s,
        title_words, summary_words, body_words FROM inform_search_entry
    WHERE vector @@ %s::tsquery AND (language = %s) = %s
    ORDER BY ts_rank('{0.1, 0.12, 0.37, 1.0}', vector, %s::tsquery, 1) DESC, id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that holds at least one of the stems."""

    pk: int
    language: str
    href: str
    kind: str
    is_over: bool
    title: str
    summary: str
    body: str


def candidates(stems: Iterable[str], *, language: str, own: bool, limit: int) -> list[Candidate]:
    """At most `limit` entries in this language (or, with `own` false, in others) with any of the stems.

    Stems are letters, figures and marks, as `words.stem` gives them; nothing else may be passed.
    """
    wanted = sorted(set(stems))
    if not wanted:
        return []
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = " | ".join(f"'{stem}'" for stem in wanted)
            cursor.execute(_POSTGRESQL, [now, query, language, own, query, limit])
        else:
            query = " OR ".join(f'"{stem}"' for stem in wanted)
            cursor.execute(_SQLITE, [now, query, language, own, limit])
        return [Candidate(*row) for row in cursor.fetchall()]
