"""Keeping what is suggested and what a person decides."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection.actions import erase, export
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.foundation.thread.models import Link
from joinedup.involve.contributions.actions.speaking import add_words, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, sent
from joinedup.involve.sorting.actions import Hint, decide, decide_together, keep_hints, themes_of
from joinedup.involve.sorting.models import Sorting, Suggestion

pytestmark = pytest.mark.django_db


def said(**changes):
    return sent(**changes).contribution


class TestSuggestions:
    def test_a_label_leads_to_its_theme(self, hinted, theme):
        assert hinted(said()).suggestion.theme == theme

    def test_a_label_without_a_theme_is_kept_as_it_is(self, hinted):
        row = hinted(said(), label="Smoking").suggestion
        assert (row.label, row.theme) == ("Smoking", None)

    def test_the_newest_takes_the_place_of_the_one_before(self, hinted):
        one = said()
        hinted(one)
        hinted(one, label="Smoking")
        assert Suggestion.objects.get().label == "Smoking"

    def test_made_from_older_words_it_is_left_out(self, hinted):
        one = said()
        heard_at = one.last_heard_at
        add_words(contribution=one, text="He hits me.", once="x" * 30)
        hinted(one, heard_at=heard_at)
        assert not Suggestion.objects.exists()

    def test_made_of_what_was_taken_back_it_is_left_out(self, hinted):
        one = said()
        withdraw(contribution=one)
        hinted(one)
        assert not Suggestion.objects.exists()

    def test_a_tone_nobody_knows_is_none(self, hinted):
        assert hinted(said(), tone="furious").suggestion.tone == ""

    @pytest.mark.parametrize("wrong", [{"confidence": 1.5}, {"confidence": -0.1}, {"likeness": 2}])
    def test_a_share_is_between_nothing_and_all(self, wrong, hinted):
        with pytest.raises(IntegrityError), transaction.atomic():
            hinted(said(), **wrong)

    def test_it_goes_with_what_is_taken_back(self, hinted):
        one = hinted(said(), because=("cold", "soup"))
        withdraw(contribution=one)
        assert not Suggestion.objects.exists()

    def test_it_goes_with_an_erasure(self, hinted):
        hinted(said(**BY_EMAIL))
        erase(who="amina@example.org", by=System("tests"))
        assert not Suggestion.objects.exists()

    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer"])
    def test_nobody_else_keeps_any(self, who, request):
        one = said()
        with pytest.raises(PermissionRefused):
            keep_hints(hints=[Hint(one.pk, one.last_heard_at)], sorter="x", by=request.getfixturevalue(who))


class TestDeciding:
    def test_it_counts_under_the_theme_from_the_day_it_was_said(self, officer, theme):
        one = said()
        decide(contribution=one, theme=theme, by=officer)
        link = Link.objects.get()
        assert (link.end, link.on) == (theme.end, one.received_at.date())

    def test_it_counts_as_read(self, officer, theme):
        one = said()
        decide(contribution=one, theme=theme, by=officer)
        one.refresh_from_db()
        assert one.state == "in-progress"

    def test_to_agree_with_the_sorter_is_kept(self, officer, theme, hinted):
        row = decide(contribution=hinted(said()), theme=theme, tone="negative", by=officer)
        assert (row.agreed, row.suggested_theme, row.suggested_tone, row.sorter) == (
            True,
            theme,
            "negative",
            "test-1",
        )

    def test_so_is_a_correction(self, officer, other_theme, hinted):
        decide(contribution=hinted(said()), theme=other_theme, by=officer)
        assert Sorting.objects.corrections().count() == 1

    def test_that_it_is_none_of_our_themes_is_one_too(self, officer, hinted):
        assert decide(contribution=hinted(said()), theme=None, by=officer).agreed is False

    def test_where_nothing_was_suggested_there_is_nothing_to_agree_with(self, officer, theme):
        assert decide(contribution=said(), theme=theme, by=officer).agreed is None

    def test_decisions_are_only_added(self, officer, theme, other_theme):
        one = said()
        decide(contribution=one, theme=theme, by=officer)
        decide(contribution=one, theme=other_theme, by=officer)
        themes = [row.theme for row in Sorting.objects.newest_first()]
        assert themes == [other_theme, theme]

    def test_the_last_one_says_where_it_counts(self, officer, theme, other_theme):
        one = said()
        decide(contribution=one, theme=theme, by=officer)
        decide(contribution=one, theme=other_theme, by=officer)
        assert themes_of(one) == [other_theme]

    def test_back_and_forth_it_counts_once(self, officer, theme, other_theme):
        one = said()
        for each in (theme, other_theme, theme, theme):
            decide(contribution=one, theme=each, by=officer)
        assert themes_of(one) == [theme]
        assert Link.objects.standing().count() == 1

    def test_what_was_taken_back_is_not_sorted(self, officer, theme):
        one = said()
        withdraw(contribution=one)
        with pytest.raises(ValidationError, match="took this back"):
            decide(contribution=one, theme=theme, by=officer)

    def test_a_tone_nobody_knows_is_refused(self, officer, theme):
        with pytest.raises(ValidationError):
            decide(contribution=said(), theme=theme, tone="furious", by=officer)

    def test_several_at_once_keep_what_is_known_of_each(self, officer, theme, hinted):
        plain, urgent = hinted(said(), tone="positive"), said()
        decide(contribution=urgent, theme=None, tone="negative", is_urgent=True, by=officer)
        decide_together(contributions=[plain, urgent], theme=theme, by=officer)
        last = {row.contribution_id: (row.tone, row.is_urgent) for row in Sorting.objects.order_by("pk")}
        assert last == {plain.pk: ("positive", False), urgent.pk: ("negative", True)}

    def test_all_of_several_or_none(self, officer, theme):
        one, gone = said(), said()
        withdraw(contribution=gone)
        with pytest.raises(ValidationError):
            decide_together(contributions=[one, gone], theme=theme, by=officer)
        assert not Sorting.objects.exists()

    @pytest.mark.parametrize("who", ["partner", "other_partner", "stranger", "privacy_officer", "editor"])
    def test_nobody_else_decides(self, who, theme, request):
        with pytest.raises(PermissionRefused):
            decide(contribution=said(), theme=theme, by=request.getfixturevalue(who))

    def test_it_is_on_record_without_a_word_of_what_was_said(self, officer, theme):
        decide(contribution=said(), theme=theme, is_urgent=True, by=officer)
        event = AuditEvent.objects.get(verb="involve_sorting.decide")
        assert event.details == {"theme": theme.pk, "urgent": True, "agreed": None}


def test_the_person_is_told_what_we_took_it_to_be_about(officer, theme, hinted):
    decide(contribution=hinted(said(**BY_EMAIL)), theme=theme, is_urgent=True, by=officer)
    held = export(who="amina@example.org", by=System("tests"))["held"]
    entries = next(each["entries"] for each in held if "took your words to be about" in each["what"])
    assert [entries[0]["suggested by a program"], entries[1]["decided by a person"]] == ["Food", "Food"]
    assert entries[1]["marked as urgent"] is True


class TestNewWords:
    """What came in while someone read is read before it counts as read."""

    def test_are_not_sorted_unread(self, theme, officer):
        one = said()
        read_at = one.last_heard_at
        add_words(contribution=one, text="He hits me.", once="x" * 30)
        with pytest.raises(ValidationError) as fault:
            decide(contribution=one, theme=theme, heard_at=read_at, by=officer)
        assert fault.value.code == "heard"
        assert not Sorting.objects.exists()

    def test_of_one_stop_all_that_were_chosen_with_it(self, theme, officer):
        one, other = said(), said()
        read = {each.reference: each.last_heard_at for each in (one, other)}
        add_words(contribution=other, text="He hits me.", once="x" * 30)
        with pytest.raises(ValidationError):
            decide_together(contributions=[one, other], theme=theme, heard=read, by=officer)

    def test_stand_on_the_page_that_asks_to_read_them(self, theme, officer, client_for):
        one, client = said(), client_for(officer)
        path = f"/workspace/triage/{one.reference}/"
        heard = f"{one.reference} {one.last_heard_at.isoformat()}"
        assert f'name="heard" value="{heard}"' in client.get(path).content.decode()
        add_words(contribution=one, text="He hits me.", once="x" * 30)
        page = client.post(path, {"theme": theme.pk, "tone": "", "heard": heard}).content.decode()
        assert "has new words since you opened this page" in page
        assert "He hits me." in page
        again = client.post(path, {"theme": theme.pk, "tone": "", "heard": _heard_in(page)})
        assert again.status_code == 302

    def test_in_the_queue_too(self, theme, officer, client_for):
        one, client = said(), client_for(officer)
        form = {"theme": theme.pk, "step": "theme", "chosen": one.reference}
        heard = _heard_in(client.get("/workspace/triage/").content.decode())
        add_words(contribution=one, text="He hits me.", once="x" * 30)
        page = client.post("/workspace/triage/", {**form, "heard": heard}).content.decode()
        assert "has new words since you opened this page" in page
        assert not Sorting.objects.exists()


def _heard_in(page: str) -> str:
    return re.findall(r'name="heard" value="([^"]+)"', page)[0].replace("&#x27;", "'")
