"""The reading-age hint: what it works out, and that it shows, advises and never blocks."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some
from wagtail.models import Locale

from joinedup.foundation.permissions import System
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pages.reading import advice, hard_words, reading, sentences, syllables
from joinedup.inform.pages.tests.desk import about, edit

EASY = "The cat sat on the mat. It was a warm day. We all went out to play in the sun by the old canal. "
HARD = (
    "The partnership facilitates multidisciplinary collaboration between statutory organisations in order to "
    "optimise integrated provision for individuals with multiple conditions across the borough. "
)
words = some.lists(some.sampled_from(EASY.replace(".", "").split()), min_size=1, max_size=25)
texts = some.lists(words, min_size=1, max_size=12).map(lambda said: " ".join(" ".join(w) + "." for w in said))


@pytest.mark.parametrize(
    ("word", "number"),
    [("cat", 1), ("water", 2), ("table", 2), ("people", 2), ("walked", 1), ("wanted", 2), ("hospital", 3),
     ("community", 4), ("organisation", 5), ("the", 1), ("don’t", 1), ("I", 1)],
)  # fmt: skip
def test_syllables_are_about_right(word: str, number: int) -> None:
    assert abs(syllables(word) - number) <= (1 if number > 3 else 0)


@given(some.text(max_size=30))
def test_every_word_has_a_syllable_and_no_more_than_letters(word: str) -> None:
    assert 1 <= syllables(word) <= max(1, len(word.lower()))


@given(some.text(max_size=400))
def test_no_text_makes_it_stumble_and_the_age_is_one(text: str) -> None:
    found = reading(text)
    assert found is None or (5 <= found.age <= 25 and len(found.hardest) <= 3)


@given(texts)
def test_saying_it_twice_is_as_hard_as_once(text: str) -> None:
    once, twice = reading(text), reading(f"{text}\n{text}")
    assert once is None or twice is None or once.age == twice.age


@given(texts)
def test_splitting_every_sentence_is_never_harder(text: str) -> None:
    whole, parts = reading(text.replace(".", "")), reading(text)
    assert whole is None or parts is None or parts.age <= whole.age


@given(texts)
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert sum(part.words for part in sentences(text)) == len(text.replace(".", " ").split())


def test_plain_words_are_for_the_young_and_officialese_is_not() -> None:
    easy, hard = reading(EASY * 3), reading(HARD * 3)
    assert easy is not None
    assert easy.age <= 8
    assert easy.hardest == []
    assert hard is not None
    assert hard.age >= 18


def test_the_hardest_sentences_come_first_with_what_to_do() -> None:
    found = reading(EASY * 3 + HARD)
    assert found is not None
    assert found.hardest[0].text == HARD.strip()
    assert advice(found.hardest[0]) == ["long", "words"]
    assert "multidisciplinary" in hard_words(found.hardest[0])


def test_of_a_few_words_nothing_is_said() -> None:
    assert reading("Call 111.") is None


def page_saying(text: str, home: HomePage, **changes: object) -> ContentPage:
    body = [("rich_section", {"heading": "", "text": f"<p>{text}</p>"})]
    page = ContentPage(title="Care", slug="care", body=body, **changes)
    return put_page(page=page, parent=home, by=System("test"))  # type: ignore[return-value]


class TestTheHintInTheEditor:
    def test_it_shows_age_sentences_and_advice(self, writer: Client, home: HomePage) -> None:
        page = page_saying(EASY * 2 + HARD, home)
        html = writer.get(f"/editor/pages/{page.pk}/edit/").content.decode()
        assert "Reading age as last saved: about" in html
        assert "multidisciplinary collaboration" in html
        assert "Make two sentences of it." in html

    def test_a_script_in_the_words_is_shown_as_words(self, writer: Client, home: HomePage) -> None:
        page = page_saying("&lt;script&gt;alert(1)&lt;/script&gt; " + HARD * 2, home)
        html = writer.get(f"/editor/pages/{page.pk}/edit/").content.decode()
        hint = html[html.index("Reading age as last saved") :][:3000]
        assert "<script>alert" not in hint

    def test_a_hard_page_can_be_saved_and_sent_in(self, writer: Client) -> None:
        assert edit(writer, about(), "action-submit", lead=(HARD * 2)[:300]).status_code == 302

    def test_bengali_is_not_judged(self, writer: Client, home: HomePage) -> None:
        first = home.get_translation(Locale.objects.get(language_code="bn"))
        html = writer.get(f"/editor/pages/{first.pk}/edit/").content.decode()
        assert "The reading age can only be worked out for English." in html
        assert "Reading age as last saved" not in html

    def test_a_new_page_says_what_will_come(self, writer: Client, home: HomePage) -> None:
        html = writer.get(f"/editor/pages/add/inform_pages/contentpage/{home.pk}/").content.decode()
        assert "Once the page is saved" in html
