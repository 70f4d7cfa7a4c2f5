"""Asking other websites: politely, and never a private network, whatever a name or a redirect says."""

import socket
from collections.abc import Callable

import pytest

from joinedup.inform.pages import outside
from joinedup.inform.pages.models import BrokenLink

Fault = BrokenLink.Fault
Answer = tuple[int, str]


def asking(
    answers: dict[tuple[str, str], Answer | Exception],
) -> tuple[outside.OtherWebsites, list[tuple[str, str]]]:
    asked: list[tuple[str, str]] = []

    def ask(method: str, address: str) -> Answer:
        asked.append((method, address))
        found = answers[(method, address)]
        if isinstance(found, Exception):
            raise found
        return found

    return outside.OtherWebsites(ask=ask, sleep=lambda seconds: None, clock=lambda: 0.0), asked


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (200, None),
        (204, None),
        (401, None),
        (429, None),
        (404, Fault.NO_PAGE),
        (410, Fault.NO_PAGE),
        (500, Fault.FAULT),
    ],
)
def test_what_an_answer_means(status: int, fault: Fault | None) -> None:
    websites, _asked = asking({("HEAD", "https://a.example/"): (status, "")})
    assert websites("https://a.example/") == fault


def test_who_refuses_head_is_asked_with_get() -> None:
    websites, asked = asking(
        {("HEAD", "https://a.example/"): (405, ""), ("GET", "https://a.example/"): (200, "")}
    )
    assert websites("https://a.example/") is None
    assert [method for method, _address in asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("fault", [TimeoutError(), socket.gaierror(), ConnectionResetError(), ValueError()])
def test_who_does_not_answer_is_on_the_list(fault: Exception) -> None:
    websites, _asked = asking({("HEAD", "https://a.example/"): fault})
    assert websites("https://a.example/") == Fault.NO_ANSWER


def test_each_address_is_asked_once_whatever_its_anchor() -> None:
    websites, asked = asking({("HEAD", "https://a.example/"): (200, "")})
    for address in ("https://a.example/", "https://a.example/#x", "https://a.example/"):
        assert websites(address) is None
    assert len(asked) == 1


def test_one_host_is_asked_once_a_second() -> None:
    waited: list[float] = []
    websites = outside.OtherWebsites(ask=lambda m, a: (200, ""), sleep=waited.append, clock=lambda: 5.0)
    for number in range(3):
        websites(f"https://a.example/{number}")
    websites("https://b.example/")
    assert waited == [1.0, 1.0]


def test_redirects_are_followed_and_an_endless_chain_ends() -> None:
    websites, _asked = asking(
        {("HEAD", "https://a.example/"): (301, "/there"), ("HEAD", "https://a.example/there"): (404, "")}
    )
    assert websites("https://a.example/") == Fault.NO_PAGE
    endless, asked = asking({("HEAD", "https://a.example/"): (302, "https://a.example/")})
    endless("https://a.example/")
    assert len(asked) == 5


@pytest.mark.parametrize("onward", ["file:///etc/passwd", "ftp://x.example/", "gopher://x/"])
def test_a_redirect_to_another_kind_of_address_is_refused(onward: str) -> None:
    websites, _asked = asking({("HEAD", "https://a.example/"): (302, onward)})
    assert websites("https://a.example/") == Fault.REFUSED


Resolves = Callable[[str], None]


@pytest.fixture
def resolves(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say which addresses every name has; nothing is asked of the network."""

    def to(*addresses: str) -> None:
        rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)

    return to


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
     "::1", "fc00::1", "fe80::1%eth0", "::ffff:127.0.0.1", "224.0.0.1", "255.255.255.255"],
)  # fmt: skip
def test_private_addresses_are_refused(address: str, resolves: Callable[..., None]) -> None:
    resolves(address)
    assert outside.OtherWebsites(sleep=lambda s: None)("http://inside.example/") == Fault.REFUSED


def test_a_name_with_one_private_address_among_public_ones_is_refused(resolves: Callable[..., None]) -> None:
    resolves("93.184.216.34", "127.0.0.1")
    assert outside.public_address("mixed.example", 80) is None


def test_other_ports_are_refused(resolves: Callable[..., None]) -> None:
    resolves("93.184.216.34")
    assert outside.OtherWebsites(sleep=lambda s: None)("http://a.example:6379/") == Fault.REFUSED


def test_it_connects_to_the_very_address_that_was_checked(
    resolves: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    resolves("93.184.216.34")
    connected: list[object] = []

    def connect(address: object, timeout: float) -> None:
        connected.append(address)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert outside.OtherWebsites(sleep=lambda s: None)("http://a.example/") == Fault.NO_ANSWER
    assert connected == [("93.184.216.34", 80)]
