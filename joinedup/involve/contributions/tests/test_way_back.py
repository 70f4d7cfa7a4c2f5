"""From a contribution back to the list as it was filtered, and on to the next in it."""

import re

import pytest

from joinedup.involve.contributions.factories import sent
from joinedup.involve.contributions.tests.test_answering import written

pytestmark = pytest.mark.django_db
URL = "/workspace/contributions/"


def back_link(page: str) -> str:
    return re.search(r'<p class="jo-listed"><a href="([^"]*)"', page).group(1).replace("&amp;", "&")


def test_the_list_hands_on_its_filter_and_the_page_leads_back_to_it(client_for, officer):
    row = sent(kind="idea").contribution
    client = client_for(officer)
    page = client.get(URL, {"kind": "idea", "q": "lift"}).content.decode()
    href = re.search(rf'href="({URL}{row.reference}/[^"]*)"', page).group(1)
    assert back_link(client.get(href).content.decode()) == f"{URL}?q=lift&kind=idea"


@pytest.mark.parametrize(
    "back",
    ["https://evil.example", "//evil.example", "javascript:alert(1)", "next=https://evil.example", "x" * 5000,
     "&".join(f"a{n}=1" for n in range(280)), "\\\\evil.example", "\x00"],
)  # fmt: skip
def test_nothing_but_a_filter_of_our_own_list_is_ever_led_to(client_for, officer, back):
    row = sent().contribution
    page = client_for(officer).get(f"{URL}{row.reference}/", {"back": back}).content.decode()
    assert back_link(page) == URL
    assert "evil" not in page


def test_it_is_carried_through_the_steps(client_for, officer):
    row = sent().contribution
    client = client_for(officer)
    at = f"{URL}{row.reference}/"
    response = client.post(f"{at}start/?back=kind%3Dfeedback")
    assert response.headers["Location"] == f"{at}?back=kind%3Dfeedback"


def test_after_an_answer_the_next_in_the_list_is_offered(client_for, officer):
    first, second, third = (sent(words=f"Number {n}").contribution for n in range(3))
    written(second, officer)
    page = client_for(officer).get(f"{URL}{second.reference}/", {"back": ""}).content.decode()
    assert f'href="{URL}{third.reference}/?back=">Next in this list' in page
    assert first.reference not in page


def test_behind_the_last_the_first_is_next(client_for, officer):
    first, last = (sent(words=f"Number {n}").contribution for n in range(2))
    written(last, officer)
    page = client_for(officer).get(f"{URL}{last.reference}/", {"back": ""}).content.decode()
    assert f"{URL}{first.reference}/?back=" in page


def test_in_a_list_with_the_latest_on_top_the_next_is_older(client_for, officer):
    first, second, third = (sent(words=f"Number {n}").contribution for n in range(3))
    written(second, officer)
    page = client_for(officer).get(f"{URL}{second.reference}/", {"back": "state=all"}).content.decode()
    assert first.reference in page
    assert third.reference not in page


def test_whoever_came_otherwise_is_offered_no_next(client_for, officer):
    row, _other = sent().contribution, sent(words="Other")
    written(row, officer)
    assert "Next in this list" not in client_for(officer).get(f"{URL}{row.reference}/").content.decode()
