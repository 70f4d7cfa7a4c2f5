"""Work on the index as a whole: building it, and the sweep that finds what a change has missed."""

from django_tasks import task

from joinedup.inform.search import actions, sources


def build() -> actions.Built:
    """Make the index hold what is public now, and the list of words what the index holds."""
    built = actions.build(things=sources.everything())
    actions.recount()
    return built


@task()
def sweep() -> int:
    """Find what a change has missed; run it once an hour.

    Returns how many entries were put right. Words are counted anew only when there were some.
    """
    built = actions.build(things=sources.everything())
    if built.changed or built.removed:
        actions.recount()
    return built.changed + built.removed
