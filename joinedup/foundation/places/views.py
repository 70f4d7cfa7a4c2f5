"""The doors of places. They ask the database for nothing and keep nothing: see docs/adr/0014."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundation.doors.entry import private, public
from joinedup.foundation.places.atlas import Place, atlas, locality
from joinedup.foundation.places.drawing import map_of
from joinedup.foundation.places.finding import Outside, Unclear
from joinedup.foundation.places.forms import PostcodeForm
from joinedup.foundation.places.panels import of_area


def _shared() -> dict[str, Any]:
    """What every page of places shows: the areas, and where all this comes from."""
    known = atlas()
    return {
        "localities": known.localities,
        "neighbourhoods": known.neighbourhoods,
        "attribution": known.attribution,
        "deprivation": known.by_hand["deprivation"],
        "postcodes_as_at": known.by_hand["postcodes_as_at"],
    }


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    home = reverse("places:my-area").removesuffix("my-area/")  # "/", or "/bn/"
    return [{"label": label, "href": href} for label, href in ((_("Home"), home), *more)]


# No form-protection token: the page is cached for everybody, and looking up changes nothing that another
# site could make a visitor change.
@csrf_exempt
@public
@sensitive_post_parameters("postcode")
@require_http_methods(["GET", "HEAD", "POST"])
def my_area(request: HttpRequest) -> HttpResponse:
    """The postcode box, and the answer to it. The answer stands in no cache, no address and no log."""
    is_asked = request.method == "POST"
    form = PostcodeForm(request.POST if is_asked else None)
    answer = form.answer if is_asked and (form.is_valid() or form.errors) else None
    place = answer if isinstance(answer, Place) else None
    context = {
        **_shared(),
        "form": form,
        "box": PostcodeForm() if isinstance(answer, Place) else form,
        "place": place,
        "outside": answer if isinstance(answer, Outside) else None,
        "unclear": answer if isinstance(answer, Unclear) else None,
        "map": map_of(place.locality if place else None, place),
        "marked": place.locality if place else None,
        "noindex": is_asked,
        "crumbs": _crumbs((_("My area"), reverse("places:my-area") if is_asked else "")),
    }
    response = render(request, "places/my_area.html", context)
    # Someone's postcode in an address: not by our form, but kept out of shared caches all the same.
    return _unkept(response) if is_asked or request.GET else response


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    private(response)
    return response


@public
@require_safe
def area(request: HttpRequest, key: str) -> HttpResponse:
    """One area: where it is, its wards, what the figures say, and what other subjects have for it."""
    found = locality(key)
    if found is None:
        raise Http404
    context = {
        **_shared(),
        "area": found,
        "map": map_of(found),
        "marked": found,
        "panels": of_area(request, found),
        "crumbs": _crumbs((_("My area"), reverse("places:my-area")), (found.name, "")),
    }
    return render(request, "places/area.html", context)
