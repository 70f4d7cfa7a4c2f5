"""What a text can mean as a UK postcode: its grammar, the ways people type it, and their slips.

No data here: whether a postcode exists is for `finding` to say. A postcode is held without its space
("E14DG") and shown with one ("E1 4DG").
"""

import itertools
import re
import unicodedata

LONGEST = 200  # letters; what is longer is no postcode and no address

# The letters a UK postcode can begin with, 121 postcode areas and the three of the islands.
_AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG
NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR
TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
AREAS = frozenset(_AREAS.split())
_OUT = r"[A-Z](?:[0-9]{1,2}|[A-Z][0-9]{1,2}|[0-9][ABCDEFGHJKPSTUW]|[A-Z][0-9][ABEHMNPRVWXY])"
_IN = r"[0-9][ABD-HJLNP-UW-Z]{2}"  # C, I, K, M, O and V never stand in the second half
_WHOLE = re.compile(_OUT + _IN)
_IN_TEXT = re.compile(rf"\b({_OUT}) ?({_IN})\b")
_BEGINNING = re.compile(rf"({_OUT}) ?([0-9][A-Z]?)?")
_LETTERS = re.compile("[A-Z]+")
# What looks alike, and is typed for one another; a small L is typed for a one, never the other way.
_ALIKE = {"O": "O0", "0": "0O", "I": "I1", "1": "1I", "L": "L1"}


def tidy(text: str) -> str:
    """Capitals and ordinary digits with single spaces between: "  e1-4dg." is "E1 4DG"."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    kept = (_digit(char) if char.isalnum() else " " for char in plain)
    return " ".join("".join(kept).upper().split())


def _digit(char: str) -> str:
    """A digit of any script as an ordinary one; whatever else it is stays."""
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def shown(postcode: str) -> str:
    """The postcode as it is written, with its space before the last three."""
    return f"{postcode[:-3]} {postcode[-3:]}"


def is_well_formed(postcode: str) -> bool:
    """Whether it follows the grammar and begins with the letters of a UK postcode area."""
    return bool(_WHOLE.fullmatch(postcode)) and _begins_well(postcode)


def _begins_well(text: str) -> bool:
    found = _LETTERS.match(text)
    return found is not None and found[0] in AREAS


def candidates(text: str) -> list[str]:
    """The postcodes that a text can mean, without spaces: none, one, or several when it is in doubt.

    A text that is well formed means itself. Else O and 0, I and 1 (and L for 1) may stand for one
    another, wherever that makes a postcode. From a longer text, such as an address, its postcodes.
    """
    tidied = tidy(text)
    joined = tidied.replace(" ", "")
    if not 5 <= len(joined) <= 7:
        found = {out + rest for out, rest in _IN_TEXT.findall(tidied)}
        return sorted(filter(is_well_formed, found))
    if is_well_formed(joined):
        return [joined]
    read = {"".join(chars) for chars in itertools.product(*(_ALIKE.get(char, char) for char in joined))}
    return sorted(filter(is_well_formed, read))


def beginning(text: str) -> str:
    """How postcodes must begin, as they are shown, if the text is the first part of one; else "".

    "E14" is the outward half, "E14 "; "E1 4" and "e14d" go on into the second, "E1 4" and "E1 4D".
    """
    found = _BEGINNING.fullmatch(tidy(text))
    if found is None or not _begins_well(found[0]):
        return ""
    return f"{found[1]} {found[2] or ''}"
