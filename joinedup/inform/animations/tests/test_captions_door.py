"""Captions come as WebVTT, to whom their film may be shown."""

from collections.abc import Callable

from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.inform.animations.models import AnimationPage
from joinedup.inform.animations.tests import filmed


def address(film: AnimationPage, language: str = "en") -> str:
    return f"/animations/captions/{film.pk}/{language}.vtt"


def test_captions_are_given_as_what_they_are(client: Client, film: AnimationPage) -> None:
    answer = client.get(address(film))
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.decode() == filmed.CAPTIONS


def test_each_language_has_its_own(client: Client, film: AnimationPage) -> None:
    track = film.captions.get(language="bn")
    track.text = filmed.CAPTIONS.replace("Hello", "নমস্কার")
    track.save()
    assert "নমস্কার" in client.get(address(film, "bn")).content.decode()
    assert client.get(address(film, "fr")).status_code == 404


def test_captions_the_browser_has_are_not_sent_again(client: Client, film: AnimationPage) -> None:
    tag = client.get(address(film))["ETag"]
    assert client.get(address(film), headers={"If-None-Match": tag}).status_code == 304


def test_a_number_no_page_can_have_is_not_found(client: Client, film: AnimationPage) -> None:
    assert client.get(f"/animations/captions/{'9' * 23}/en.vtt").status_code == 404


def test_captions_of_a_draft_are_for_editors_only(
    client: Client, film: AnimationPage, stranger: User, editor: User, client_for: Callable[[User], Client]
) -> None:
    film.unpublish()
    assert client.get(address(film)).status_code == 404
    assert client_for(stranger).get(address(film)).status_code == 404
    assert client_for(editor).get(address(film))["Cache-Control"] == "no-store, private"
