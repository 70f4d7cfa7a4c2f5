"""Someone who chose Bengali reads about their place in Bengali, from the form to the goodbye."""

import datetime
import re
import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale

from joinedup.foundation.messages.models import Message
from joinedup.inform.news import access, times
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventPage, EventSignUp

pytestmark = pytest.mark.usefixtures("site")


def in_bengali(answer: Any, words: str) -> bool:
    """Whether the answer is a Bengali page with these words, and says of itself that it is."""
    html = answer.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return (
        '<html lang="bn" dir="ltr"' in html and answer.headers["Content-Language"] == "bn" and words in main
    )


def send(client: Client, page: EventPage, **values: str) -> Any:
    form = {"name": "Amina", "email": "amina@example.org", "people": "1", "once": uuid.uuid4().hex}
    return client.post(f"/events/{page.slug}/sign-up/", {**form, "language": "bn", **values})


def test_the_form_speaks_bengali_where_its_address_says_so_and_writes_in_bengali_then(
    client: Client,
) -> None:
    page = event()
    english = client.get(f"/events/{page.slug}/sign-up/")
    assert 'href="?language=bn"' in english.content.decode()
    answer = client.get(f"/events/{page.slug}/sign-up/?language=bn")
    assert in_bengali(answer, "আপনার নাম")
    assert 'href="?language=en"' in answer.content.decode()
    assert answer.context["form"]["language"].value() == "bn"
    assert client.get(f"/events/{page.slug}/sign-up/?language=xx").headers["Content-Language"] == "en"


def test_what_is_wrong_is_said_in_bengali(client: Client) -> None:
    assert in_bengali(send(client, event(), name=""), "আপনাকে কী নামে ডাকব, লিখুন।")
    assert in_bengali(send(client, event(max_places=1), people="4"), "এই অনুষ্ঠানে 1 জনের জায়গা আছে")


def test_after_the_form_one_reads_in_bengali_to_look_in_the_email(client: Client) -> None:
    answer = client.get(send(client, event())["Location"])
    assert in_bengali(answer, "আপনার ইমেইল দেখুন")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"in_days": -2}, "এই অনুষ্ঠানটি শেষ হয়ে গেছে"),
        ({"in_days": -0.02}, "এখন আর নাম লেখানো যাবে না"),
        ({"is_cancelled": True, "cancel_reason": "x"}, "এই অনুষ্ঠানটি বাতিল হয়েছে"),
    ],
)
def test_why_nobody_can_sign_up_is_said_in_bengali(
    client: Client, fields: dict[str, Any], words: str
) -> None:
    page = event(**fields)
    assert in_bengali(send(client, page), words)
    assert in_bengali(client.get(f"/events/{page.slug}/sign-up/?language=bn"), words)


def test_who_sent_too_many_is_asked_in_bengali_to_wait(client: Client, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "event.sign_up": (0, 3600)}
    assert in_bengali(send(client, event()), "একটু অপেক্ষা করুন")


def test_the_link_of_the_mail_opens_a_bengali_page(
    client: Client, outbox: Callable[[], list[Message]]
) -> None:
    send(client, event())
    found = re.search(r"(/events/your-place/\S+)", outbox()[-1].text)
    assert found
    assert in_bengali(client.get(found.group(1)), "আপনার জায়গা আছে")
    token = access.token(EventSignUp.objects.get())
    assert in_bengali(client.get(f"/events/your-place/{token}/"), "আপনার জায়গা আছে")
    after = client.post(found.group(1), follow=True)
    assert in_bengali(after, "আপনি জানিয়েছেন যে আপনি আসছেন না")
    EventSignUp.objects.all().delete()
    assert in_bengali(client.get(found.group(1)), "দুঃখিত, এই লিংকটি কাজ করছে না")


def test_a_bengali_version_of_the_event_gives_its_words_and_the_first_one_its_state(
    client: Client,
) -> None:
    page = event("Walk")
    bengali, _made = Locale.objects.get_or_create(language_code="bn")
    theirs = page.copy_for_translation(bengali, copy_parents=True)
    theirs.title = "হাঁটা"
    theirs.save_revision().publish()
    row = signed_up(page, language="bn")
    assert in_bengali(client.get(access.place_href(row)), "হাঁটা")
    EventPage.objects.filter(pk=page.pk).update(is_cancelled=True, cancel_reason="Storm.")
    assert in_bengali(client.get(access.place_href(row)), "Storm.")


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (2, 0, "রাত 2টা"),
        (5, 0, "ভোর 5টা"),
        (10, 0, "সকাল 10টা"),
        (12, 0, "দুপুর 12টা"),
        (14, 0, "দুপুর 2টা"),
        (17, 30, "বিকেল 5টা 30 মিনিট"),
        (19, 0, "সন্ধ্যা 7টা"),
        (21, 0, "রাত 9টা"),
    ],
)
def test_hours_are_said_as_people_say_them_in_bengali_with_latin_figures(
    hour: int, minute: int, said: str
) -> None:
    moment = datetime.datetime(2026, 12, 1, hour, minute, tzinfo=zoneinfo.ZoneInfo("Europe/London"))
    with translation.override("bn"):
        assert times.hour(moment) == said
