"""A logo is checked before it is trusted, renamed, and deleted when it is replaced."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from joinedup.foundation.organisations import actions
from joinedup.foundation.organisations.logos import MOST_BYTES, check_logo
from joinedup.foundation.organisations.tests.pictures import bomb, moving, picture, upload
from joinedup.foundation.permissions import System

SYSTEM = System("test")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.png", "PNG"), ("a.PNG", "PNG"), ("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.webp", "WEBP")],
)
def test_pictures_of_the_three_kinds_are_taken(name, kind):
    check_logo(upload(name, picture(kind)))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.svg", SVG, "unreadable"),
        ("a.png", SVG, "unreadable"),
        ("a.png", b"", "unreadable"),
        ("a.png", b"not a picture", "unreadable"),
        ("a.png", picture()[:-20], "unreadable"),
        ("a.jpg", picture("JPEG", (400, 400))[:700], "unreadable"),
        ("a.png", picture().replace(b"IDAT", b"IDAX"), "unreadable"),
        ("a.gif", picture("GIF"), "unreadable"),
        ("a.bmp", picture("BMP"), "unreadable"),
        ("a.png", picture("TIFF"), "unreadable"),
        ("a.png", picture("JPEG"), "ending"),
        ("a.svg", picture(), "ending"),
        ("a.png.html", picture(), "ending"),
        ("a", picture(), "ending"),
        ("a.png", picture(size=(2001, 2000)), "pixels"),
        ("a.webp", moving("WEBP"), "moving"),
        ("a.png", moving("PNG"), "moving"),
    ],
)
def test_anything_else_is_refused(name, content, code):
    with pytest.raises(ValidationError) as fault:
        check_logo(upload(name, content))
    assert fault.value.code == code


@pytest.mark.parametrize("side", [3_000, 10_000, 30_000])
def test_a_small_file_that_unfolds_into_gigabytes_is_refused(side):
    assert len(bomb(side)) < 100
    with pytest.raises(ValidationError):
        check_logo(upload("a.png", bomb(side)))


def test_a_large_file_is_refused_before_it_is_read():
    class Unread(type(upload())):
        def read(self, *args):
            raise AssertionError("it was read")

    large = upload()
    large.__class__ = Unread
    large.size = MOST_BYTES + 1
    with pytest.raises(ValidationError) as fault:
        check_logo(large)
    assert fault.value.code == "size"


@pytest.mark.django_db
class TestKeeping:
    @pytest.fixture(autouse=True)
    def _store(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def change(self, organisation, **fields):
        return actions.change(organisation=organisation, by=SYSTEM, **fields)

    def test_nothing_of_the_senders_name_stays(self, barts):
        row = self.change(barts, logo=upload("../../My Holiday<script>.PNG"))
        folder, name = row.logo.name.split("/")
        assert (folder, Path(name).suffix, len(name)) == ("logos", ".png", 28)
        assert Path(row.logo.path).read_bytes() == picture()

    def test_the_action_refuses_by_itself(self, barts, tmp_path):
        with pytest.raises(ValidationError) as fault:
            self.change(barts, logo=upload("a.png", SVG))
        assert "logo" in fault.value.error_dict
        barts.refresh_from_db()
        assert not barts.logo
        assert not (tmp_path / "logos").exists()

    def test_other_changes_do_not_read_the_stored_file(self, barts):
        row = self.change(barts, logo=upload())
        Path(row.logo.path).unlink()
        assert self.change(row, role="It helps.").role == "It helps."

    def test_the_old_one_goes_when_it_is_replaced_or_taken_away(
        self, barts, django_capture_on_commit_callbacks
    ):
        first = self.change(barts, logo=upload())
        with django_capture_on_commit_callbacks(execute=True):
            second = self.change(first, logo=upload())
        assert not Path(first.logo.path).exists()
        assert Path(second.logo.path).exists()
        with django_capture_on_commit_callbacks(execute=True):
            third = self.change(second, logo="")
        assert not Path(second.logo.path).exists()
        assert not third.logo
