"""What /media/ gives away: pictures as pages use them, logos, and nothing else whatever the path says."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

SECRETS = ["documents/report.txt", "original_images/raw.txt", "images/.hidden.txt", "images/deep/er.txt"]


@pytest.fixture
def media(tmp_path: Path, settings: LazySettings) -> Path:
    """A store with a picture, a logo, and what nobody may fetch; the folder above it holds a secret."""
    root = tmp_path / "media"
    for name in ["images/river.width-800.txt", "logos/barts.txt", *SECRETS]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("shown" if name not in SECRETS else "secret")
    (tmp_path / "database.txt").write_text("secret")
    settings.MEDIA_ROOT = root
    return root


@pytest.mark.django_db
class TestWhatIsServed:
    @pytest.mark.parametrize("path", ["images/river.width-800.txt", "logos/barts.txt"])
    def test_a_picture_and_a_logo_are_shown(self, client: Client, media: Path, path: str) -> None:
        response = client.get(f"/media/{path}")
        assert response.status_code == 200
        assert b"".join(response) == b"shown"

    @pytest.mark.parametrize("path", SECRETS)
    def test_originals_and_everything_else_in_the_store_are_not(
        self, client: Client, media: Path, path: str
    ) -> None:
        assert (media / path).read_text() == "secret"
        assert client.get(f"/media/{path}").status_code == 404

    @pytest.mark.parametrize("folder", ["", "images", "images/", "logos/", "documents/"])
    def test_no_folder_is_listed(self, client: Client, media: Path, folder: str) -> None:
        assert client.get(f"/media/{folder}", follow=True).status_code == 404


@pytest.mark.django_db
class TestWaysOut:
    @pytest.mark.parametrize(
        "path",
        [
            "images/../documents/report.txt",
            "images/../original_images/raw.txt",
            "images/%2e%2e/documents/report.txt",
            "images/%2E%2E/documents/report.txt",
            "images/..%2fdocuments/report.txt",
            "images/..%2Fdocuments%2Freport.txt",
            "images/%2e%2e%2fdocuments%2freport.txt",
            "images/./../documents/report.txt",
            "images/..%5cdocuments%5creport.txt",
            "images//../documents/report.txt",
            "logos/../documents/report.txt",
            "images/../../database.txt",
            "images/%2e%2e/%2e%2e/database.txt",
            "images/..%2f..%2fdatabase.txt",
        ],
    )
    def test_no_spelling_of_the_folder_above_leads_anywhere(
        self, client: Client, media: Path, path: str
    ) -> None:
        response = client.get(f"/media/{path}", follow=True)
        assert response.status_code == 404
        assert b"secret" not in response.content

    @pytest.mark.parametrize("length", [201, 300, 5000])
    def test_a_name_longer_than_any_file_is_not_found_and_no_fault(
        self, client: Client, media: Path, length: int
    ) -> None:
        assert client.get(f"/media/images/{'a' * length}", follow=True).status_code == 404

    @pytest.mark.parametrize("name", ["%00", "a%00.png", "%0a", "\u202ea.png", "%F0%9F%98%80.png"])
    def test_a_name_no_file_can_have_is_not_found_and_no_fault(
        self, client: Client, media: Path, name: str
    ) -> None:
        assert client.get(f"/media/images/{name}", follow=True).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/%00/", "/newsletter/confirm/%00/", "/programmes/%00/", "/bn/%00/", "/workspace/%00/"]
)
def test_a_zero_character_in_any_address_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
