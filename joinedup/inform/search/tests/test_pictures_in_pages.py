"""A page with a picture is found, also by what the picture is said to show."""

import pytest
from wagtail.images.blocks import ImageBlock

from joinedup.inform.pictures.models import Picture
from joinedup.inform.search.plain import Texts, read_block


def read(*, decorative: bool) -> list[str]:
    picture = Picture(title="river.png", collection_id=1)
    picture.contextual_alt_text, picture.decorative = "The river at Wapping", decorative
    found = Texts()
    read_block(ImageBlock(), picture, found, "image")
    return found.running


@pytest.mark.parametrize(("decorative", "words"), [(False, ["The river at Wapping"]), (True, [])])
def test_what_a_picture_shows_is_read_unless_it_only_decorates(decorative: bool, words: list[str]) -> None:
    assert read(decorative=decorative) == words
