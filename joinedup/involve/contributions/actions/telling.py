"""Telling someone by email what came of what they said."""

from collections.abc import Callable

from django.db import transaction

from joinedup.design.place import written_language
from joinedup.foundation.audit.actions import record
from joinedup.foundation.messages.actions import write
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.involve.contributions.models import Contribution


@transaction.atomic
def tell_of_change(*, contribution: Contribution, text: str, path: Callable[[], str], by: Actor) -> bool:
    """Queue an email with what came about and a link to say whether it changed anything.

    `path` gives the path of that page in the language of the moment. False when there is no address to write
    to, or the person took back what they said. Raises PermissionRefused.
    """
    ask(by, Permission.THREAD_TELL)
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if fresh.state == Contribution.State.REVOKED or not fresh.email:
        return False
    write(
        to=fresh.email,
        template="contributions/mail/change",
        context={"contribution": fresh, "text": text, "path": path},
        stream=Message.Stream.REPLY,
        about=fresh,
        language=written_language(fresh.language),
    )
    record(verb="involve_contributions.tell_of_change", by=by, subject=fresh)
    return True
