"""Contributions for tests, made through the actions, as people make them."""

import secrets
from dataclasses import replace
from typing import Any

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.actions.answering import assign
from joinedup.involve.contributions.actions.speaking import Receipt, Said, send
from joinedup.involve.contributions.models import Contribution

WORDS = "The lift at the clinic has been broken for three weeks. My neighbour cannot get upstairs."
SAID = Said(kind="feedback", words=WORDS, speaker="resident", about="someone-else", reply_by="none")

BY_EMAIL = {"reply_by": "email", "email": "amina@example.org"}
BY_PHONE = {"reply_by": "phone", "phone": "+447700900123"}
BY_LETTER = {
    "reply_by": "letter",
    "name": "Amina Begum",
    "address_line_1": "7 Elm Walk",
    "town": "London",
    "postcode": "E1 4DG",
}


def sent(**changes: Any) -> Receipt:
    """Something sent by the form on the website, with its word."""
    at = changes.pop("at", None)
    return send(said=replace(SAID, **changes), once=secrets.token_urlsafe(), at=at)


def given_to(organisation: Organisation, by: Actor, **changes: Any) -> Contribution:
    """Something sent, read, and given to an organisation."""
    return assign(contribution=sent(**changes).contribution, organisation=organisation, by=by)


def filled_in(**changes: Any) -> dict[str, Any]:
    """The form on the website as someone posts it, with a key of its own."""
    return {
        "once": secrets.token_urlsafe(),
        "website": "",
        "kind": "feedback",
        "words": WORDS,
        "speaker": "resident",
        "about": "self",
        "reply_by": "none",
        "language": "en",
        **changes,
    }
