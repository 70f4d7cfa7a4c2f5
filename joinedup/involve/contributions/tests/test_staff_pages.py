"""What staff pages say: truthfully, in words, and with the name in sight."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from joinedup.foundation.organisations.models import PartnerMembership
from joinedup.involve.contributions import access
from joinedup.involve.contributions.actions.answering import assign, receivers
from joinedup.involve.contributions.factories import BY_LETTER, BY_PHONE, given_to, sent
from joinedup.involve.contributions.tests.test_answering import written
from joinedup.involve.contributions.tests.test_entering import entry

pytestmark = pytest.mark.django_db
AT = "/workspace/contributions/"
DAY = datetime.timedelta(days=1)


def joined(organisation, *, earliest=None, latest=None, ended=None) -> None:
    today = timezone.localdate()
    PartnerMembership.objects.create(
        organisation=organisation,
        started_earliest=earliest,
        started_latest=latest or today - 400 * DAY,
        started_words="by then",
        started_source="a page",
        ended_earliest=ended,
        ended_latest=ended,
        ended_words="then" if ended else "",
        ended_source="a page" if ended else "",
    )


class TestWhoReceives:
    def test_partners_of_today_and_those_that_perhaps_are(self, barts, elft):
        today = timezone.localdate()
        joined(barts)
        joined(elft, earliest=today - 10 * DAY, latest=today + 10 * DAY)
        assert list(receivers()) == [barts, elft]

    def test_not_those_that_left(self, client_for, officer, barts, elft):
        joined(barts)
        joined(elft, ended=timezone.localdate() - 10 * DAY)
        assert list(receivers()) == [barts]
        row = sent().contribution
        page = client_for(officer).get(f"{AT}{row.reference}/assign/").content.decode()
        assert "East London NHS Foundation Trust" not in page
        with pytest.raises(ValidationError):
            assign(contribution=row, organisation=elft, by=officer)

    def test_all_while_no_partnership_is_recorded(self, barts, elft):
        assert list(receivers()) == [barts, elft]

    def test_the_filter_of_the_list_still_knows_those_that_left(self, client_for, officer, barts, elft):
        joined(barts)
        assert "East London NHS Foundation Trust" in client_for(officer).get(AT).content.decode()


class TestTheBar:
    def test_names_who_it_is_and_what_is_due(self, client_for, officer):
        row = sent(**BY_PHONE, name="Amina").contribution
        due = f"{row.answer_by_on:%d %B %Y}".lstrip("0")
        page = client_for(officer).get(f"{AT}{row.reference}/answer/").content.decode()
        bar = page[page.index("jo-case-bar__title") : page.index("<main")]
        assert f"{row.reference} · Amina · Received · answer by phone, due {due}" in bar

    def test_says_when_no_name_was_given_and_nothing_is_due(self, client_for, officer):
        row = sent().contribution
        written(row, officer)
        page = client_for(officer).get(f"{AT}{row.reference}/").content.decode()
        assert f"{row.reference} · no name given · Answered</p>" in page


class TestTheList:
    def test_shows_language_and_needs(self, client_for, officer):
        sent(language="bn", needs=("large-print",))
        page = client_for(officer).get(AT).content.decode()
        notes = page[page.index('class="jo-notes"') :]
        assert "Bengali" in notes[: notes.index("</ul>")]
        assert "<bdi>Large print</bdi>" in page

    def test_each_cell_has_a_label_for_small_screens(self, client_for, officer):
        sent()
        assert client_for(officer).get(AT).content.decode().count('class="jo-cell-label"') == 5


class TestErrorsInTitles:
    @pytest.mark.parametrize("step", ["assign", "answer", "add", "told"])
    def test_say_so_first(self, client_for, officer, step):
        row = sent(**BY_PHONE).contribution
        if step == "told":
            written(row, officer)
        page = client_for(officer).post(f"{AT}{row.reference}/{step}/", {"x": "x"}).content.decode()
        assert "<title>Error:" in page


def test_telling_before_there_is_an_answer_says_to_write_it_first(client_for, officer):
    row = sent(**BY_PHONE).contribution
    page = client_for(officer).get(f"{AT}{row.reference}/told/", follow=True).content.decode()
    assert "Write the answer first." in page
    assert "Nothing was changed" not in page


class TestTheLetter:
    def letter(self, client_for, officer, barts, **changes) -> str:
        row = given_to(barts, officer, **BY_LETTER, **changes)
        written(row, officer)
        return client_for(officer).get(f"{AT}{row.reference}/letter/").content.decode()

    def test_has_the_mark_the_hours_and_a_line_to_sign(self, client_for, officer, barts, settings):
        page = self.letter(client_for, officer, barts)
        head = page[page.index("jo-letter__head") : page.index("<address")]
        assert "jo-mark" in head
        assert settings.PARTNERSHIP["phone_hours"] in head
        assert f"Signed for {settings.PARTNERSHIP['name']}" in page

    def test_reminds_to_translate(self, client_for, officer, barts):
        page = self.letter(client_for, officer, barts, language="bn")
        tools = page[page.index("jo-letter__tools") : page.index("jo-letter__head")]
        assert re.search(r"They asked for [^<]*Bengali[^<]*: translate before you post\.", tools)

    def test_in_english_there_is_nothing_to_translate(self, client_for, officer, barts):
        assert "translate before you post" not in self.letter(client_for, officer, barts)


class TestEntering:
    def test_from_paper_the_slip_is_to_be_printed_and_posted(self, client_for, officer):
        form = entry(**BY_LETTER) | {"channel": "paper"}
        page = client_for(officer).post(f"{AT}enter/", form).content.decode()
        assert "Print this page and post it to them today" in page
        slip = page[page.index("jo-slip__sheet") : page.index("</section>")]
        for words in ('id="reference"', 'id="word"', "7 Elm Walk", "/have-your-say/your-reference/"):
            assert words in slip

    def test_from_a_call_they_are_read_out(self, client_for, officer):
        page = client_for(officer).post(f"{AT}enter/", entry()).content.decode()
        assert "Read these out" in page
        assert "post it to them" not in page

    def test_the_form_speaks_of_them_and_not_of_you(self, client_for, officer):
        page = client_for(officer).get(f"{AT}enter/").content.decode().lower()
        main = page[page.index('<form method="post" novalidate') : page.index("</main>")]
        assert " you " not in main
        assert " your " not in main
        assert "for me" not in main


class TestTakingBack:
    def test_the_page_for_residents_says_what_stays(self, client):
        token = access.token_for(sent().contribution)
        form = {"token": token, "open": "1"}
        page = client.post("/have-your-say/your-reference/withdraw/", form).content.decode()
        for words in ("who spoke", "the language", "the days", "feedback or an idea", "who dealt with it"):
            assert words in page

    def test_the_page_for_staff_says_what_stays(self, client_for, officer):
        receipt = sent(**BY_LETTER, speaker="carer", language="bn")
        page = client_for(officer).get(f"{AT}{receipt.contribution.reference}/withdraw/").content.decode()
        for words in ("who spoke", "the language", "the organisation", "the days", "feedback or idea"):
            assert words in page
