"""Small pictures beside words, drawn on a 24 by 24 grid as one path each, in the colour of the text."""

# Each is our own drawing. Holes are cut by the even-odd rule.
ICONS: dict[str, str] = {
    # the four areas
    "inform": (
        "M4 4h11a2 2 0 0 1 2 2v12a2 2 0 0 0 2 2H6a3 3 0 0 1-3-3V5a1 1 0 0 1 1-1zm2 3v4h4V7zm6 0v2h3V7z"
        "m0 3v2h3v-2zm-6 3v2h9v-2zm0 3v2h9v-2zm13-8h2v10a1.5 1.5 0 0 1-2 1.4z"
    ),
    "involve": (
        "M4 3h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9l-4 3.5V13H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"
        "m15 5h1a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2v3.5L16 18h-4a2 2 0 0 1-1.8-1.2L12 15h3a4 4 0 0 0 4-4z"
        "M6 6v1.8h7V6zm0 3v1.8h5V9z"
    ),
    "coordinate": (
        "M12 20.5 4 13.2A5 5 0 0 1 3 6.5a5 5 0 0 1 8-.6l1 1.1 1-1.1a5 5 0 0 1 8 .6 5 5 0 0 1-1 6.7z"
    ),
    "govern": "M3 3h2v16h16v2H3zm4 9h3v5.5H7zm5-5h3v10.5h-3zm5 3h3v7.5h-3z",
    # the ways in
    "find-help": (
        "M10.5 3a7.5 7.5 0 0 1 6 12l4.7 4.7-1.6 1.6-4.7-4.7A7.5 7.5 0 1 1 10.5 3z"
        "m0 2.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM9.5 7.5h2v2h2v2h-2v2h-2v-2h-2v-2h2z"
    ),
    "done": ("M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm-1.3 14.8 7.3-7.3-1.9-1.9-5.4 5.4-2.8-2.8L6 12.1z"),
    # partnership, people and post
    "people": (
        "M12 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM5 7a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"
        "m14 0a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zm-7 3.5a5 5 0 0 1 5 5V21H7v-5.5a5 5 0 0 1 5-5z"
        "M5 13.5h.8a7 7 0 0 0-.8 3.3V21H1v-3.5a4 4 0 0 1 4-4z"
        "m14 0a4 4 0 0 1 4 4V21h-4v-4.2a7 7 0 0 0-.8-3.3z"
    ),
    "partners": ("M3 4h7v5H8.5a2 2 0 1 0-2 3.2V14H3zm11 0h7v10h-4v-1.5a2 2 0 1 0-3-2V4zM6 15.5h12V21H6z"),
    "letter": (
        "M3 5h18a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z"
        "m1.5 3.2V17h15V8.2L12 13.5zM5.5 7 12 11.3 18.5 7z"
    ),
    "flag": "M5 2h2v1h12l-3 5 3 5H7v9H5z",
    "star": "m12 2.5 2.9 6.2 6.6.9-4.8 4.7 1.2 6.7-5.9-3.3L6.1 21l1.2-6.7L2.5 9.6l6.6-.9z",
    "eye": (
        "M12 5c5 0 8.5 4 10 7-1.5 3-5 7-10 7s-8.5-4-10-7c1.5-3 5-7 10-7z"
        "m0 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm0 2.3a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z"
    ),
    "home": "M12 3 2 11.5l1.3 1.5L5 11.6V21h5.5v-6h3v6H19v-9.4l1.7 1.4 1.3-1.5z",
    # signs inside components
    "warning": ("M12 2.5 23 21.5H1zm-1.2 6.8.3 6h1.8l.3-6zm1.2 7.4a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z"),
    "tick": "M9.5 18.5 3 12l2-2 4.5 4.5L19 5l2 2z",
    "cross": "m6 4 6 6 6-6 2 2-6 6 6 6-2 2-6-6-6 6-2-2 6-6-6-6z",
    "arrow-right": "m13.5 5 7 7-7 7-1.6-1.6 4.3-4.3H3.5v-2.2h12.7l-4.3-4.3z",
    "arrow-left": "m10.5 5-7 7 7 7 1.6-1.6-4.3-4.3h12.7v-2.2H7.8l4.3-4.3z",
    "phone": (
        "M6.5 2.5 9 3l1 5-2.3 1.8a13 13 0 0 0 6.5 6.5L16 14l5 1 .5 2.5a3.5 3.5 0 0 1-3.5 4A15.5 15.5 0 0"
        " 1 2.5 6a3.5 3.5 0 0 1 4-3.5z"
    ),
    "search": (
        "M10.5 3a7.5 7.5 0 0 1 6 12l4.7 4.7-1.6 1.6-4.7-4.7A7.5 7.5 0 1 1 10.5 3z"
        "m0 2.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10z"
    ),
    "place": (
        "M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"
    ),
}

AREAS: tuple[str, ...] = ("inform", "involve", "coordinate", "govern")


def icon_choices() -> list[tuple[str, str]]:
    """The pictures an editor can choose; a function, so that a new picture changes no migration."""
    return [(name, name.replace("-", " ").capitalize()) for name in ICONS]
