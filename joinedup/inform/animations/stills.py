"""Pictures at the sizes pages show them, all of a page in one question to the database."""

from collections.abc import Iterable

from joinedup.inform.pictures.models import Picture, Rendition

SMALL, LARGE = "width-640", "width-1280"


def sized(wanted: Iterable[tuple[int | None, str]]) -> dict[tuple[int | None, str], Rendition]:
    """Those pictures, given by key and size. One that nobody has asked for before is made now."""
    asked = {(key, size) for key, size in wanted if key is not None}
    if not asked:
        return {}
    rows = Rendition.objects.filter(
        image_id__in={key for key, _size in asked}, filter_spec__in={size for _key, size in asked}
    )
    found = {(row.image_id, row.filter_spec): row for row in rows}
    for key, size in asked - found.keys():
        found[key, size] = Picture.objects.get(pk=key).get_rendition(size)
    return found
