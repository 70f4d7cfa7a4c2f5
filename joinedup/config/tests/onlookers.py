"""People who have no business with what someone said, and everything they try to see or to do."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.test import Client

from joinedup.config.house import routes as house
from joinedup.config.tests import keys
from joinedup.config.tests.site_state import tables
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission, may
from joinedup.govern.meetings.models import Action
from joinedup.involve.cases.models import Part

REFUSED = {403, 404, 405}
# What has a key and may be opened by every role of one organisation: nothing in it is about a person.
OPEN_TO_PARTNERS = {"workspace/organisations/<slug:slug>/"}
# Where something can be looked for, by what one needs for it.
SEARCHES = {
    "public": "/search/?q=",
    str(Permission.CONTRIBUTION_VIEW): "/workspace/contributions/?state=all&q=",
    str(Permission.CONTRIBUTION_SORT): "/workspace/triage/?q=",
    str(Permission.SEARCH_VIEW): "/workspace/search/?q=",
}
# What looking for something changes: how often it was looked for in vain.
COUNTED = {"inform_search_missedsearch"}


@dataclass(frozen=True)
class Try:
    """One address that someone may try."""

    pattern: str
    address: str
    door: str

    @property
    def is_public(self) -> bool:
        """Whether it is a page for everyone."""
        return self.door == "public"


Contents = dict[str, list[object]]


def contents() -> Contents:
    """Rows and digest of each table; of sessions and of what is only counted, nothing."""
    return {name: held for name, held in tables().items() if name not in COUNTED}


def untold() -> list[str]:
    """Routes with arguments for which nobody has said which things they are about."""
    stems = keys.KEYS.keys() | keys.NOT_OF_A_VOICE.keys()
    return [each.pattern for each in _routes() if _has_no_stem(each, stems)]


def _has_no_stem(route: house.Route, stems: Any) -> bool:
    return house.has_arguments(route.pattern) and house.stem_of(route.pattern, stems) is None


def _routes() -> Iterator[house.Route]:
    """Those of a permission and those for everyone; the page editor shares one door, tried elsewhere."""
    for route in house.routes():
        if route.pattern in keys.NOT_OF_A_VOICE:
            continue
        if route.door == "public" or route.door in set(Permission):
            yield route


def tries() -> list[Try]:
    """Every route, once for each thing that is there now."""
    rows = {stem: list(found()) for stem, found in keys.KEYS.items()}
    stems = rows.keys() | keys.NOT_OF_A_VOICE.keys()
    made = []
    for route in _routes():
        stem = house.stem_of(route.pattern, stems) if house.has_arguments(route.pattern) else None
        if stem is not None:
            addresses = [house.address(route.pattern, stem, key) for key in rows.get(stem, ())]
        else:
            addresses = [route.sample] if route.sample is not None else []
        made += [Try(route.pattern, each, route.door) for each in addresses]
    return made


@dataclass
class Onlooker:
    """Someone who tries everything, and the organisation they work for."""

    name: str
    client: Client
    user: User | None = None
    organisation: Organisation | None = None
    reads: bool = False
    """Whether the role reaches the whole partnership, so that pages with keys open; only reads are tried."""

    looks: bool = True
    """Whether they try to see things, and not only to do what others are about to do."""

    def is_let_through(self, door: str) -> bool:
        """Whether it depends on the thing whether they are refused; if not, their role refuses everything."""
        return door == "public" or may(self.user, Permission(door))

    def takes_part(self) -> bool:
        """Whether their organisation was asked for a part."""
        return self._parts().exists()

    def _parts(self) -> Any:
        owner = self.organisation.pk if self.organisation is not None else None
        return Part.objects.standing().filter(organisation=owner)

    def may_open(self) -> set[str]:
        """The pages with keys that were given to their organisation."""
        case = "/workspace/cases/{0}/"
        mine = {f"/workspace/meetings/actions/{row.pk}/finish/" for row in self._actions()}
        for part in self._parts().select_related("case"):
            here = case.format(part.case.reference)
            mine |= {here, f"{here}parts/{part.pk}/"}
            for number in part.case.answers.values_list("number", flat=True):
                mine.add(f"{here}answer/{number}/{part.organisation_id}/")
        return mine

    def _actions(self) -> Any:
        owner = self.organisation.pk if self.organisation is not None else None
        return Action.objects.filter(organisation=owner)


def is_refused(answer: Any) -> bool:
    """Whether someone was sent away, or to the door."""
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/")
    return to_sign_in or answer.status_code in REFUSED


def told_by(answer: Any, address: str, secrets: Mapping[str, str]) -> list[str]:
    """Which secrets a page tells that did not stand in its address."""
    if answer.streaming:
        text = b"".join(answer.streaming_content).decode(errors="replace")
    else:
        text = answer.content.decode(errors="replace")
    text += answer.headers.get("Location", "")
    return [name for name, secret in secrets.items() if secret in text and secret not in address]


@dataclass
class Watch:
    """All of them, and what must stay hidden now."""

    people: list[Onlooker]
    secrets: dict[str, str] = field(default_factory=dict)
    """From everyone here, always."""
    works: dict[str, str] = field(default_factory=dict)
    """From all but organisations that were asked for a part, until it is shown to everyone."""
    tried: Counter[str] = field(default_factory=Counter)
    refused: set[tuple[str, str]] = field(default_factory=set)
    """Who was sent away by their role alone, and from where; tried once more at the end."""
    faults: list[str] = field(default_factory=list)

    def hidden_from(self, someone: Onlooker) -> dict[str, str]:
        """What this person must not read now."""
        return self.secrets if someone.takes_part() else self.secrets | self.works

    def look(self, step: str, *, by_readers: bool = False) -> None:
        """Everyone tries everything. What they got is kept in `faults`.

        Who is sent away by their role alone, whatever the thing, tries each address once, when it is new.
        """
        every = tries()
        before = contents()
        for someone in self.people:
            if not someone.looks or (someone.reads and not by_readers):
                continue
            self._everything(f"{step}: {someone.name}", someone, every)
            self._searches(f"{step}: {someone.name}", someone)
            before = self._unchanged(f"{step}: {someone.name}", before)

    def _unchanged(self, who: str, before: Contents) -> Contents:
        after = contents()
        changed = [name for name in before if before[name] != after[name]]
        if changed:
            self.faults.append(f"{who} changed {', '.join(changed)}")
        return after

    def _everything(self, who: str, someone: Onlooker, every: list[Try]) -> None:
        hidden, given = self.hidden_from(someone), someone.may_open()
        for each in every:
            if each.is_public and someone.user is not None:
                continue  # the same page for everyone
            if (someone.name, each.address) in self.refused:
                continue
            if someone.user is not None and not someone.is_let_through(each.door):
                self.refused.add((someone.name, each.address))
            self.tried[each.pattern] += 1
            for method in self._methods(someone, each):
                self._one(who, someone, each, method, hidden, opens=each.address in given)

    def stems_tried(self) -> set[str | None]:
        """Of which kinds of things at least one was tried."""
        return {house.stem_of(pattern, keys.KEYS) for pattern in self.tried if house.has_arguments(pattern)}

    def _methods(self, someone: Onlooker, each: Try) -> tuple[str, ...]:
        """To post is tried wherever it may not be done; on lists, where each has a form, only to read."""
        listed = someone.is_let_through(each.door) and not house.has_arguments(each.pattern)
        return ("get",) if each.is_public or someone.reads or listed else ("get", "post")

    def _one(
        self, who: str, someone: Onlooker, each: Try, method: str, hidden: dict[str, str], *, opens: bool
    ) -> None:
        answer = getattr(someone.client, method)(each.address)
        told = told_by(answer, each.address, hidden)
        if told:
            self.faults.append(f"{who} read {', '.join(told)} at {method} {each.address}")
        closed = house.has_arguments(each.pattern) and each.pattern not in OPEN_TO_PARTNERS
        must_refuse = not each.is_public and not someone.reads and not opens
        if must_refuse and (closed or someone.organisation is None) and not is_refused(answer):
            self.faults.append(f"{who} got in: {method} {each.address} answered {answer.status_code}")

    def _searches(self, who: str, someone: Onlooker) -> None:
        """Look for one secret, in the hope of reading the others."""
        hidden = self.hidden_from(someone)
        for name in {"words", "reference"} & hidden.keys():
            for door, search in SEARCHES.items():
                if (someone.user is None) == (door == "public") and someone.is_let_through(door):
                    address = f"{search}{quote(hidden[name])}"
                    others = {key: secret for key, secret in hidden.items() if key != name}
                    for found in told_by(someone.client.get(address), address, others):
                        self.faults.append(f"{who} read {found} at {address}")

    def may_not(self, step: str, address: str, body: Mapping[str, Any], *, but: Client) -> None:
        """Everyone else tries to do what one person is about to do, with the same words."""
        before = contents()
        for someone in self.people:
            if someone.client is but or someone.reads:
                continue
            answer = someone.client.post(address, body)
            if not is_refused(answer):
                self.faults.append(f"{step}: {someone.name} was let in to {address}")
        self._unchanged(f"{step}: one of those who may not", before)
