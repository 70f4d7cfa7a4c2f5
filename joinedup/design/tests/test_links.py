"""A link leads to one place, and never to a script."""

import pytest
from django.core.exceptions import ValidationError

from joinedup.design.link_blocks import LinkBlock, LinkValue, OptionalLinkBlock, validate_address

GOOD = [
    "/contact/",
    "/",
    "#main",
    "https://www.example.org/a?b=c",
    "http://example.org",
    "tel:999",
    "mailto:a@b.org",
]
BAD = [
    "javascript:alert(1)",
    "//example.org",
    "/\\example.org",
    "/\\/example.org",
    "\\\\example.org",
    "data:text/html,x",
    "contact",
    "/two words",
    "ftp://example.org",
    "",
]


@pytest.mark.parametrize("address", GOOD)
def test_addresses_that_lead_somewhere(address: str) -> None:
    validate_address(address)


@pytest.mark.parametrize("address", BAD)
def test_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        validate_address(address)


class APage:
    url = "/about/"


def test_a_chosen_page_wins_and_an_empty_link_leads_nowhere() -> None:
    assert LinkValue(None, {"page": APage(), "address": ""}).href == "/about/"
    assert LinkValue(None, {"page": None, "address": "/news/"}).href == "/news/"
    assert LinkValue(None, {"page": None, "address": ""}).href == ""


def test_a_link_needs_one_target() -> None:
    block = LinkBlock()
    assert block.clean(block.to_python({"page": None, "address": "/news/"})).href == "/news/"
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"page": None, "address": ""}))


def test_an_optional_link_may_be_empty_but_not_wrong() -> None:
    block = OptionalLinkBlock()
    assert block.clean(block.to_python({"page": None, "address": ""})).href == ""
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"page": None, "address": "javascript:alert(1)"}))


def test_two_targets_are_refused() -> None:
    block = LinkBlock()
    block.child_blocks["page"].clean = lambda value: value
    with pytest.raises(ValidationError):
        block.clean(LinkValue(block, {"page": APage(), "address": "/news/"}))
