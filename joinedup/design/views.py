"""The component gallery, and the style sheet of a place with other colours."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.blocks import Block
from wagtail.images import get_image_model

from joinedup.design import gallery as examples
from joinedup.design.blocks import CONTENT_BLOCKS, HOME_BLOCKS
from joinedup.design.drawings import DRAWINGS
from joinedup.design.gallery_form import GalleryForm
from joinedup.design.icons import ICONS
from joinedup.design.palette import COLOURS, FIXED, stylesheet


def _shown(block_list: list[tuple[str, Block]], raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks that have an example, each bound to it."""
    return [
        {"name": name, "label": block.label, "value": block.normalize(block.to_python(raw[name]))}
        for name, block in block_list
        if name in raw
    ]


def _picture() -> dict[str, Any]:
    """An example of the picture block, when there is any picture to show."""
    image = get_image_model().objects.order_by("pk").first()
    if image is None:
        return {}
    chosen = {"image": image.pk, "decorative": False, "alt_text": "A picture from the library"}
    return {"image": {"image": chosen, "caption": "An example from the library", "credit": "The partnership"}}


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with example data. Who may see it is decided where the address is given."""
    context = {
        "noindex": True,
        "content_blocks": _shown(CONTENT_BLOCKS, examples.BLOCKS | _picture()),
        "home_blocks": _shown(HOME_BLOCKS, examples.HOME),
        "partners": examples.PARTNERS,
        "crumbs": examples.CRUMBS,
        "rows": examples.ROWS,
        "tags": examples.TAGS,
        "example_notice": examples.NOTICE,
        "empty_form": GalleryForm(prefix="plain"),
        "faulty_form": GalleryForm({"faulty-email": "nobody"}, prefix="faulty"),
        "page_of_many": Paginator(range(200), 10).page(6),
        "icons": ICONS,
        "drawings": DRAWINGS,
        "colours": COLOURS | FIXED,
    }
    return render(request, "design/gallery.html", context)


def colours(request: HttpRequest) -> HttpResponse:
    """The place's own colours as a style sheet; public, and the same for everyone."""
    partnership: dict[str, Any] = getattr(settings, "PARTNERSHIP", {})
    return HttpResponse(
        stylesheet(partnership.get("colours", {})),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=3600"},
    )
