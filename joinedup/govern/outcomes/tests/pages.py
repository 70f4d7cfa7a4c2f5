"""Pages of measures as tests read them: what a reader would see, taken from the HTML."""

import csv
import io
import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

BLOCKS = {"p", "div", "li", "dt", "dd", "th", "td", "tr", "h1", "h2", "h3", "br", "caption", "title", "desc"}
VOID = {"input", "br", "img", "meta", "link", "hr", "source"}


@dataclass
class Node:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        found = "".join(
            each if isinstance(each, str) else each.text + (" " if each.tag in BLOCKS else "")
            for each in self.children
        )
        return " ".join(found.split())

    def all(self, tag: str = "", klass: str = "") -> list["Node"]:
        found = []
        for each in self.children:
            if isinstance(each, Node):
                classes = each.attributes.get("class", "").split()
                if (not tag or each.tag == tag) and (not klass or klass in classes):
                    found.append(each)
                found += each.all(tag, klass)
        return found

    def one(self, tag: str = "", klass: str = "") -> "Node":
        [found] = self.all(tag, klass)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Node:
    """The page; fails where an element is not closed in its turn."""
    reader = _Reader()
    reader.feed(html)
    assert len(reader.open) == 1
    return reader.root


def sign(node: Node) -> str:
    """The key of the sign a shape has."""
    [found] = re.findall(r"jo-sign--([\w-]+)", node.attributes["class"])
    return str(found)


def rows(content: bytes) -> list[dict[str, str]]:
    """A file of figures."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def filled(html: str) -> dict[str, str]:
    """What a browser would send if someone pressed the button at once."""
    form = html[html.rindex('<form method="post"') :]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        box = attributes.get("type") in ("radio", "checkbox")
        is_sent = "name" in attributes and " disabled" not in tag and attributes.get("type") != "file"
        if is_sent and (not box or " checked" in tag):
            sent[attributes["name"]] = unescape(attributes.get("value", "on" if box else ""))
    for opening, name, inside in re.findall(
        r'(<select[^>]*name="([^"]*)"[^>]*>)(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        if " disabled" not in opening:
            sent[name] = chosen.group(1) if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescape(text.removeprefix("\n").removeprefix("\r\n"))
    return sent
