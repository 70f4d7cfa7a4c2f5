"""Answered with others: taken into a case, handed over with it, let go again; and told what came of it."""

import pytest

from joinedup.foundation.permissions import PermissionRefused
from joinedup.involve.contributions import plugs
from joinedup.involve.contributions.actions.answering import AlreadyAnswered, InCase, answer
from joinedup.involve.contributions.actions.speaking import Closed, add_words, withdraw
from joinedup.involve.contributions.actions.telling import tell_of_change
from joinedup.involve.contributions.actions.together import hand_over, let_go, take_in
from joinedup.involve.contributions.factories import BY_EMAIL, BY_PHONE, sent

pytestmark = pytest.mark.django_db


def answered(contribution, by):
    answer(contribution=contribution, text="Soon.", heard_at=contribution.last_heard_at, once="x" * 30, by=by)
    contribution.refresh_from_db()
    return contribution


class TestTakingIn:
    def test_it_is_with_the_lead_and_looked_at(self, officer, elft):
        fresh = take_in(contribution=sent().contribution, organisation=elft, by=officer)
        assert (fresh.in_case, fresh.organisation, fresh.state) == (True, elft, "in-progress")

    def test_what_was_answered_or_taken_back_is_not(self, officer, elft):
        done, gone = answered(sent().contribution, officer), sent().contribution
        withdraw(contribution=gone)
        with pytest.raises(AlreadyAnswered):
            take_in(contribution=done, organisation=elft, by=officer)
        with pytest.raises(Closed):
            take_in(contribution=gone, organisation=elft, by=officer)

    def test_those_who_lead_name_a_person_but_take_nothing_from_others(self, officer, elft, other_partner):
        contribution = sent().contribution
        with pytest.raises(PermissionRefused):
            take_in(contribution=contribution, organisation=elft, by=other_partner)
        taken = take_in(contribution=contribution, organisation=elft, by=officer)
        again = take_in(contribution=taken, organisation=elft, person=other_partner, by=other_partner)
        assert again.assigned_to == other_partner

    def test_let_go_it_is_answered_for_itself(self, officer, elft):
        taken = take_in(contribution=sent().contribution, organisation=elft, by=officer)
        with pytest.raises(InCase):
            answered(taken, officer)
        for _time in range(2):
            let_go(contribution=taken, by=officer)
        assert answered(taken, officer).state == "completed"

    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer"])
    def test_nobody_else_takes_in_or_lets_go(self, who, request, officer, elft):
        user, contribution = request.getfixturevalue(who), sent().contribution
        with pytest.raises(PermissionRefused):
            take_in(contribution=contribution, organisation=elft, by=user)
        taken = take_in(contribution=contribution, organisation=elft, by=officer)
        for act in (lambda: let_go(contribution=taken, by=user), lambda: _handed(taken, elft, user)):
            with pytest.raises(PermissionRefused):
                act()


def _handed(contribution, organisation, by):
    return hand_over(contribution=contribution, organisation=organisation, by=by)


class TestHandingOver:
    def test_one_that_was_answered_goes_along(self, officer, elft):
        done = answered(sent().contribution, officer)
        fresh = _handed(done, elft, officer)
        assert (fresh.state, fresh.organisation, fresh.in_case) == ("completed", elft, True)

    def test_what_was_taken_back_stays_as_it_is(self, officer, elft):
        gone = sent().contribution
        withdraw(contribution=gone)
        assert _handed(gone, elft, officer).organisation is None


class TestTellingOfAChange:
    def tell(self, contribution, by) -> bool:
        return tell_of_change(
            contribution=contribution, text="The lift & stairs <b>work</b>.", path=lambda: "/what/", by=by
        )

    def test_they_get_the_words_and_a_way_to_say_whether_it_is_so(self, officer, outbox):
        assert self.tell(sent(**BY_EMAIL).contribution, officer)
        mail = outbox()[-1]
        assert "The lift & stairs <b>work</b>." in mail.text
        assert "/what/" in mail.text
        assert "&lt;b&gt;work&lt;/b&gt;" in mail.html

    def test_in_their_language(self, officer, outbox):
        self.tell(sent(**BY_EMAIL, language="bn").contribution, officer)
        assert outbox()[-1].language == "bn"

    @pytest.mark.parametrize("way", [BY_PHONE, {}])
    def test_without_an_address_nothing_is_written(self, way, officer, outbox):
        assert not self.tell(sent(**way).contribution, officer)
        assert outbox() == []

    def test_nor_to_someone_who_took_it_back(self, officer, outbox):
        contribution = sent(**BY_EMAIL).contribution
        withdraw(contribution=contribution)
        assert not self.tell(contribution, officer)

    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer"])
    def test_nobody_else_tells(self, who, request):
        with pytest.raises(PermissionRefused):
            self.tell(sent(**BY_EMAIL).contribution, request.getfixturevalue(who))


class TestTheSocket:
    def test_two_of_one_key_are_refused(self, monkeypatch):
        monkeypatch.setattr(plugs, "_followers", {})
        plugs.register(plugs.Follower("one"))
        with pytest.raises(ValueError, match="one"):
            plugs.register(plugs.Follower("one", heard=print))

    def test_each_hears_what_happens(self, monkeypatch):
        heard: list[tuple[str, int]] = []
        monkeypatch.setattr(plugs, "_followers", {})
        plugs.register(
            plugs.Follower(
                "one",
                emptied=lambda key: heard.append(("emptied", key)),
                heard=lambda key: heard.append(("heard", key)),
                hidden=lambda key: heard.append(("hidden", key)),
            )
        )
        plugs.register(plugs.Follower("deaf"))
        contribution = sent().contribution
        add_words(contribution=contribution, text="More", once="x" * 30)
        plugs.tell_hidden(contribution.pk)
        withdraw(contribution=contribution)
        assert [what for what, _key in heard] == ["heard", "hidden", "emptied"]
