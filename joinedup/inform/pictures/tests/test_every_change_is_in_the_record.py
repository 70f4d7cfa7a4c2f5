"""Whichever of the page editor's doors a picture is changed by, the record says who did it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import System
from joinedup.inform.pictures.models import Picture

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
ADD = "/editor/images/add/"
CHOOSE = "/editor/images/chooser/create/"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client_for, editor: User) -> Client:
    """The browser of an editor."""
    return client_for(editor)


def photograph(width: int = 20) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (width, 20)).save(file, "PNG")
    file.seek(0)
    file.name = "river.png"
    return file


@pytest.fixture
def picture() -> Picture:
    """One that is there already."""
    return Picture.objects.create(
        title="River", description="Boats on the river.", file=ImageFile(photograph(30), "r.png")
    )


def collection() -> int:
    return int(Collection.objects.get(depth=1).pk)


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Canal",
        "description": "A path beside a canal.",
        "credit": "Jo Sample",
        "licence": "own",
        "tags": "",
        "collection": collection(),
        "file": photograph(),
        **changes,
    }


def in_chooser(form: dict[str, Any]) -> dict[str, Any]:
    return {f"image-chooser-upload-{name}": value for name, value in form.items()}


def events(picture_pk: int, after: int = 0) -> list[tuple[str, str]]:
    """Verb and actor of what the record says of this picture."""
    found = AuditEvent.objects.filter(subject_kind__endswith="picture", subject_id=str(picture_pk))
    return [(event.verb, event.actor_id) for event in found.order_by("occurred_at")][after:]


class TestAdding:
    def test_from_the_list_of_pictures(self, desk: Client, editor: User) -> None:
        assert desk.post(ADD, filled()).status_code == 302
        assert ("inform_pictures.save", str(editor.pk)) in events(Picture.objects.get().pk)

    # The editor leaves a temporary file open when it draws the new picture small.
    @pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
    def test_from_within_a_page(self, desk: Client, editor: User) -> None:
        assert desk.post(CHOOSE, in_chooser(filled())).status_code == 200
        assert ("inform_pictures.save", str(editor.pk)) in events(Picture.objects.get().pk)

    @pytest.mark.parametrize("description", ["", "   "])
    def test_without_a_description_it_is_refused(self, desk: Client, description: str) -> None:
        said = filled(description=description)
        assert desk.post(ADD, said).status_code == 200
        assert desk.post(CHOOSE, in_chooser(filled(description=description))).status_code == 200
        assert not Picture.objects.exists()


class TestChangingSeveral:
    def test_what_is_said_of_each_is_in_the_record(
        self, desk: Client, editor: User, picture: Picture
    ) -> None:
        before = len(events(picture.pk))
        prefix = f"image-{picture.pk}"
        sent = {
            f"{prefix}-title": "Thames",
            f"{prefix}-description": "Boats on the Thames.",
            f"{prefix}-tags": "",
            f"{prefix}-credit": "Jo Sample",
            f"{prefix}-licence": "own",
            f"{prefix}-collection": collection(),
        }
        response = desk.post(f"/editor/images/multiple/{picture.pk}/", sent, headers=SCRIPT)
        assert response.json()["success"] is True
        picture.refresh_from_db()
        assert picture.title == "Thames"
        assert ("inform_pictures.save", str(editor.pk)) in events(picture.pk, before)

    def test_so_is_each_that_is_deleted(self, desk: Client, editor: User, picture: Picture) -> None:
        # An editor deletes what they put up themselves.
        Picture.objects.update(uploaded_by_user=editor)
        response = desk.post(f"/editor/images/multiple/{picture.pk}/delete/", headers=SCRIPT)
        assert response.json()["success"] is True
        assert not Picture.objects.exists()
        assert ("inform_pictures.delete", str(editor.pk)) in events(picture.pk)

    @pytest.mark.parametrize(
        ("change", "sent"),
        [("delete", {}), ("add_tags", {"tags": "boats"}), ("add_to_collection", {"collection": "1"})],
    )
    def test_the_way_that_no_log_sees_is_shut(
        self, desk: Client, editor: User, picture: Picture, change: str, sent: dict[str, str]
    ) -> None:
        Picture.objects.update(uploaded_by_user=editor)
        before = events(picture.pk)
        address = f"/editor/bulk/inform_pictures/picture/{change}/?id={picture.pk}"
        assert desk.post(address, sent).status_code == 403
        assert Picture.objects.filter(pk=picture.pk, tags__isnull=True).exists()
        assert events(picture.pk) == before


def test_a_change_by_the_platform_itself_is_in_the_record_as_such(picture: Picture) -> None:
    [(_verb, actor)] = events(picture.pk)
    assert actor == System("pictures").actor_id


def test_working_out_the_size_of_a_file_is_no_change(picture: Picture) -> None:
    before = events(picture.pk)
    picture.file_size = None
    picture.file_hash = ""
    picture.get_file_size()
    picture.get_file_hash()
    assert events(picture.pk) == before
