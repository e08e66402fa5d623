"""What does the window do when the system, and not a click, asks it to end?

Ctrl+C in the terminal, a session that is logged out, ``kill``: the window closes in order. Nobody
is there to be asked about unsaved edits, so what is kept of them is offered at the next start.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""By name, for not every system has all of them."""


@contextmanager
def ended_by_signals(end: Callable[[], object]) -> Iterator[None]:
    """While it lasts, a signal calls ``end``; within a tenth of a second, when the next tick comes.

    Must be entered in the main thread.
    """

    def on_signal(number: int, frame: FrameType | None) -> None:
        end()

    known = [signal.Signals[name] for name in SIGNALS if name in signal.Signals.__members__]
    former = {each: signal.signal(each, on_signal) for each in known}
    try:
        yield
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)
