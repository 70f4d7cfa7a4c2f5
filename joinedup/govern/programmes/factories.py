"""Rows that tests begin from, saved as they stand."""

import datetime
from typing import Any

from django.utils import timezone

from joinedup.govern.programmes.models import (
    Disagreement,
    Milestone,
    PartnerRole,
    Programme,
    Project,
    Result,
    Source,
)
from joinedup.govern.programmes.models.shapes import Status


def a_source(**fields: Any) -> Source:
    """A dated page of some publisher."""
    number = Source.objects.count() + 1
    said: dict[str, Any] = {
        "key": f"source-{number}",
        "title": f"Page {number}",
        "publisher": "The Canal Trust",
        "url": f"https://example.org/{number}/",
        "published_on": datetime.date(2018, 2, 1),
        "published_precision": "month",
        "retrieved_on": datetime.date(2026, 11, 1),
    }
    return Source.objects.create(**(said | fields))


def a_programme(**fields: Any) -> Programme:
    """A public programme that ended."""
    number = Programme.objects.count() + 1
    said: dict[str, Any] = {
        "name": f"Canal programme {number}",
        "slug": f"canal-{number}",
        "purpose": "Walks by the water for everyone.",
        "status": Status.ENDED,
        "is_public": True,
    }
    return Programme.objects.create(**(said | fields))


def a_project(programme: Programme | None = None, **fields: Any) -> Project:
    """A public project of a public programme."""
    parent = programme or a_programme()
    number = Project.objects.count() + 1
    said: dict[str, Any] = {
        "name": f"Towpath {number}",
        "slug": f"towpath-{number}",
        "place": Project.Place.PART,
        "purpose": "A lamp on every bridge.",
        "status": Status.NOT_SEEN,
        "is_public": True,
    }
    return Project.objects.create(programme=parent, **(said | fields))


def result_fields(**fields: Any) -> dict[str, Any]:
    """What a result needs besides what it is about; it is not saved."""
    said: dict[str, Any] = {
        "statement": f"More people walk by the water, {Result.objects.count() + 1}.",
        "basis": Result.Basis.CLAIMED,
        "by_whom": "The Canal Trust",
        "source": fields.pop("source", None) or a_source(),
    }
    return said | fields


def a_result(**fields: Any) -> Result:
    """A claimed result of a public programme."""
    if not {"programme", "project"} & fields.keys():
        fields["programme"] = a_programme()
    return Result.objects.create(**result_fields(**fields))


def a_disagreement(**fields: Any) -> Disagreement:
    """Two sources that give different numbers."""
    if not {"programme", "project"} & fields.keys():
        fields["programme"] = a_programme()
    said: dict[str, Any] = {
        "question": f"How many lamps, {Disagreement.objects.count() + 1}?",
        "first_says": "Eight lamps.",
        "second_says": "Ten lamps.",
    }
    said["first_source"] = fields.pop("first_source", None) or a_source()
    if "second_source" not in fields and fields.get("second_says", "Ten lamps."):
        said["second_source"] = a_source()
    return Disagreement.objects.create(**(said | fields))


def a_partner(**fields: Any) -> PartnerRole:
    """A partner by name."""
    if not {"programme", "project"} & fields.keys():
        fields["programme"] = a_programme()
    said: dict[str, Any] = {"role": "paid for it"}
    if "organisation" not in fields:
        said["name"] = f"Canal trust {PartnerRole.objects.count() + 1}"
    return PartnerRole.objects.create(**(said | fields))


def a_milestone(**fields: Any) -> Milestone:
    """A milestone of a public project that is still to come."""
    if not {"programme", "project"} & fields.keys():
        fields["project"] = a_project()
    said: dict[str, Any] = {
        "name": f"The first lamp is lit, {Milestone.objects.count() + 1}",
        "due_on": timezone.localdate() + datetime.timedelta(days=30),
    }
    return Milestone.objects.create(**(said | fields))
