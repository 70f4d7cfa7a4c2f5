"""A picture without licence and credit goes on no page, both are shown, and what was approved stays."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Collection

from joinedup.design.content_blocks import ImageWithAltBlock
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import System
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.blocks import EasyReadRowBlock
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pages.sample import load_pages
from joinedup.inform.pictures.models import Picture

pytestmark = pytest.mark.django_db
ADD = "/editor/images/add/"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client_for: Callable[[User], Client], editor: User) -> Client:
    return client_for(editor)


def png(width: int = 20, height: int = 20) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG")
    return file.getvalue()


def picture(**changes: Any) -> Picture:
    said = {"title": "River", "description": "Boats on the river.", "licence": "cc-by", "credit": "Jo Sample"}
    file = ImageFile(io.BytesIO(png()), "r.png")
    return Picture.objects.create(**{**said, "file": file, **changes})


def filled(file: Any = None, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Canal",
        "description": "A path beside a canal.",
        "credit": "Jo Sample",
        "licence": "own",
        "permission_from": "",
        "tags": "",
        "collection": Collection.objects.get(depth=1).pk,
        "file": file or SimpleUploadedFile("canal.png", png(), "image/png"),
        **changes,
    }


def block_with(image: Picture) -> dict[str, Any]:
    block = ImageWithAltBlock()
    value = {
        "image": {"image": image.pk, "alt_text": "Boats", "decorative": False},
        "caption": "",
        "credit": "",
    }
    return dict(block.clean(block.to_python(value)))


def drawn(image: Picture) -> str:
    """The block on a page."""
    block = ImageWithAltBlock()
    value = {"image": image.pk, "alt_text": "Boats", "decorative": False}
    return str(block.render(block.to_python({"image": value, "caption": "", "credit": ""})))


class TestUploading:
    def test_with_licence_and_credit_it_is_taken(self, desk: Client) -> None:
        assert desk.post(ADD, filled()).status_code == 302
        assert Picture.objects.get().may_be_shown

    @pytest.mark.parametrize(
        "missing",
        [{"licence": ""}, {"credit": ""}, {"credit": "  "}, {"licence": "found"}, {"licence": "permission"}],
    )
    def test_without_it_is_refused(self, missing: dict[str, str], desk: Client) -> None:
        assert desk.post(ADD, filled(**missing)).status_code == 200
        assert not Picture.objects.exists()

    def test_with_permission_someone_gave_it(self, desk: Client) -> None:
        sent = filled(licence="permission", permission_from="Jo Sample, by email on 1 June 2026")
        assert desk.post(ADD, sent).status_code == 302


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


class TestFilesThatAreRefused:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.svg", SVG, "We cannot"),
            ("a.png", SVG, "inside it is svg"),
            ("a.jpg", png(), "inside it is png"),
            ("a.png", b"<html><script>alert(1)</script>", "We cannot read this as a picture"),
            ("a.png", b"MZ\x90\x00", "We cannot read this as a picture"),
            ("a.png", png()[:40], "We cannot read this as a picture"),
            ("a.exe", png(), "We cannot take this kind of file"),
            ("a.png.html", png(), "We cannot take this kind of file"),
            ("a.png", b"", "empty"),
        ],
    )
    def test_in_plain_words(self, name: str, content: bytes, words: str, desk: Client) -> None:
        answer = desk.post(ADD, filled(SimpleUploadedFile(name, content, "image/png")))
        assert words in answer.content.decode()
        assert not Picture.objects.exists()

    @pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
    def test_a_few_kilobytes_that_unfold_into_gigabytes(self, desk: Client) -> None:
        file = io.BytesIO()
        Image.new("1", (9000, 9000)).save(file, "PNG")
        assert len(file.getvalue()) < 20_000
        answer = desk.post(ADD, filled(SimpleUploadedFile("bomb.png", file.getvalue(), "image/png")))
        assert "The picture is too large to draw" in answer.content.decode()
        assert not Picture.objects.exists()

    def test_many_frames_count_together(self, desk: Client) -> None:
        file = io.BytesIO()
        frames = [Image.new("RGB", (2000, 2000), (n * 20, 0, 0)) for n in range(9)]
        frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
        answer = desk.post(ADD, filled(SimpleUploadedFile("film.gif", file.getvalue(), "image/gif")))
        assert "The picture is too large to draw" in answer.content.decode()

    def test_more_than_ten_megabytes(self, desk: Client) -> None:
        content = png() + b"\0" * (10 * 1024 * 1024)
        answer = desk.post(ADD, filled(SimpleUploadedFile("huge.png", content, "image/png")))
        assert "Choose one of 10.0" in answer.content.decode()
        assert not Picture.objects.exists()


class TestOnAPage:
    @pytest.mark.parametrize(
        "missing", [{"licence": ""}, {"credit": ""}, {"description": ""}, {"licence": "permission"}]
    )
    def test_without_licence_and_credit_it_goes_on_none(self, missing: dict[str, str]) -> None:
        image = picture(**missing)
        with pytest.raises(StructBlockValidationError):
            block_with(image)
        row = EasyReadRowBlock()
        value = {
            "image": {"image": image.pk, "alt_text": "x", "decorative": False},
            "drawing": "",
            "words": "x",
        }
        with pytest.raises(StructBlockValidationError):
            row.clean(row.to_python(value))

    def test_with_them_it_does(self) -> None:
        assert block_with(picture())["image"].credit == "Jo Sample"

    # The editor leaves a temporary file open when it draws a picture at a new size.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_credit_and_licence_stand_under_it_and_who_permitted_does_not(self) -> None:
        html = drawn(picture())
        assert "Jo Sample" in html
        assert 'href="https://creativecommons.org/licenses/by/4.0/"' in html
        allowed = picture(licence="permission", permission_from="Private Person")
        assert "Private Person" not in drawn(allowed)


# The editor leaves the stored file open when it has changed it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
class TestWhatASecondPersonApproved:
    @pytest.fixture
    def shown(self) -> Picture:
        """A picture on a public page."""
        load_pages(by=System("test"))
        image = picture()
        page = ContentPage(title="Boats", slug="boats")
        value = {
            "image": {"image": image.pk, "alt_text": "x", "decorative": False},
            "caption": "",
            "credit": "",
        }
        page.body = ContentPage._meta.get_field("body").stream_block.to_python(
            [{"type": "image", "value": value}]
        )
        put_page(page=page, parent=HomePage.objects.get(locale__language_code="en"), by=System("test"))
        return image

    def test_one_person_does_not_change_the_words_for_those_who_cannot_see_it(
        self, shown: Picture, desk: Client
    ) -> None:
        before = shown.description
        desk.post(f"/editor/images/{shown.pk}/", filled(description="Something nobody approved"))
        shown.refresh_from_db()
        assert shown.description == before != ""

    def test_one_person_changes_neither_the_picture_nor_its_credit(
        self, shown: Picture, desk: Client
    ) -> None:
        before = Path(shown.file.path).read_bytes()
        other = SimpleUploadedFile("other.png", png(33), "image/png")
        address = f"/editor/images/{shown.pk}/"
        desk.post(address, filled(other, title="Other", credit="Somebody else", licence="own"))
        shown.refresh_from_db()
        assert (shown.credit, shown.licence, shown.title) == ("Jo Sample", "cc-by", "Other")
        assert Path(shown.file.path).read_bytes() == before
        assert "This picture is on a public page." in desk.get(address).content.decode()

    def test_a_picture_on_no_page_can_be_changed(self, desk: Client) -> None:
        image = picture()
        desk.post(f"/editor/images/{image.pk}/", filled(credit="Somebody else"))
        image.refresh_from_db()
        assert image.credit == "Somebody else"

    def test_a_missing_credit_can_be_filled_in(self, shown: Picture, desk: Client) -> None:
        Picture.objects.filter(pk=shown.pk).update(credit="", licence="")
        desk.post(f"/editor/images/{shown.pk}/", filled(credit="Jo Sample", licence="ogl"))
        shown.refresh_from_db()
        assert (shown.credit, shown.licence) == ("Jo Sample", "ogl")
