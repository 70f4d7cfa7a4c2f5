"""Words that may mean danger. A list of words misses much: whatever it says, a person reads everything."""

import re

# Written as people write; the start of a word is enough where a star stands behind it.
_WORDS = (
    "suicid*", "kill myself", "killing myself", "end my life", "ending my life", "end it all",
    "take my own life", "taking my own life", "want to die", "wanted to die", "wanna die",
    "wish i was dead", "wish i were dead", "better off dead", "not want to live", "don't want to live",
    "self harm*", "self-harm*", "selfharm*", "hurt myself", "hurting myself", "cut myself", "cutting myself",
    "overdos*", "abus*", "rape", "raped", "rapes", "raping", "rapist*", "assault*", "molest*",
    "hits me", "hit me", "hitting me", "hits my", "hit my child*", "hit her", "hits her", "hit him",
    "hits him", "beats me", "beat me", "beating me", "beats her", "beats him", "punch*", "slapped",
    "kicked me", "hurts me", "hurting me", "threaten*", "knife", "stab", "stabbed", "stabbing*", "stabs",
    "strangl*", "chok*", "afraid to go home", "scared to go home", "not safe at home", "unsafe at home",
    "scared of him", "scared of her", "afraid of him", "afraid of her", "neglect*", "starv*",
    "nothing to eat", "no food", "locked in", "locked up", "forced marriage", "fgm", "groomed",
    "grooming me", "grooming her", "grooming him", "grooming my", "grooming child*", "traffick*",
    "modern slavery", "cannot breathe", "can not breathe", "can't breathe", "cant breathe",
    "couldn't breathe", "could not breathe", "chest pain*", "unconscious", "bleeding", "nearly died",
    "almost died", "died because", "could have died", "wrong medic*", "wrong dose", "wrong drug*",
    "wrong patient", "missed cancer", "sepsis",
)  # fmt: skip
# Words that begin like one of them and mean something else.
_HARMLESS = ("non-threaten*", "non threaten*", "unthreaten*", "punch bag*", "punch line*", "punchline*")


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for word in words:
        is_open = word.endswith("*")
        body = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace("'", "['’]")
        parts.append(body + (r"\w*" if is_open else r"\b"))
    return re.compile(r"\b(?:" + "|".join(parts) + ")", re.IGNORECASE)


_DANGER, _NONE = _pattern(_WORDS), _pattern(_HARMLESS)


def sounds_dangerous(text: str) -> bool:
    """Whether one of the words stands in the text. No is not a sign of safety."""
    return _DANGER.search(_NONE.sub(" ", text)) is not None
