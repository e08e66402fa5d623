"""How is work given back that a killed window has left behind?

Once, and without stopping anything: the newest is offered on a card, and stays until it has been
brought back or deleted.
"""

from collections.abc import Callable, Sequence

from playground.ui.autosave import Autosave, LeftOver
from playground.ui.format import number
from playground.ui.panels.file_desk import FileDesk

TITLE = "Unsaved work was left behind"
Say = Callable[..., object]
"""Shows a card: a title, its lines, its choices, its icon."""


def offer_left_work(
    found: Sequence[LeftOver], files: FileDesk, autosave: Autosave, say: Say
) -> None:
    """Offer the first; say what cannot be read; the others are for the next starts."""
    for left in found[1:]:
        left.leave()
    if not found:
        return
    left = found[0]
    if left.scenario is None:
        place = left.set_aside()
        why = f"It was written when the window was killed. It is kept at {place}."
        say(f"{TITLE} that cannot be read", [why])
        return

    def bring_back() -> None:
        assert left.scenario is not None
        if not files.recover(left.scenario, left.document):
            left.leave()
            return
        autosave.keep()  # in this window's own file before the old one goes
        left.discard()

    choices = (("Bring it back", bring_back), ("Delete it", left.discard), ("Later", left.leave))
    say(TITLE, lines_of(left, len(found) - 1), choices, "save")


def lines_of(left: LeftOver, others: int) -> list[str]:
    """Which work it is, from when, and where it belongs."""
    assert left.scenario is not None
    count = len(left.scenario.nodes)
    nodes = f"{number(count)} node{'' if count == 1 else 's'}"
    where = f"of {left.document.path}" if left.document.path else "in no file yet"
    when = f"{left.kept_at:%H:%M on %Y-%m-%d}"
    lines = [f"{left.scenario.name}: {nodes}, {where}, kept at {when}."]
    if others:
        lines.append(f"{others} more will be offered at the next start.")
    return lines
