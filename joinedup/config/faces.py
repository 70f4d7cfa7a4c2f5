"""The two faces of the platform: the public site and the staff's workspace, one codebase, two processes.

JOINEDUP_FACE says which one a process shows. Every address keeps its name in every process, so links
can be made anywhere; `joinedup.config.face_door` refuses what does not belong here. This module is
read by the settings, so it knows nothing of Django.
"""

from enum import StrEnum

ALL = "all"


class Belongs(StrEnum):
    """Which process answers an address."""

    PUBLIC = "public"
    WORKSPACE = "workspace"
    SHARED = "shared"


FACES = [Belongs.PUBLIC, Belongs.WORKSPACE, ALL]

# By the first folder of the path; everything else is the public's.
_WORKSPACE = {"workspace", "editor", "account", "design", "outbox"}
_SHARED = {"static", "media", "colours.css", "health"}

# Nobody signs in at the public face: it keeps no session, asks no table of staff, and has no right to.
_SIGNING_IN = {
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "joinedup.foundation.identity.middleware.SessionsEnd",
    "joinedup.foundation.identity.middleware.SecondStepRequired",
    "joinedup.config.editor.EditorDoor",
}
_NOBODY = "joinedup.config.face_door.nobody"
# The shared cache is written by the public process: what stands there is for its own address only.
_PAGE_CACHE = "joinedup.config.pagecache.page_cache"


def belongs(path: str) -> Belongs:
    """Which face an address is part of, by its path."""
    first = path.removeprefix("/").partition("/")[0]
    if first in _SHARED:
        return Belongs.SHARED
    return Belongs.WORKSPACE if first in _WORKSPACE else Belongs.PUBLIC


def middleware(face: str, everything: list[str]) -> list[str]:
    """The middleware of that face: at the public one, visitors are nobody and stay so."""
    if face == Belongs.WORKSPACE:
        return [name for name in everything if name not in (_NOBODY, _PAGE_CACHE)]
    if face == ALL:
        return [name for name in everything if name != _NOBODY]
    return [name for name in everything if name not in _SIGNING_IN]
