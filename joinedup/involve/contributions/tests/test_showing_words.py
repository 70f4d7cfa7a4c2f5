"""Whether someone's words may be shown: asked when they speak, told to staff, changed at the reference."""

import re

import pytest
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection.actions import export
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.involve.contributions import access, dataprotection, plugs
from joinedup.involve.contributions.actions.allowing import hide_again, let_show
from joinedup.involve.contributions.actions.speaking import Closed, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, filled_in, sent
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db
URL = "/have-your-say/your-reference/shown/"
MAY, MAY_NOT = "You may show my words", "Do not show my words any more"


def box(page: str) -> str:
    found = re.search(r'<input[^>]*name="may_publish"[^>]*>', page)
    assert found
    return found.group(0)


class TestWhenTheySpeak:
    def test_nobody_has_ticked_it_for_them(self, client):
        assert "checked" not in box(client.get("/have-your-say/").content.decode())

    @pytest.mark.parametrize(("given", "kept"), [({"may_publish": "on"}, True), ({}, False)])
    def test_what_they_say_is_kept(self, given, kept, client):
        client.post("/have-your-say/", filled_in(**given))
        assert Contribution.objects.get().may_publish is kept

    def test_the_tick_is_not_lost_when_something_is_missing(self, client):
        page = client.post("/have-your-say/", filled_in(words="", may_publish="on")).content.decode()
        assert "checked" in box(page)

    def test_nor_when_the_form_has_to_be_confirmed(self):
        strict = Client(enforce_csrf_checks=True)
        page = strict.post("/have-your-say/", filled_in(may_publish="on")).content.decode()
        assert not Contribution.objects.exists()
        assert "checked" in box(page)

    def test_staff_ask_and_do_not_tick_it_by_themselves(self, officer, client_for):
        page = client_for(officer).get("/workspace/contributions/enter/").content.decode()
        assert "checked" not in box(page)


class TestStaff:
    @pytest.mark.parametrize(("may", "told"), [(True, "Yes, without their name"), (False, "No")])
    def test_read_it_among_the_facts(self, may, told, officer, client_for):
        reference = sent(may_publish=may).contribution.reference
        page = client_for(officer).get(f"/workspace/contributions/{reference}/").content.decode()
        assert re.search(rf"Words may be shown</dt><dd[^>]*>{told}</dd>", page)

    def test_who_may_not_speak_for_people_changes_nothing(self, privacy_officer, stranger):
        contribution = sent().contribution
        for user in (privacy_officer, stranger):
            with pytest.raises(PermissionRefused):
                let_show(contribution=contribution, may=True, by=user)

    def test_the_person_is_told_what_we_hold(self):
        sent(**BY_EMAIL, may_publish=True)
        [held] = [
            each
            for each in export(who="amina@example.org", by=System("tests"))["held"]
            if each["what"] == "What you told us"
        ]
        assert held["entries"][0]["may be shown to others"] is True


class TestAtTheReference:
    def press(self, client: Client, receipt, **form: str) -> str:
        token = access.token_for(receipt.contribution)
        return client.post(URL, {"token": token, **form}).content.decode()

    @pytest.mark.parametrize(("may", "offered", "not_offered"), [(False, MAY, MAY_NOT), (True, MAY_NOT, MAY)])
    def test_the_other_way_is_offered(self, may, offered, not_offered, client):
        receipt = sent(may_publish=may)
        key = {"reference": receipt.contribution.reference, "word": receipt.word}
        page = client.post("/have-your-say/your-reference/", key).content.decode()
        assert offered in page
        assert not_offered not in page

    def test_one_press_allows_it(self, client):
        receipt = sent()
        assert "We read your words first" in self.press(client, receipt, may="yes")
        receipt.contribution.refresh_from_db()
        assert receipt.contribution.may_publish

    def test_one_press_ends_it(self, client):
        receipt = sent(may_publish=True)
        assert "We do not show your words to others any more." in self.press(client, receipt, may="no")
        receipt.contribution.refresh_from_db()
        assert not receipt.contribution.may_publish

    @pytest.mark.parametrize("may", ["", "perhaps", "YES"])
    def test_another_word_changes_nothing(self, may, client):
        receipt = sent(may_publish=True)
        self.press(client, receipt, may=may)
        receipt.contribution.refresh_from_db()
        assert receipt.contribution.may_publish

    @pytest.mark.parametrize("token", ["", "x", "a:b:c"])
    def test_without_the_pass_it_does_not_open(self, token, client):
        receipt = sent()
        page = client.post(URL, {"token": token, "may": "yes"}).content.decode()
        assert receipt.contribution.reference not in page
        receipt.contribution.refresh_from_db()
        assert not receipt.contribution.may_publish

    def test_an_untrusted_post_is_asked_again_and_keeps_the_choice(self):
        receipt = sent()
        page = self.press(Client(enforce_csrf_checks=True), receipt, may="yes")
        assert "Please press the button once more" in page
        assert f'action="{URL}"' in page
        assert 'name="may" value="yes"' in page
        receipt.contribution.refresh_from_db()
        assert not receipt.contribution.may_publish

    def test_what_was_sent_in_an_untrusted_post_is_shown_as_text(self):
        page = self.press(Client(enforce_csrf_checks=True), sent(), may='"><script>alert(1)</script>')
        assert "<script>alert(1)" not in page

    def test_looking_leads_to_the_reference(self, client):
        assert client.get(URL).headers["Location"] == "/have-your-say/your-reference/"

    def test_after_taking_it_back_there_is_nothing_to_show(self, client):
        receipt = sent(may_publish=True)
        withdraw(contribution=receipt.contribution)
        page = self.press(client, receipt, may="yes")
        assert MAY not in page
        receipt.contribution.refresh_from_db()
        assert not receipt.contribution.may_publish


class TestTheAction:
    def test_who_follows_hears_of_it_once(self, monkeypatch):
        heard: list[int] = []
        contribution = sent(may_publish=True).contribution
        monkeypatch.setattr(plugs, "tell_hidden", heard.append)
        for _time in range(2):
            let_show(contribution=contribution, may=False)
        assert heard == [contribution.pk]

    def test_it_is_on_record(self):
        contribution = sent().contribution
        let_show(contribution=contribution, may=True)
        let_show(contribution=contribution, may=False)
        verbs = (
            AuditEvent.objects.filter(verb__endswith="_words")
            .exclude(verb__endswith="add_words")
            .order_by("occurred_at")
        )
        assert [event.verb.partition(".")[2] for event in verbs] == ["show_words", "hide_words"]

    def test_what_was_taken_back_is_closed(self):
        contribution = sent().contribution
        withdraw(contribution=contribution)
        with pytest.raises(Closed):
            let_show(contribution=contribution, may=True)

    def test_a_restore_does_not_show_it_again(self):
        contribution = sent(may_publish=True).contribution
        let_show(contribution=contribution, may=False)
        ended = list(dataprotection._hidden(contribution.received_at))
        assert ended == [{"reference": contribution.reference}]
        Contribution.objects.filter(pk=contribution.pk).update(may_publish=True)
        assert dataprotection._hide_again(ended, System("tests")) == 1
        contribution.refresh_from_db()
        assert not contribution.may_publish

    def test_whoever_allowed_it_anew_is_not_hidden(self):
        contribution = sent(may_publish=True).contribution
        let_show(contribution=contribution, may=False)
        let_show(contribution=contribution, may=True)
        assert list(dataprotection._hidden(contribution.received_at)) == []

    def test_a_stranger_hides_nothing(self, stranger):
        with pytest.raises(PermissionRefused):
            hide_again(references=["THT-0000-0000"], by=stranger)
