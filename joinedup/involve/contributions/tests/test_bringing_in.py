"""A file of what people said comes in: all good rows at once, none twice, nothing half-written."""

import datetime
import secrets
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection.plugs import holders
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.foundation.thread.actions.telling import reach_of
from joinedup.foundation.thread.plugs import Form
from joinedup.involve.contributions import access, comments_file, secret_words
from joinedup.involve.contributions.actions import bringing_in, forgetting, speaking
from joinedup.involve.contributions.actions.bringing_in import Origin, bring_in
from joinedup.involve.contributions.factories import sent
from joinedup.involve.contributions.models import Batch, BatchRow, Collection, Contribution, Words
from joinedup.involve.contributions.working_days import working_days_after

pytestmark = pytest.mark.django_db
KIND = "involve_contributions.contribution"
NAME = "Comment cards, Whitechapel library"
HEAD = "key,said_on,kind,speaker,place,words"
CARDS = ("1,,,,,The lift is broken.", "2,,idea,carer,Mile End,More benches.", "3,,,,,Thank you.")


def of(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def brought(
    content: bytes, by: object, organisation: Organisation, *, name: str = NAME, once: str = ""
) -> Batch:
    return bring_in(
        origin=Origin(name, organisation, Batch.Way.PAPER),
        read=comments_file.read(content, today=timezone.localdate()),
        content=content,
        once=once or secrets.token_urlsafe(),
        were_told=True,
        by=by,  # type: ignore[arg-type]
    )


def counts(batch: Batch) -> tuple[int, int, int]:
    return batch.added, batch.known, batch.refused


def said() -> list[str]:
    return sorted(Words.objects.values_list("text", flat=True))


def test_each_good_row_becomes_a_contribution_that_waits(officer: User, barts: Organisation) -> None:
    batch = brought(of(*CARDS), officer, barts)
    assert counts(batch) == (3, 0, 0)
    assert said() == ["More benches.", "Thank you.", "The lift is broken."]
    second = Contribution.objects.get(brought_in__key="2")
    assert (second.kind, second.speaker, second.service_or_place) == ("idea", "carer", "Mile End")
    assert (second.state, second.channel, second.entered_by) == ("received", "paper", officer)
    assert (second.reply_by, second.organisation, second.may_publish) == ("none", None, False)
    assert (second.brought_in.line, second.brought_in.batch) == (3, batch)


def test_the_promised_days_count_from_today_and_the_words_from_the_day_they_were_said(
    officer: User, barts: Organisation
) -> None:
    day = timezone.localdate() - datetime.timedelta(days=100)
    brought(of(f"1,{day},,,,Long ago."), officer, barts)
    contribution = Contribution.objects.get()
    assert contribution.read_by_on == working_days_after(timezone.localdate(), 3)
    assert not contribution.is_late(timezone.localdate())
    assert timezone.localdate(Words.objects.get().said_at) == day == contribution.brought_in.said_on


def test_nobody_holds_a_word_until_staff_give_one(officer: User, barts: Organisation) -> None:
    brought(of(CARDS[0]), officer, barts)
    contribution = Contribution.objects.get()
    assert contribution.word_digest == secret_words.NOBODY
    for guess in ("", "0", "anything"):
        assert access.by_reference_and_word(contribution.reference, guess) is None
    receipt = speaking.give_new_word(contribution=contribution, once="k" * 43, by=officer)
    assert access.by_reference_and_word(contribution.reference, receipt.word) == contribution


def test_the_record_holds_one_event_for_the_file_and_one_for_each_card(
    officer: User, barts: Organisation
) -> None:
    batch = brought(of(*CARDS, "4,,,,", "5,,,,,"), officer, barts)
    event = AuditEvent.objects.get(verb="involve_contributions.bring_in")
    assert (event.actor_id, event.subject_id) == (str(officer.pk), str(batch.pk))
    assert event.details == {"collection": batch.collection_id, "added": 3, "known": 0, "refused": 2}
    each = AuditEvent.objects.filter(verb="involve_contributions.write_down")
    assert set(each.values_list("subject_id", flat=True)) == {
        str(row.pk) for row in Contribution.objects.all()
    }


def test_the_same_file_again_brings_nothing_new(officer: User, barts: Organisation) -> None:
    content = of(*CARDS, ",2026-11-01,,,,No key.")
    brought(content, officer, barts)
    before = said()
    assert counts(brought(content, officer, barts, name=f"  {NAME.upper()} ")) == (0, 4, 0)
    assert (said(), Collection.objects.count(), Batch.objects.count()) == (before, 1, 2)


def test_the_same_form_twice_is_one_batch(officer: User, barts: Organisation) -> None:
    first = brought(of(*CARDS), officer, barts, once="k" * 43)
    assert brought(of(*CARDS), officer, barts, once="k" * 43) == first
    assert (Batch.objects.count(), Contribution.objects.count()) == (1, 3)


def test_more_cards_under_the_same_name_bring_only_what_is_new(officer: User, barts: Organisation) -> None:
    brought(of(*CARDS), officer, barts)
    assert counts(brought(of("4,,,,,New.", *CARDS), officer, barts)) == (1, 3, 0)


def test_a_key_that_is_here_with_other_words_is_not_taken_and_nothing_changes(
    officer: User, barts: Organisation
) -> None:
    brought(of(*CARDS), officer, barts)
    batch = brought(of("1,,,,,Other words."), officer, barts)
    assert counts(batch) == (0, 0, 1)
    [[line, column, problem, key]] = batch.faults
    assert (line, column, key) == (2, "key", "1")
    assert "is here already, with other words" in problem
    assert "Other words." not in said()


def test_the_same_words_of_two_collections_are_of_two_people(officer: User, barts: Organisation) -> None:
    brought(of(CARDS[0]), officer, barts)
    assert counts(brought(of(CARDS[0], ""), officer, barts, name="Another library")) == (1, 0, 0)


def test_the_same_file_under_another_name_is_pointed_out(
    officer: User, barts: Organisation, elft: Organisation
) -> None:
    brought(of(*CARDS), officer, barts)
    for name, organisation in (("Another", barts), (NAME, elft)):
        with pytest.raises(ValidationError, match="under another name"):
            brought(of(*CARDS), officer, organisation, name=name)
    assert (Contribution.objects.count(), Collection.objects.count()) == (3, 1)


def test_after_a_change_of_the_secret_key_rows_are_known_still(
    officer: User, barts: Organisation, settings: Any
) -> None:
    content = of(",,,,,No key.", CARDS[0])
    brought(content, officer, barts)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert counts(brought(content, officer, barts)) == (0, 2, 0)


def test_what_was_taken_back_does_not_come_back_with_the_file(officer: User, barts: Organisation) -> None:
    content = of(CARDS[0], ",,,,,No key.")
    brought(content, officer, barts)
    for contribution in Contribution.objects.all():
        speaking.withdraw(contribution=contribution, by=officer)
    assert counts(brought(content, officer, barts)) == (0, 2, 0)
    assert said() == ["", ""]


@pytest.mark.parametrize("where", ["Words.objects.bulk_create", "BatchRow.objects.bulk_create", "record"])
def test_killed_half_way_nothing_is_there_and_run_again_it_is_the_same(
    officer: User, barts: Organisation, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def killed(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    targets = {
        "Words.objects.bulk_create": (Words.objects, "bulk_create"),
        "BatchRow.objects.bulk_create": (BatchRow.objects, "bulk_create"),
        "record": (bringing_in, "record"),
    }
    with monkeypatch.context() as patch:
        patch.setattr(*targets[where], killed)
        with pytest.raises(KeyboardInterrupt):
            brought(of(*CARDS), officer, barts, once="k" * 43)
    for model in (Contribution, Words, Batch, BatchRow, Collection, AuditEvent):
        assert not model.objects.exists(), model  # type: ignore[attr-defined]
    assert counts(brought(of(*CARDS), officer, barts, once="k" * 43)) == (3, 0, 0)


def test_the_database_takes_no_card_twice(officer: User, barts: Organisation) -> None:
    batch = brought(of(CARDS[0], ",,,,,No key."), officer, barts)
    other = sent().contribution
    for row in batch.rows.all():
        again = BatchRow(
            contribution=other,
            collection=row.collection,
            batch=batch,
            line=99,
            key=row.key,
            said_digest=row.said_digest,
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


def test_the_database_takes_no_file_of_people_who_were_not_told(officer: User, barts: Organisation) -> None:
    batch = brought(of(*CARDS), officer, barts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(were_told=False)


def test_it_is_refused_where_people_were_not_told(officer: User, barts: Organisation) -> None:
    with pytest.raises(ValidationError, match="Tell people first"):
        bring_in(
            origin=Origin(NAME, barts, Batch.Way.PAPER),
            read=comments_file.Read(),
            content=b"",
            once="k" * 43,
            were_told=False,
            by=officer,
        )


def test_nobody_without_the_permission_brings_anything_in(
    stranger: User, editor: User, privacy_officer: User, other_partner: User, barts: Organisation
) -> None:
    for person in (stranger, editor, privacy_officer, other_partner, VISITOR):
        with pytest.raises(PermissionRefused):
            brought(of(*CARDS), person, barts)
    assert not Collection.objects.exists()


def test_partner_staff_bring_in_for_their_own_organisation_and_see_it(
    partner: User, other_partner: User, stranger: User, barts: Organisation
) -> None:
    batch = brought(of(*CARDS), partner, barts)
    assert set(Contribution.objects.values_list("organisation", flat=True)) == {barts.pk}
    assert list(Batch.objects.for_user(partner)) == [batch]
    assert not Batch.objects.for_user(other_partner).exists()
    assert not Batch.objects.for_user(stranger).exists()
    assert not Batch.objects.for_user(VISITOR).exists()


def test_people_in_a_file_cannot_be_reached_until_they_have_a_word(
    officer: User, barts: Organisation
) -> None:
    brought(of(CARDS[0]), officer, barts)
    contribution, by_web = Contribution.objects.get(), sent().contribution
    ends = [(KIND, contribution.pk), (KIND, by_web.pk)]
    assert [reach_of(ends)[end].form for end in ends] == [Form.NOBODY, Form.REFERENCE]
    speaking.give_new_word(contribution=contribution, once="k" * 43, by=officer)
    assert reach_of(ends)[ends[0]].form == Form.REFERENCE


def test_what_was_wrong_is_forgotten_after_90_days_and_the_counts_stay(
    officer: User, barts: Organisation
) -> None:
    batch = brought(of(CARDS[0], "2,,,,,"), officer, barts)
    now = timezone.now()
    assert forgetting.forget_faults(by=System("retention"), now=now + datetime.timedelta(days=89)) == 0
    assert forgetting.forget_faults(by=System("retention"), now=now + datetime.timedelta(days=91)) == 1
    batch.refresh_from_db()
    assert (batch.faults, batch.refused) == ([], 1)
    with pytest.raises(PermissionRefused):
        forgetting.forget_faults(by=officer)


def test_whoever_asks_what_we_keep_is_told_of_the_file(officer: User, barts: Organisation) -> None:
    brought(of(CARDS[0]), officer, barts)
    reference = Contribution.objects.get().reference
    [entry] = [
        entry
        for holder in holders()
        if holder.key == "involve_contributions.contribution"
        for entry in holder.find(reference)
    ]
    assert entry["came with a file"]["from"] == NAME
    assert entry["came with a file"]["number there"] == "1"


class AnyOrder(TestCase):
    """However a file is cut, and however often its parts are sent, the same comes of it."""

    @settings(max_examples=30)
    @given(
        st.lists(st.tuples(st.sampled_from(["", "1", "2", "3"]), st.sampled_from("abcd")), max_size=8),
        st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=4),
    )
    def test_cut_and_repeated_it_is_the_same(
        self, cards: list[tuple[str, str]], cuts: list[tuple[int, int]]
    ) -> None:
        organisation = Organisation.objects.create(name="Invented", slug="invented")
        rows = [f"{key},,,,,{words}" for key, words in cards]
        by = System("test")
        with transaction.atomic():
            brought(of(*rows), by, organisation)
            whole = self.kept()
            transaction.set_rollback(True)
        end = 0
        for start, length in cuts:
            # Parts follow one another, and may go back over what was sent.
            begins = min(start, end)
            end = max(end, begins + length)
            brought(of(*rows[begins:end]), by, organisation)
        brought(of(*rows), by, organisation)
        assert self.kept() == whole

    @staticmethod
    def kept() -> list[tuple[str, str]]:
        pairs = BatchRow.objects.values_list("key", "contribution__words__text")
        return sorted(pairs)
