"""What do a coordinator and a group's database say of the transactions that are not over?

Pure texts: a view and the moment in, words out. Nothing here paints.
"""

from playground.session.commit_frames import OpenTransaction
from playground.session.frame import CoordinatorView, DatabaseView, GroupRow
from playground.ui import format
from playground.ui.canvas.words import FACT, LOST, PLAIN, QUIET, armed_words, paused_words

NOT_LINKED = "not connected"


def transaction_words(entry: OpenTransaction) -> str:
    """How far a transaction is: ``begun``, ``asks for votes``, ``committing``."""
    return {"begun": "begun", "preparing": "asks for votes"}.get(entry.state, entry.state)


def transaction_rest(entry: OpenTransaction, now_us: int) -> str:
    """Whom it waits for, or what is left until it is aborted."""
    if entry.waits_for and entry.state != "preparing":
        return f"tells {_listed(entry.waits_for)}"
    if entry.waits_for:
        return f"of {_listed(entry.waits_for)}"
    if entry.until_us is None:
        return ""
    return f"aborts in {format.seconds_left(max(0, entry.until_us - now_us))}"


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)}"


def coordinator_fact(view: CoordinatorView, now_us: int) -> tuple[str, str]:
    """The right end of a coordinator's header, and its tone."""
    if not view.is_connected:
        return NOT_LINKED, QUIET
    if view.is_paused:
        return paused_words(view, now_us), FACT
    if view.armed:
        return armed_words(view.armed), LOST
    return f"log {view.log}", PLAIN


def counted_words(view: CoordinatorView) -> str:
    """What it has decided so far: ``12 committed, 1 aborted``."""
    if not view.committed and not view.aborted:
        return "nothing decided yet"
    committed = f"{format.number(view.committed)} committed"
    return f"{committed}, {format.number(view.aborted)} aborted" if view.aborted else committed


def open_words(count: int) -> str:
    """``2 open transactions``."""
    return f"{count} open transaction{'' if count == 1 else 's'}"


def prepared_words(view: DatabaseView) -> str:
    """What the database may neither keep nor undo by itself: ``2 prepared``."""
    return f"{len(view.prepared)} prepared" if view.prepared else ""


def doubt_words(row: GroupRow, now_us: int) -> str:
    """How much is in doubt, and for how long the oldest has been: ``1 in doubt 1.2 s``."""
    if not row.in_doubt:
        return ""
    count = f"{format.number(row.in_doubt)} in doubt"
    return count if row.doubt_us < 0 else f"{count} {format.seconds_left(now_us - row.doubt_us)}"


def database_state(view: DatabaseView, now_us: int) -> str:
    """What a group's database does, in a line."""
    if view.is_paused:
        return paused_words(view, now_us)
    if view.armed:
        return armed_words(view.armed)
    return prepared_words(view) or ("works" if view.tentative else "idle")
