"""Helps the tests read HTML as people meet it: by element, id and words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "use"}


@dataclass
class Element:
    """One element with its attributes, children and words."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    own_text: list[str] = field(default_factory=list)
    parent: "Element | None" = None

    @property
    def text(self) -> str:
        """All words inside, spaces made plain."""
        return " ".join(" ".join(self.own_text).split())

    def all(self, tag: str = "", **wanted: str) -> list["Element"]:
        """Every element inside with this tag and these attributes (`class_` asks for one class)."""
        found = []
        for child in self.children:
            if (not tag or child.tag == tag) and child.has(**wanted):
                found.append(child)
            found += child.all(tag, **wanted)
        return found

    def one(self, tag: str = "", **wanted: str) -> "Element":
        """The only such element."""
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of <{tag}> {wanted}"
        return found[0]

    def has(self, **wanted: str) -> bool:
        """Whether all these attributes are as wanted."""
        return all(
            value in self.attributes.get("class", "").split()
            if name == "class_"
            else self.attributes.get(name.rstrip("_").replace("_", "-")) == value
            for name, value in wanted.items()
        )


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(
            Element(tag, {name: value or "" for name, value in attrs}, parent=self.here)
        )

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        place: Element | None = self.here
        while place is not None:
            place.own_text.append(data)
            place = place.parent


def read(html: Any) -> Element:
    """The page as a tree; fails when elements are not closed in order."""
    builder = _Builder()
    builder.feed(str(html))
    builder.close()
    assert builder.here is builder.root, f"<{builder.here.tag}> is never closed"
    return builder.root
