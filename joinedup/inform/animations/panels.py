"""The newest animation, for the home page and other pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.panels import Panel, register
from joinedup.inform.animations.models import AnimationPage
from joinedup.inform.animations.stills import SMALL, sized


def draw(request: HttpRequest) -> str:
    """Poster, title and length, in the language of the page; in any language when there is none in it."""
    shown = AnimationPage.objects.shown()
    newest = shown.filter(locale__language_code=get_language()).first() or shown.first()
    if newest is None:
        return ""
    newest.still = sized([(newest.poster_id, SMALL)]).get((newest.poster_id, SMALL))
    return render_to_string("animations/panel.html", {"animation": newest}, request)


register(Panel("newest-animation", _("The newest animation"), draw))
