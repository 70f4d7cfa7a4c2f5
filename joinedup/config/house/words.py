"""The words residents meet, read from templates and code, and whether each is translated.

Read by Django's own parser and Python's, so that no gettext is needed where the tests run.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.base import Node, NodeList, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trim_whitespace

from joinedup.config.environment import ROOT

_CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}
_CONTEXT_CALLS = {"pgettext", "pgettext_lazy"}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%\{(\w+)\}|(?<!%)%[sd]")


@dataclass(frozen=True)
class Met:
    """Files whose words residents meet, by a pattern under joinedup/.

    Of a Python file, `only` names the classes and constants that count, or `skip` those that do
    not (the class of a form for staff); of templates `skip` names files.
    """

    files: str
    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()


def met(files: str, *, only: str = "", skip: str = "") -> Met:
    """A line of the list below: names are separated by spaces."""
    return Met(files, frozenset(only.split()), frozenset(skip.split()))


# A new subject that residents meet adds its lines here.
RESIDENTS = [
    met("config/faults.py", skip="not_allowed"),
    met("config/frame.py", only="MENU FOOTER"),
    met("config/settings.py", only="SITE_MAP_DOORS"),
    met("design/*.py", only="DrawnField _messages PARTS ThreePartDate"),
    met("design/templatetags/*.py"),
    met("design/templates/**/*.html", skip="gallery.html workspace.html"),
    met("foundation/doors/*.py"),
    met("foundation/messages/templates/messages/frame.*"),
    met("foundation/organisations/models.py", only="Kind"),
    met("foundation/thread/actions/hearing.py", only="say"),
    met("foundation/thread/drawing.py"),
    met("foundation/thread/models/telling.py", only="Verdict"),
    met("foundation/thread/story.py"),
    met(
        "foundation/thread/templates/**/*",
        skip="ledger.html mark.html reply.html tell.html thing.html workspace.html",
    ),
    met("inform/animations/models/*.py", only="Licence reader_kind"),
    met("inform/animations/page_versions.py"),
    met("inform/animations/templates/**/*"),
    met("inform/animations/templatetags/*.py"),
    met("inform/news/access_words.py"),
    met("inform/news/forms.py", skip="CancelEventForm"),
    met("inform/news/models/events.py", only="where ahead over"),
    met("inform/news/models/posts.py", only="Kind briefing_parts briefings month _heading _filters"),
    met("inform/news/phones.py"),
    met("inform/news/times.py"),
    met("inform/news/views/signing_up.py"),
    met(
        "inform/news/templates/news/**/*",
        skip="cancel.html detail.html list.html people.html table.html withdraw.html",
    ),
    met("inform/newsletter/forms.py"),
    met("inform/newsletter/views.py", skip="counts"),
    met("inform/newsletter/templates/**/*", skip="counts.html count_table.html"),
    met("foundation/places/*.py"),
    met("foundation/places/templates/places/*"),
    met("inform/pages/page_versions.py"),
    met("inform/pages/templates/pages/*.html", skip="notice.html"),
    met("inform/search/findable.py"),
    met("inform/search/plain.py"),
    met("inform/search/views.py", skip="missed_searches"),
    met("inform/search/templates/search/*"),
    met("involve/contributions/contact.py", only="phone_as_kept postcode_as_kept"),
    met("involve/contributions/forms/following.py"),
    met("involve/contributions/forms/sending.py", skip="EntryForm"),
    met("involve/contributions/forms/wording.py"),
    met("involve/contributions/models/contribution.py", only="Need State"),
    met("involve/contributions/views/following.py"),
    met(
        "involve/contributions/templates/**/*",
        skip="answer.html assign.html batch.html batches.html bring_in.html detail.html enter.html "
        "entered.html list.html new_word.html staff_add.html staff_withdraw.html told.html facts.html "
        "steps.html",
    ),
    met("involve/cases/thread.py"),
    met("involve/stories/findable.py"),
    met("involve/stories/thread.py"),
    met("involve/themes/thread.py"),
    met("involve/stories/templates/stories/*.html", skip="redact.html write.html"),
    met("involve/stories/views.py", only="StoryFeed"),
]
# Templates that share a name with one for staff.
ALSO = ["involve/contributions/templates/contributions/mail/answer.html"]


def residents_words() -> dict[tuple[str, str], str]:
    """Every message (context, words) a resident can meet, and the file it stands in."""
    found: dict[tuple[str, str], str] = {}
    for line in RESIDENTS:
        for path in sorted((ROOT / "joinedup").glob(line.files)):
            if path.is_dir() or (path.suffix != ".py" and path.name in line.skip):
                continue
            found |= dict.fromkeys(words_of(path, line), str(path.relative_to(ROOT)))
    for name in ALSO:
        found |= dict.fromkeys(words_of(ROOT / "joinedup" / name, met(name)), name)
    return found


def words_of(path: Path, line: Met) -> set[tuple[str, str]]:
    """The messages of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return set(_in_code(ast.parse(text), line, counts=not line.only))
    return set(in_template(text))


def in_template(text: str) -> Iterator[tuple[str, str]]:
    """The messages of a template, also those in branches that are never taken."""
    yield from _in_nodes(Template(text).nodelist)


def _in_nodes(nodes: NodeList | list[Node]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, TranslateNode):
            words: Any = node.filter_expression.var
            said = getattr(words, "literal", words)
            if isinstance(said, str):
                yield _context(node), said.strip("\"'").replace("%", "%%")
        elif isinstance(node, BlockTranslateNode):
            for tokens in (node.singular, node.plural):
                said = node.render_token_list(tokens)[0] if tokens else ""
                if said:
                    yield _context(node), trim_whitespace(said) if node.trimmed else said
        for name in (*node.child_nodelists, "nodelist_true", "nodelist_false"):
            yield from _in_nodes(getattr(node, name, None) or [])
        for _condition, inner in getattr(node, "conditions_nodelists", []):
            yield from _in_nodes(inner)


def _context(node: Any) -> str:
    given = node.message_context
    return str(given.var) if given else ""


def _in_code(tree: ast.AST, line: Met, *, counts: bool) -> Iterator[tuple[str, str]]:
    for node in ast.iter_child_nodes(tree):
        names = _names(node)
        if names & line.skip:
            continue
        here = counts or bool(names & line.only)
        if here and isinstance(node, ast.Call):
            yield from _said(node)
        yield from _in_code(node, line, counts=here)


def _names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return {node.name}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    return set()


def _said(call: ast.Call) -> Iterator[tuple[str, str]]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name in _CONTEXT_CALLS and len(texts) == 2:
        yield texts[0], texts[1]
    else:
        yield from (("", text) for text in texts[: _CALLS.get(name, 0)])


def placeholders(text: str) -> set[str]:
    """What is put into the text when it is shown."""
    return {match.group() for match in _PLACEHOLDER.finditer(text)}
