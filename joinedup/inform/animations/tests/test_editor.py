"""Uploads in the page editor: what is wrong or missing is refused beside its field, in plain words."""

import html
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from joinedup.foundation.identity.models import User
from joinedup.inform.animations.models import AnimationIndexPage, AnimationPage, CaptionTrack
from joinedup.inform.animations.tests import filmed
from joinedup.inform.pictures.models import Picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def desk(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


def captions(text: str = filmed.CAPTIONS, language: str = "en", **fields: Any) -> dict[str, Any]:
    return {"language": language, "kind": "captions", "label": "", "text": text, **fields}


Send = Callable[..., str]


@pytest.fixture
def send(desk: Client, index: AnimationIndexPage, poster: Picture) -> Send:
    """Fill in the form for a new animation and press a button; what the page then says, as text."""

    def press(
        button: str = "action-submit",
        *,
        tracks: list[dict[str, Any]] | None = None,
        transcripts: list[dict[str, Any]] | None = None,
        **fields: Any,
    ) -> str:
        usual = {"language": "en", "text": rich_text("<p>Hello. Goodbye.</p>")}
        data = nested_form_data(
            {
                "title": "Hello",
                "slug": "hello",
                "lead": "A wave.",
                "video": filmed.upload(filmed.webm()),
                "poster": str(poster.pk),
                "seconds": "",
                "captions": inline_formset([captions()] if tracks is None else tracks),
                "transcripts": inline_formset([usual] if transcripts is None else transcripts),
                "story": inline_formset([]),
                "body": streamfield([]),
                "credit": "Us",
                "licence": "CC-BY-4.0",
                "seo_title": "",
                "search_description": "",
                "comments": inline_formset([]),
                **fields,
            }
        )
        address = f"/editor/pages/add/inform_animations/animationpage/{index.pk}/"
        answer = desk.post(address, {**data, **({button: "1"} if button else {})}, follow=True)
        return html.unescape(answer.content.decode())

    return press


class TestAFilm:
    def test_a_whole_one_is_taken_in_with_what_its_file_says(self, send: Send) -> None:
        assert "submitted for moderation" in send()
        page = AnimationPage.objects.get()
        assert (page.kind, page.seconds, page.width, page.height) == ("video/webm", 8, 64, 36)

    @pytest.mark.parametrize(
        "data",
        [
            b"GIF89a" + b"\0" * 90,
            SVG,
            b"%PDF-1.7",
            filmed.webm(doctype=b"matroska"),
            filmed.mp4(brand=b"qt  "),
        ],
        ids=["gif", "svg with script", "pdf", "matroska", "quicktime"],
    )
    @pytest.mark.parametrize("button", ["action-submit", ""], ids=["sent in", "draft"])
    def test_the_wrong_kind_is_refused_whatever_its_name(self, send: Send, data: bytes, button: str) -> None:
        said = send(button, video=filmed.upload(data, "film.webm"))
        assert "This is not a film that browsers can play. Choose a WebM or MP4 file." in said
        assert not AnimationPage.objects.exists()

    def test_a_huge_one_is_refused(self, send: Send, settings: LazySettings) -> None:
        settings.ANIMATION_MAX_BYTES = 1_000_000
        said = send(video=filmed.upload(filmed.webm() + b"\0" * 1_000_001))
        assert "The film is larger than 1 MB. Make a smaller one and choose that." in said

    def test_none_at_all_is_asked_for(self, send: Send) -> None:
        assert "Choose the film." in send(video="")

    def test_a_length_the_file_does_not_say_is_asked_for(self, send: Send) -> None:
        unsaid = filmed.webm(None)
        assert "The file does not say how long it is. Write the length here." in send(
            video=filmed.upload(unsaid)
        )
        assert "submitted for moderation" in send(video=filmed.upload(unsaid), seconds="8")


class TestCaptions:
    def test_none_are_refused(self, send: Send) -> None:
        said = send(tracks=[])
        assert "Add captions in this language: English. Without them the film cannot be published." in said

    def test_another_language_alone_is_refused(self, send: Send) -> None:
        assert "Add captions in this language: English" in send(tracks=[captions(language="bn")])

    def test_broken_ones_are_refused_with_the_line(self, send: Send) -> None:
        broken = filmed.CAPTIONS.replace("00:02.000", "00:00.100")
        assert "Line 3: the end must come after the start." in send(tracks=[captions(broken)])

    def test_broken_ones_are_refused_in_a_draft_too(self, send: Send) -> None:
        assert "Line 1: the first line must be WEBVTT" in send("", tracks=[captions("Hello")])
        assert not AnimationPage.objects.exists()

    def test_those_that_go_on_after_the_film_are_refused(self, send: Send) -> None:
        said = send(video=filmed.upload(filmed.webm(4)))
        assert "Line 6: this goes on after the film has ended." in said

    def test_a_file_of_them_will_do(self, send: Send) -> None:
        file = SimpleUploadedFile("words.vtt", filmed.CAPTIONS.replace("\n", "\r\n").encode("utf-8-sig"))
        assert "submitted for moderation" in send(tracks=[captions("", file=file)])
        assert CaptionTrack.objects.get().text == filmed.CAPTIONS

    def test_a_file_that_is_not_utf8_is_refused_with_the_line(self, send: Send) -> None:
        file = SimpleUploadedFile("words.vtt", filmed.CAPTIONS.replace("Hello", "Café").encode("latin-1"))
        said = send(tracks=[captions("", file=file)])
        assert "Line 4: there are letters we cannot read. Save the file as UTF-8." in said

    def test_neither_file_nor_text_is_refused(self, send: Send) -> None:
        assert "Choose a caption file, or paste the captions here." in send(tracks=[captions("")])


class TestTranscripts:
    def test_none_are_refused(self, send: Send) -> None:
        said = send(transcripts=[])
        assert "Add a transcript in this language: English. Without it the film cannot be published." in said


class TestDrafts:
    def test_one_may_be_saved_before_anything_is_ready(self, send: Send) -> None:
        send("", video="", poster="", lead="", credit="", tracks=[], transcripts=[])
        assert not AnimationPage.objects.get().live

    def test_what_is_sent_in_unfinished_is_no_page(self, send: Send) -> None:
        send(tracks=[], transcripts=[])
        assert not AnimationPage.objects.exists()


def bomb() -> bytes:
    """A PNG of some thirty kilobytes that unfolds to 36 million points."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 6000, 6000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(bytes(6001 * 6000)))
        + part(b"IEND", b"")
    )


class TestPosters:
    """They come in by the door for pictures; here we see that it holds for what animations need."""

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("poster.svg", SVG, "We cannot take this kind of file."),
            ("poster.png", SVG, "but inside it is svg"),
            ("poster.png", bomb(), "too large to draw"),
            ("poster.png", filmed.webm(), "We cannot read this as a picture"),
        ],
        ids=["svg with script", "svg called png", "bomb", "film called png"],
    )
    def test_what_could_do_harm_is_refused(self, desk: Client, name: str, data: bytes, said: str) -> None:
        before = Picture.objects.count()
        sent = {"title": "Poster", "description": "A wave.", "file": SimpleUploadedFile(name, data)}
        answer = html.unescape(desk.post("/editor/images/add/", sent, follow=True).content.decode())
        assert said in answer
        assert Picture.objects.count() == before


def test_a_stranger_uploads_nothing(
    index: AnimationIndexPage, stranger: User, client: Client, client_for: Callable[[User], Client]
) -> None:
    address = f"/editor/pages/add/inform_animations/animationpage/{index.pk}/"
    assert client.post(address, {}).status_code == 302
    assert client_for(stranger).post(address, {"video": filmed.upload(filmed.webm())}).status_code == 403
    assert not AnimationPage.objects.exists()
