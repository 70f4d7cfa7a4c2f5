"""Captions are read strictly, and what is wrong is said with its line."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.inform.animations import webvtt
from joinedup.inform.animations.film.render import stamp

HEAD = "WEBVTT\n\n"
CUE = "00:01.000 --> 00:02.000\nWords\n"


def fault(text: str, length: float | None = None) -> webvtt.Fault:
    with pytest.raises(webvtt.Fault) as found:
        webvtt.read(text, length)
    return found.value


@pytest.mark.parametrize(
    "text",
    [
        HEAD + CUE,
        "\ufeff" + HEAD + CUE,
        "WEBVTT - with a title\n\n" + CUE,
        (HEAD + CUE).replace("\n", "\r\n"),
        HEAD + "1\n" + CUE,
        HEAD + "NOTE two\nlines\n\n" + CUE,
        HEAD + "STYLE\n::cue { color: white }\n\n" + CUE,
        HEAD + "01:00:01.000 --> 01:00:02.000 line:90% align:center position:50% size:80%\nWords\n",
        HEAD + "00:01.000 --> 00:02.000\n<v Amina>Hello <i>there</i> &amp; &lt;you&gt;\n",
        HEAD + "00:01.000 --> 00:02.000\n<v Amina>Hello</v> <lang bn>ওহে</lang> <c.loud>all</c>\n",
        HEAD + CUE + "\n00:01.500 --> 00:03.000\nAt the same time\n",
    ],
)
def test_sound_captions_are_read(text: str) -> None:
    assert webvtt.read(text)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "first line must be WEBVTT"),
        ("webvtt\n\n" + CUE, 1, "first line must be WEBVTT"),
        ("1\n00:00:01,000 --> 00:00:02,000\nSubRip\n", 1, "first line must be WEBVTT"),
        ("WEBVTT\n" + CUE, 2, "leave this line empty"),
        (HEAD, 2, "no captions yet"),
        (HEAD + "00:00:01,000 --> 00:00:02,000\nWords\n", 3, "cannot read these times"),
        (HEAD + "00:61.000 --> 00:62.000\nWords\n", 3, "cannot read these times"),
        (HEAD + "00:01.000-->00:02.000\nWords\n", 3, "cannot read these times"),
        (HEAD + "00:02.000 --> 00:02.000\nWords\n", 3, "end must come after the start"),
        (HEAD + "00:03.000 --> 00:02.000\nWords\n", 3, "end must come after the start"),
        (HEAD + "00:01.000 --> 00:02.000\n\nWords\n", 3, "no words under"),
        (HEAD + "00:05.000 --> 00:06.000\nLater\n\n" + CUE, 6, "begins before the one above"),
        (HEAD + "Words without times\n", 3, "times are missing"),
        (HEAD + CUE + "00:02.000 --> 00:03.000\nToo close\n", 5, "may only stand between times"),
        (HEAD + "00:01.000 --> 00:02.000 colour:red\nWords\n", 3, "do not know “colour:red”"),
        (HEAD + "00:01.000 --> 00:02.000\nOne\n<script>x</script>\n", 5, "<script> is not allowed"),
        (HEAD + "00:01.000 --> 00:02.000\n<b>Words\n", 4, "never closed"),
        (HEAD + "00:01.000 --> 00:02.000\n</b>Words\n", 4, "closes nothing"),
        (HEAD + "00:01.000 --> 00:02.000\nYou & me\n", 4, "write &amp; for &"),
        (HEAD + "00:01.000 --> 00:02.000\n1 < 2\n", 4, "write &lt; for <"),
        (HEAD + CUE + "\nSTYLE\n::cue {}\n", 6, "above the first caption"),
        (HEAD + "00:01.000 --> 00:02.000\nWo\0rds\n", 4, "no letter"),
    ],
)
def test_broken_captions_are_refused_with_the_line(text: str, line: int, said: str) -> None:
    found = fault(text)
    assert (found.line, said in str(found)) == (line, True), str(found)


def test_captions_may_not_go_on_after_the_film() -> None:
    assert webvtt.read(HEAD + CUE, 2)
    assert "after the film has ended" in str(fault(HEAD + CUE, 1.9))


def test_captions_that_are_not_utf8_are_refused_with_the_line() -> None:
    with pytest.raises(webvtt.Fault, match=r"Line 4: .*UTF-8"):
        webvtt.decoded((HEAD + "00:01.000 --> 00:02.000\n").encode() + "Café".encode("latin-1"))


@given(st.lists(st.tuples(st.integers(0, 9_999_999), st.integers(1, 99_999)), min_size=1))
def test_whatever_is_in_order_of_time_is_read_back_as_it_was_written(spans: list[tuple[int, int]]) -> None:
    spans.sort()
    text = HEAD + "\n".join(
        f"{stamp(start / 1000)} --> {stamp((start + long) / 1000)}\nWords\n" for start, long in spans
    )
    read = [(round(cue.start * 1000), round(cue.end * 1000)) for cue in webvtt.read(text)]
    assert read == [(start, start + long) for start, long in spans]


@given(st.text())
def test_anything_else_is_refused_and_never_a_crash(text: str) -> None:
    with contextlib.suppress(webvtt.Fault):
        assert webvtt.read(text)


class TestWhatItCosts:
    """Time of the processor, not of the clock: a busy machine makes no difference."""

    @pytest.mark.parametrize(
        "words",
        [
            "<b></b>" * 60_000,
            "<b>\n</b>" * 50_000,
            "<v" + " " * 300_000 + "&>",
            "<v" + ".a" * 200_000 + ">",
            "&" * 400_000,
            "&a" * 200_000,
            "<" * 400_000,
            "&#" + "1" * 400_000,
        ],
    )
    def test_hostile_words_are_refused_soon(self, words: str) -> None:
        before = time.process_time()
        said = fault(f"{HEAD}00:01.000 --> 00:02.000\n{words}\n")
        assert time.process_time() - before < 3
        assert len(str(said)) < 200

    @pytest.mark.parametrize(
        "times",
        [
            "00:01.000" + " " * 300_000 + "x",
            "00:01.000 --> 00:02.000" + " \t" * 150_000 + "\x0b",
            "9" * 300_000 + ":00:01.000 --> 00:00:02.000",
            "00:01.000 --> 00:02.000 line:" + "1" * 300_000 + "x",
        ],
    )
    def test_so_are_hostile_times(self, times: str) -> None:
        before = time.process_time()
        assert len(str(fault(f"{HEAD}{times} -->\nWords\n"))) < 200
        assert len(str(fault(f"{HEAD}{times} --> 00:02.000\nWords\n"))) < 200
        assert time.process_time() - before < 3

    def test_many_captions_with_a_few_signs_each_are_read(self) -> None:
        cues = "\n".join(f"{stamp(n)} --> {stamp(n + 1)}\n" + "<i>a</i>" * 40 + "\n" for n in range(1000))
        assert len(webvtt.read(HEAD + cues)) == 1000

    def test_too_many_signs_in_one_caption_are_said(self) -> None:
        webvtt.read(HEAD + CUE + "<b></b>" * 50)
        assert "too many signs" in str(fault(HEAD + CUE + "<b></b>" * 51))
        assert fault(HEAD + CUE + "<b></b>\n" * 51).line == 55
