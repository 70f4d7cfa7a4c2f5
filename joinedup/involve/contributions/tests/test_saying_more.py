"""Adding to what was said, putting it right, taking it back: by the person themselves."""

import re
import time

import pytest
from django.core import signing
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.involve.contributions import access
from joinedup.involve.contributions.actions import answering
from joinedup.involve.contributions.actions.speaking import Closed, add_words, withdraw
from joinedup.involve.contributions.factories import BY_LETTER, WORDS, sent
from joinedup.involve.contributions.models import LONGEST, Contribution, Words

pytestmark = pytest.mark.django_db
AT = "/have-your-say/your-reference/"
ONCE = "k" * 43


@pytest.fixture
def receipt():
    return sent()


def token_of(receipt) -> str:
    return access.token_for(receipt.contribution)


class TestAdding:
    def test_opens_an_empty_box(self, client, receipt):
        page = client.post(f"{AT}add/", {"token": token_of(receipt), "open": "1"}).content.decode()
        assert "What do you want to add?" in page
        assert WORDS not in page

    def test_keeps_both_and_shows_both(self, client, receipt):
        form = {"token": token_of(receipt), "once": ONCE, "words": "It is still broken."}
        page = client.post(f"{AT}add/", form).content.decode()
        assert "We added your words." in page
        assert "It is still broken." in page
        assert WORDS in page
        assert [row.kind for row in Words.objects.oldest_first()] == ["original", "addition"]
        event = AuditEvent.objects.get(verb="involve_contributions.add_words")
        assert (event.actor_kind, event.details) == ("visitor", {"reopened": False})

    def test_sent_twice_is_added_once(self, client, receipt):
        form = {"token": token_of(receipt), "once": ONCE, "words": "It is still broken."}
        for _time in range(2):
            client.post(f"{AT}add/", form)
        assert Words.objects.count() == 2
        assert AuditEvent.objects.filter(verb="involve_contributions.add_words").count() == 1

    @pytest.mark.parametrize("step", ["add", "correct"])
    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ("", "Write what you want"),
            (" \n", "Write what you want"),
            ("x" * (LONGEST + 1), "1 character too long"),
        ],
    )
    def test_no_words_or_too_many_are_named_and_kept(self, client, receipt, step, words, says):
        page = client.post(
            f"{AT}{step}/", {"token": token_of(receipt), "once": ONCE, "words": words}
        ).content.decode()
        assert says in page
        assert words.strip() in page
        assert Words.objects.count() == 1

    @pytest.mark.parametrize("step", ["add", "correct"])
    @pytest.mark.parametrize("words", ["😡 again", "مرة أخرى \u202e", "<script>alert(1)</script>"])
    def test_any_words_are_kept_as_typed_and_shown_as_text(self, client, receipt, step, words):
        page = client.post(f"{AT}{step}/", {"token": token_of(receipt), "words": words}).content.decode()
        assert Words.objects.oldest_first().last().text == words
        assert "<script>alert" not in page

    @pytest.mark.parametrize("step", ["add", "correct"])
    def test_private_details_are_pointed_out_here_too(self, client, receipt, step):
        form = {"token": token_of(receipt), "words": "My NHS number is 943 476 5919"}
        page = client.post(f"{AT}{step}/", form).content.decode()
        assert "looks like an NHS number" in page
        assert Words.objects.count() == 1
        client.post(f"{AT}{step}/", {**form, "as_it_is": "on"})
        assert Words.objects.count() == 2

    def test_after_an_answer_it_is_looked_at_again_with_a_new_day_promised(self, client, receipt, officer):
        contribution = receipt.contribution
        answering.answer(
            contribution=contribution,
            text="Done.",
            heard_at=contribution.last_heard_at,
            once=ONCE,
            by=officer,
        )
        client.post(f"{AT}add/", {"token": token_of(receipt), "words": "It is not done."})
        contribution.refresh_from_db()
        assert contribution.state == "in-progress"
        assert contribution.completed_at is None
        assert AuditEvent.objects.get(verb="involve_contributions.add_words").details == {"reopened": True}
        assert Contribution.objects.open().filter(pk=contribution.pk).exists()


class TestPuttingRight:
    def test_opens_the_box_with_the_present_words(self, client, receipt):
        page = client.post(f"{AT}correct/", {"token": token_of(receipt), "open": "1"}).content.decode()
        assert WORDS in page

    def test_the_new_words_count_and_the_old_ones_stay_in_the_history(self, client, receipt):
        page = client.post(
            f"{AT}correct/", {"token": token_of(receipt), "words": "Two weeks, not three."}
        ).content.decode()
        assert "Two weeks, not three." in page
        assert WORDS not in page
        assert [row.text for row in Words.objects.oldest_first()] == [WORDS, "Two weeks, not three."]


class TestTakingBack:
    def test_asks_first(self, client, receipt):
        page = client.post(f"{AT}withdraw/", {"token": token_of(receipt), "open": "1"}).content.decode()
        assert "Do you want to take it back?" in page
        assert Contribution.objects.get().state == "received"

    def test_removes_words_answer_and_details_but_keeps_that_it_came(self, client, officer):
        receipt = sent(
            **BY_LETTER, service_or_place="The clinic", needs=("large-print",), needs_other="Ask Rahima"
        )
        contribution = receipt.contribution
        answering.answer(
            contribution=contribution,
            text="Dear Amina",
            heard_at=contribution.last_heard_at,
            once=ONCE,
            by=officer,
        )
        page = client.post(f"{AT}withdraw/", {"token": token_of(receipt), "sure": "yes"}).content.decode()
        assert "You took this back" in page
        contribution.refresh_from_db()
        assert contribution.state == "revoked"
        assert (contribution.kind, contribution.speaker, contribution.channel) == (
            "feedback",
            "resident",
            "web",
        )
        row = str(Contribution.objects.values().get()) + str(list(contribution.words.values()))
        row += str(list(contribution.answers.values()))
        for private in ("lift", "Amina", "Elm Walk", "E1 4DG", "The clinic", "large-print", "Rahima"):
            assert private not in row
        assert AuditEvent.objects.get(verb="involve_contributions.withdraw").details == {}

    def test_twice_is_once(self, client, receipt):
        for _time in range(2):
            client.post(f"{AT}withdraw/", {"token": token_of(receipt), "sure": "yes"})
        assert AuditEvent.objects.filter(verb="involve_contributions.withdraw").count() == 1

    def test_nothing_can_be_added_afterwards(self, client, receipt):
        withdraw(contribution=receipt.contribution)
        page = client.post(f"{AT}add/", {"token": token_of(receipt), "words": "More"}).content.decode()
        assert "You took this back on" in page
        assert "We added" not in page
        with pytest.raises(Closed):
            add_words(contribution=receipt.contribution, text="More", once=ONCE)


class TestWithoutAPass:
    def test_looking_at_the_address_leads_to_the_reference_page(self, client):
        for step in ("add", "correct", "withdraw"):
            assert client.get(f"{AT}{step}/").headers["Location"] == AT

    @pytest.mark.parametrize("step", ["add", "correct", "withdraw"])
    @pytest.mark.parametrize("token", ["", "nonsense", "WyJ4Il0:1:x"])
    def test_nothing_is_done_and_nothing_told(self, client, receipt, step, token):
        page = client.post(f"{AT}{step}/", {"token": token, "words": "Mine", "sure": "yes"}).content.decode()
        assert "Give your reference and your word again" in page
        assert WORDS not in page
        assert receipt.contribution.reference not in page
        assert Words.objects.count() == 1
        assert Contribution.objects.get().state == "received"

    def test_what_was_written_while_the_pass_ran_out_is_kept_and_can_be_sent(
        self, client, receipt, monkeypatch
    ):
        token, now = token_of(receipt), time.time()
        monkeypatch.setattr(signing.time, "time", lambda: now + access.TOKEN_LASTS + 5)
        page = client.post(
            f"{AT}add/", {"token": token, "once": ONCE, "words": "A long story"}
        ).content.decode()
        assert "A long story" in page
        form = {
            "reference": receipt.contribution.reference,
            "word": "acorn-acorn",
            "once": ONCE,
            "words": "A long story",
        }
        page = client.post(f"{AT}add/", form).content.decode()
        assert "We did not find this reference" in page
        assert "A long story" in page
        assert Words.objects.count() == 1
        page = client.post(f"{AT}add/", {**form, "word": receipt.word}).content.decode()
        assert "We added your words." in page
        assert Words.objects.count() == 2

    def test_guessing_here_is_throttled_as_well(self, client, receipt, settings):
        form = {"reference": receipt.contribution.reference, "word": "acorn-acorn", "words": "A long story"}
        for _time in range(settings.RATES["contribution.follow.reference"][0]):
            client.post(f"{AT}add/", form)
        response = client.post(f"{AT}add/", {**form, "word": receipt.word})
        assert response.status_code == 429
        assert "A long story" in response.content.decode()
        assert Words.objects.count() == 1


class TestFormProtection:
    @pytest.mark.parametrize("step", ["add", "correct"])
    def test_missing_gives_the_words_back_stores_nothing_and_tells_nothing(self, receipt, step):
        client = Client(enforce_csrf_checks=True)
        form = {"token": token_of(receipt), "once": ONCE, "words": "My words stay"}
        page = client.post(f"{AT}{step}/", form).content.decode()
        assert "My words stay" in page
        assert "Nothing has been sent yet" in page
        assert WORDS not in page
        assert Words.objects.count() == 1
        fresh = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        client.post(f"{AT}{step}/", {**form, "csrfmiddlewaretoken": fresh})
        assert Words.objects.count() == 2

    @pytest.mark.parametrize("step", ["add", "correct", "withdraw"])
    def test_missing_when_a_step_is_opened_asks_for_the_button_again(self, receipt, step):
        client = Client(enforce_csrf_checks=True)
        page = client.post(
            f"{AT}{step}/", {"token": token_of(receipt), "open": "1", "sure": "yes"}
        ).content.decode()
        assert "press the button once more" in page
        assert WORDS not in page
        assert Contribution.objects.get().state == "received"

    def test_missing_while_coming_back_keeps_all_that_was_typed(self, receipt):
        client = Client(enforce_csrf_checks=True)
        form = {"reference": receipt.contribution.reference, "word": receipt.word, "words": "My words stay"}
        page = client.post(f"{AT}add/", form).content.decode()
        assert "My words stay" in page
        assert receipt.word in page
        assert Words.objects.count() == 1
