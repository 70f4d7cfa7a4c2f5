"""A picture always comes with words for those who cannot see it, or says that it only decorates."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.images import get_image_model

from joinedup.design.blocks import CONTENT_BLOCKS
from joinedup.design.tests.drawn import read

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a smaller picture to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
BLOCK = dict(CONTENT_BLOCKS)["image"]


@pytest.fixture
def picture(settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    data = BytesIO()
    Image.new("RGB", (900, 600), "#0b4a5c").save(data, "PNG")
    return get_image_model().objects.create(title="Canal", file=ImageFile(data, name="canal.png"))


def value(picture: Any, **changes: Any) -> Any:
    image = {"image": picture.pk, "decorative": False, "alt_text": "A boat on the canal"} | changes
    return BLOCK.normalize(BLOCK.to_python({"image": image, "caption": "Limehouse", "credit": "A neighbour"}))


def test_picture_is_described_captioned_and_credited(picture: Any) -> None:
    page = read(BLOCK.render(value(picture)))
    assert page.one("img").has(alt="A boat on the canal", width="800", loading="lazy")
    assert page.one("figcaption").text == "Limehouse Picture: A neighbour"


def test_decorative_picture_is_passed_by(picture: Any) -> None:
    assert read(BLOCK.render(value(picture, decorative=True))).one("img").has(alt="")


def test_picture_without_words_is_refused(picture: Any) -> None:
    with pytest.raises(ValidationError):
        BLOCK.clean(value(picture, alt_text=""))
