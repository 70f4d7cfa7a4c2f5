"""Who may see a contribution: staff by their roles, the person by reference and word."""

from typing import Any

from django.core import signing
from django.http import Http404

from joinedup.foundation.permissions import Permission
from joinedup.foundation.permissions import may as roles_allow
from joinedup.involve.contributions import references, secret_words
from joinedup.involve.contributions.models import Contribution

TOKEN_LASTS = 30 * 60  # seconds
_SALT = "joinedup.contributions.follow"


def may(user: object, permission: Permission, contribution: Contribution) -> bool:
    """Whether the user's roles carry the permission for this contribution."""
    return roles_allow(user, permission, contribution)


def get_for(user: object, permission: Permission, *, reference: str) -> Contribution:
    """The contribution with that reference if the user may do this to it; otherwise it is not found."""
    exact = references.parse(reference)
    rows = Contribution.objects.for_user(user, permission).select_related(
        "organisation", "assigned_to", "entered_by"
    )
    contribution = rows.filter(reference=exact).first() if exact else None
    if contribution is None:
        raise Http404
    return contribution


def by_reference_and_word(reference: str, word: str) -> Contribution | None:
    """The contribution they open, or None; a wrong word and an unknown reference take the same way."""
    exact = references.parse(reference) or ""
    contribution = Contribution.objects.select_related("organisation").filter(reference=exact).first()
    kept = contribution.word_digest if contribution is not None else secret_words.NOBODY
    return contribution if secret_words.matches(reference=exact, word=word, kept=kept) else None


def token_for(contribution: Contribution) -> str:
    """A signed pass for the person's next step; it travels in the form, never in an address or a cookie."""
    return signing.dumps([contribution.pk], salt=_SALT)


def by_token(token: str) -> Contribution | None:
    """The contribution a pass is for; None when it is older than half an hour, altered, or not ours."""
    try:
        held: Any = signing.loads(token, salt=_SALT, max_age=TOKEN_LASTS)
    except signing.BadSignature:
        return None
    return Contribution.objects.select_related("organisation").filter(pk=held[0]).first()
