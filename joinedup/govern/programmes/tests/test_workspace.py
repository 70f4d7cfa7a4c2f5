"""Where editors keep programmes: forms with guidance, nothing lost, and the second editor told."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.govern.programmes.factories import (
    a_disagreement,
    a_partner,
    a_programme,
    a_project,
    a_result,
    a_source,
)
from joinedup.govern.programmes.models import Disagreement, PartnerRole, Programme, Project, Result, Source

pytestmark = pytest.mark.django_db
HOME = "/workspace/programmes/"


@pytest.fixture
def client(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def filled(html: str) -> dict[str, str]:
    """What a browser would send if someone pressed the button at once."""
    form = html[html.rindex('<form method="post"') :]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        box = attributes.get("type") in ("radio", "checkbox")
        if "name" in attributes and (not box or " checked" in tag):
            sent[attributes["name"]] = attributes.get("value", "on" if box else "")
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = chosen.group(1) if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = text.removeprefix("\n").removeprefix("\r\n")
    return sent


def send(client: Client, path: str, **fields: Any) -> Any:
    return client.post(path, filled(page(client, path)) | fields)


PROGRAMME = {"name": "Lamp programme", "purpose": "Light for all.", "status": "ended"}


def test_a_programme_is_added_with_dates_as_known(client: Client) -> None:
    a_source(key="audit")
    answer = send(
        client, HOME + "add/", **PROGRAMME, story="It was dark. [audit]", began_on_year="2015",
        began_on_month="3", ended_on_day="31", ended_on_month="3", ended_on_year="2018",
    )  # fmt: skip
    row = Programme.objects.get()
    assert answer.headers["Location"] == f"{HOME}{row.pk}/"
    assert row.dates == "March 2015 to 31 March 2018"
    assert (row.slug, row.is_public) == ("lamp-programme", False)


@pytest.mark.parametrize(
    ("boxes", "told"),
    [
        ({"began_on_day": "3", "began_on_year": "2015"}, "A day needs its month"),
        ({"began_on_month": "3"}, "A day needs its month, and a month its year"),
        ({"began_on_year": "MMXV"}, "Enter figures that make a real date"),
        ({"began_on_day": "31", "began_on_month": "2", "began_on_year": "2015"}, "real date"),
        ({"began_on_year": "15"}, "Enter a year between 1900"),
        ({"began_on_year": "9" * 400}, "Enter"),
        ({"began_on_year": "2018", "ended_on_year": "2015"}, "It cannot end before it begins."),
        ({"status": "running", "ended_on_year": "2015"}, "It has an end"),
        ({"story": "So. [nowhere]"}, "There is no source called nowhere."),
        ({"name": ""}, "Please answer: Name"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(client: Client, boxes: dict[str, str], told: str) -> None:
    answer = send(client, HOME + "add/", **(PROGRAMME | {"legacy": "What I wrote."} | boxes))
    html = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert told in html
    assert "What I wrote." in html
    for name, value in boxes.items():
        assert f'value="{value}"' in html or f">{value}" in html or value in html, name
    assert not Programme.objects.exists()


def test_every_field_has_guidance_or_speaks_for_itself(client: Client) -> None:
    programme, project = a_programme(), a_project()
    paths = [
        HOME + "add/",
        f"{HOME}{programme.pk}/add-project/",
        HOME + "sources/add/",
        f"{HOME}projects/{project.pk}/add/result/",
        f"{HOME}{programme.pk}/add/disagreement/",
    ]
    for path in paths:
        html = page(client, path)
        assert html.count("nhsuk-hint") >= 6, path


def test_a_project_a_result_a_disagreement_and_a_partner_are_added(client: Client) -> None:
    programme, source = a_programme(), a_source()
    send(
        client, f"{HOME}{programme.pk}/add-project/", name="Bridge", purpose="A lamp.", place="part",
        status="running", is_public="on",
    )  # fmt: skip
    project = Project.objects.get()
    assert project.programme == programme
    send(
        client, f"{HOME}projects/{project.pk}/add/result/", statement="Lit.", basis="measured",
        by_whom="Dr Lock", source=str(source.pk),
    )  # fmt: skip
    assert Result.objects.get().compared_with == "Nothing stated"
    send(
        client, f"{HOME}projects/{project.pk}/add/disagreement/", question="How many?", first_says="Eight.",
        first_source=str(source.pk), part="449", whole="652", result=str(Result.objects.get().pk),
    )  # fmt: skip
    row = Disagreement.objects.get()
    assert row.working is not None
    assert row.working.nearest == "68.9%"
    send(client, f"{HOME}{programme.pk}/add/partner/", name="Canal University")
    assert PartnerRole.objects.get().programme == programme
    html = page(client, f"{HOME}projects/{project.pk}/")
    assert "Lit." in html
    assert "How many?" in html


def test_a_measured_result_must_name_who_measured(client: Client) -> None:
    path = f"{HOME}{a_programme().pk}/add/result/"
    answer = send(
        client, path, statement="Lit.", basis="measured", by_whom="Not stated", source=str(a_source().pk)
    )
    assert "Say who measured it. If nobody is named, it is claimed." in answer.content.decode()
    assert not Result.objects.exists()


def test_a_disagreement_offers_only_results_of_its_own_page(client: Client) -> None:
    project = a_project()
    a_result(project=project, statement="Mine here")
    a_result(statement="Elsewhere")
    html = page(client, f"{HOME}projects/{project.pk}/add/disagreement/")
    assert "Mine here" in html
    assert "Elsewhere" not in html


@pytest.mark.parametrize("make", [a_programme, a_project, a_source, a_result, a_disagreement, a_partner])
def test_what_is_saved_unchanged_stays_as_it_was(client: Client, make: Any) -> None:
    row = make()
    paths = {
        Programme: f"{HOME}{row.pk}/change/",
        Project: f"{HOME}projects/{row.pk}/change/",
        Source: f"{HOME}sources/{row.pk}/change/",
        Result: f"{HOME}parts/result/{row.pk}/",
        Disagreement: f"{HOME}parts/disagreement/{row.pk}/",
        PartnerRole: f"{HOME}parts/partner/{row.pk}/",
    }
    before = {f.name: getattr(row, f.attname) for f in row._meta.fields if f.name != "version"}
    answer = send(client, paths[type(row)])
    assert answer.status_code == 302
    row.refresh_from_db()
    assert {f.name: getattr(row, f.attname) for f in row._meta.fields if f.name != "version"} == before
    assert row.version == 2


def test_the_second_of_two_editors_sees_both_and_loses_nothing(client: Client) -> None:
    row = a_result(statement="As it was.")
    path = f"{HOME}parts/result/{row.pk}/"
    mine = filled(page(client, path)) | {"statement": "What I wrote.", "caveat": "My caveat."}
    send(client, path, statement="What they wrote.")
    html = unescape(client.post(path, mine).content.decode())
    assert "Someone else changed this while you were writing." in html
    assert "What it says now" in html
    assert "What they wrote." in html
    assert "What I wrote." in html
    assert "My caveat." in html
    row.refresh_from_db()
    assert row.statement == "What they wrote."
    answer = client.post(path, filled(html) | {"statement": "Both together."})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.statement, row.caveat) == ("Both together.", "My caveat.")


def test_taking_away_asks_first_and_minds_the_version(client: Client) -> None:
    row = a_result(statement="Wrong one")
    path = f"{HOME}parts/result/{row.pk}/remove/"
    old = filled(page(client, path))
    assert "Wrong one" in page(client, path)
    send(client, f"{HOME}parts/result/{row.pk}/", statement="Right one")
    answer = client.post(path, old)
    assert "Someone else changed this" in unescape(answer.content.decode())
    assert Result.objects.exists()
    assert send(client, path).status_code == 302
    assert not Result.objects.exists()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("part", ["programme", "user", "x"])
def test_nothing_else_is_reached_through_the_word_in_the_address(client: Client, part: str) -> None:
    programme = a_programme()
    for path in (f"parts/{part}/{programme.pk}/", f"{programme.pk}/add/{part}/"):
        assert client.get(HOME + path).status_code == 404


def test_the_lists_show_what_is_public_and_what_rests_on_a_source(client: Client) -> None:
    a_programme(name="Open one")
    a_programme(name="Plan", is_public=False)
    a_result(source=a_source(title="A report"))
    html = page(client, HOME)
    assert "Everyone" in html
    assert "Editors only" in html
    assert "A report" in page(client, HOME + "sources/")


@pytest.mark.parametrize("who", ["stranger", "officer", "partner", "administrator"])
def test_others_are_refused(who: str, request: Any, client_for: Callable[[User], Client]) -> None:
    row = a_result()
    other = client_for(request.getfixturevalue(who))
    for path in ("", f"{row.programme_id}/", f"parts/result/{row.pk}/", f"parts/result/{row.pk}/remove/"):
        assert other.get(HOME + path).status_code == 403
        assert other.post(HOME + path).status_code == 403
    assert Result.objects.exists()


def test_the_same_result_is_not_added_twice(client: Client) -> None:
    path, source = f"{HOME}{a_programme().pk}/add/result/", a_source()
    said = {"statement": "Lit.", "basis": "claimed", "by_whom": "Us", "source": str(source.pk)}
    assert send(client, path, **said).status_code == 302
    again = send(client, path, **said)
    assert "It is already here." in again.content.decode()
    assert Result.objects.count() == 1
