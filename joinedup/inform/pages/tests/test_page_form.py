"""The address of a page, made from its title when nobody wrote one."""

from typing import Any

from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pages.tests.desk import edit


def add(client: Client, home: HomePage, title: str, slug: str = "") -> Any:
    """A new page, saved as a draft; the script of the editor has not run."""
    fields = {"title": title, "slug": slug, "lead": "", "drawing": "", "body": streamfield([])}
    counts = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    address = f"/editor/pages/add/inform_pages/contentpage/{home.pk}/"
    return client.post(address, {**nested_form_data(fields), **counts})


def test_it_is_made_from_the_title(home: HomePage, writer: Client) -> None:
    assert add(writer, home, "Bow: a new clinic").status_code == 302
    assert ContentPage.objects.get(title="Bow: a new clinic").slug == "bow-a-new-clinic"


def test_the_second_of_the_same_title_gets_a_number(home: HomePage, writer: Client) -> None:
    add(writer, home, "Clinic")
    assert add(writer, home, "Clinic").status_code == 302
    assert list(ContentPage.objects.filter(title="Clinic").values_list("slug", flat=True).order_by("pk")) == [
        "clinic",
        "clinic-2",
    ]


def test_one_that_is_emptied_is_made_anew(home: HomePage, writer: Client) -> None:
    add(writer, home, "Clinic", slug="walk-in")
    page = ContentPage.objects.get(title="Clinic")
    assert edit(writer, page, slug="").status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().slug == "clinic"


def test_what_somebody_wrote_stays(home: HomePage, writer: Client) -> None:
    add(writer, home, "Clinic", slug="walk-in")
    assert ContentPage.objects.get(title="Clinic").slug == "walk-in"


def test_a_title_of_signs_only_is_told_so(home: HomePage, writer: Client) -> None:
    answer = add(writer, home, "???")
    assert answer.context["form"].errors["slug"] == ["Write an address: none can be made from the title."]


def test_without_a_title_the_title_is_asked_for(home: HomePage, writer: Client) -> None:
    assert "title" in add(writer, home, "").context["form"].errors
