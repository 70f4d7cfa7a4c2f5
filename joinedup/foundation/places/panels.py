"""The postcode box as a panel, for the home page and others."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.panels import Panel, choices, register
from joinedup.foundation.panels import draw as draw_panel
from joinedup.foundation.places.atlas import Locality, atlas


def draw(request: HttpRequest) -> str:
    """The box. It posts to the page of areas and carries no token, so that the page can be cached."""
    return render_to_string("places/panel.html", {"example": atlas().by_hand["example"]}, request)


def of_area(request: HttpRequest, area: Locality) -> list[SafeString]:
    """What other subjects offer for this area: panels with its key at the end, as "news:north-west"."""
    keys = [key for key, _title in choices() if key.endswith(f":{area.key}")]
    return [html for key in keys if (html := draw_panel(key, request))]


register(Panel("my-area", _("My area: the postcode box"), draw))
