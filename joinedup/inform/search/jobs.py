"""Work on the index as a whole: building it, and the sweep that finds what a change has missed."""

from joinedup.inform.search import actions, sources


def build() -> actions.Built:
    """Make the index hold what is public now, and the list of words what the index holds."""
    built = actions.build(things=sources.everything())
    actions.recount()
    return built


def sweep() -> actions.Built:
    """As `build`; words are counted anew only when something had been missed."""
    built = actions.build(things=sources.everything())
    if built.changed or built.removed:
        actions.recount()
    return built
