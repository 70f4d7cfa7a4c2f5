"""What search may show of programmes: their pages and those of their projects."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.findable import LONG_AGO, Findable, Source, register
from joinedup.govern.programmes import citations
from joinedup.govern.programmes.models import Programme, Project
from joinedup.govern.programmes.models.shapes import Status

LANGUAGE = "en"
_PROGRAMME, _PROJECT = "govern_programmes.programme", "govern_programmes.project"


def _body(texts: list[str], row: Programme | Project) -> str:
    """All words of the page, without the marks of sources."""
    results = [" ".join((r.statement, r.figure, r.unit, r.caveat)) for r in row.results.all()]
    disputes = [" ".join((d.question, d.first_says, d.second_says)) for d in row.disagreements.all()]
    partners = [partner.called for partner in row.partnerroles.all()]
    milestones = [" ".join((m.name, m.how_we_know)) for m in row.milestones.all()]
    said = (*map(citations.plain, texts), *results, *disputes, *partners, *milestones)
    return "\n".join(part for part in said if part)


def _over_from(row: Programme | Project) -> datetime.datetime | None:
    """Over, or not: an end may be known by its year only. Of what was not found out, nobody may say so."""
    return LONG_AGO if row.status == Status.ENDED else None


def _named(row: Programme | Project, *, prefix: str, kind: Promise, body: str) -> Findable:
    with translation.override(LANGUAGE):
        return Findable(
            key=f"{prefix}:{row.pk}:{LANGUAGE}",
            kind=str(kind),
            language=LANGUAGE,
            title=row.name,
            summary=citations.plain(row.purpose),
            body=body,
            href=row.get_absolute_url(),
            over_from=_over_from(row),
        )


def _of_programme(row: Programme, *, with_body: bool = True) -> Findable:
    texts = [row.summary, row.story, row.legacy, row.verdict, row.caution, row.not_found]
    body = _body(texts, row) if with_body else ""
    return _named(row, prefix=_PROGRAMME, kind=_("Programme"), body=body)


def _of_project(row: Project, *, with_body: bool = True) -> Findable:
    texts = [row.programme.name, row.what_it_did, row.where, row.legacy, row.not_found]
    body = _body(texts, row) if with_body else ""
    return _named(row, prefix=_PROJECT, kind=_("Project"), body=body)


def _in_full(rows: Any) -> Any:
    return rows.prefetch_related("results", "disagreements", "partnerroles__organisation", "milestones")


def _programmes() -> Any:
    return _in_full(Programme.objects.public())


def _projects() -> Any:
    return _in_full(Project.objects.public().select_related("programme"))


def named_programmes() -> Iterator[Findable]:
    """Every public programme, by name alone."""
    yield from (_of_programme(row, with_body=False) for row in Programme.objects.public())


def named_projects() -> Iterator[Findable]:
    """Every public project, by name alone."""
    rows = Project.objects.public().select_related("programme")
    yield from (_of_project(row, with_body=False) for row in rows)


def _number(key: str) -> int | None:
    """The row a key names, None for a key that is not of ours."""
    parts = key.split(":")
    return int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() and parts[2] == LANGUAGE else None


def programmes() -> Iterator[Findable]:
    """Every public programme."""
    yield from map(_of_programme, _programmes())


def programme(key: str) -> Findable | None:
    """The programme with that key, if everyone may read it."""
    row = _programmes().filter(pk=_number(key)).first()
    return _of_programme(row) if row is not None else None


def projects() -> Iterator[Findable]:
    """Every public project."""
    yield from map(_of_project, _projects())


def project(key: str) -> Findable | None:
    """The project with that key, if everyone may read it."""
    row = _projects().filter(pk=_number(key)).first()
    return _of_project(row) if row is not None else None


register(Source(_PROGRAMME, programmes, programme, named_programmes))
register(Source(_PROJECT, projects, project, named_projects))
