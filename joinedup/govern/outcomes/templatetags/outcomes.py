"""Template tags of measures: `{% load outcomes %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from joinedup.govern.outcomes import captions, drawing, periods
from joinedup.govern.outcomes.captions import Drawn
from joinedup.govern.outcomes.reading import Result, Start
from joinedup.govern.outcomes.wording import OPEN, SIGNS, Sign

register = template.Library()


@register.simple_tag
def picture_of(result: Result, size: str) -> Drawn | None:
    """The picture of a result: wide, narrow or tiny."""
    return captions.drawn(result, size)


@register.simple_tag
def sign_shape(sign: Sign) -> SafeString:
    """The shape of a sign. It stands beside its words, so screen readers pass it by."""
    return format_html(
        '<svg class="jo-sign jo-sign--{}" viewBox="0 0 20 20" width="20" height="20" focusable="false"'
        ' aria-hidden="true"><path d="{}"/></svg>',
        sign.key,
        drawing.outline(sign.shape, 10, 10, 8),
    )


@register.simple_tag
def signs() -> list[Sign]:
    """Every sign there is, for a legend."""
    return [*SIGNS.values(), OPEN]


@register.simple_tag
def signs_in(result: Result) -> list[Sign]:
    """The signs that stand in this picture, each once, in the order of all."""
    found = {line.sign for line in result.lines if line.point is not None}
    return [sign for sign in signs() if sign in found]


@register.simple_tag
def when_of(result: Result, start: Start) -> str:
    """From when a start counts, in the words of the measure's own times."""
    return periods.words(start.on, result.measure.every)
