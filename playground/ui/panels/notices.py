"""Which lines of the log are worth a card over the canvas?

What could not be done, why the run stopped, and what a person's own click has led to.
"""

from playground.engine.commands import (
    Command,
    CrashNode,
    CutLink,
    DropPacket,
    HealLink,
    PauseNode,
    RestartNode,
    ResumeNode,
)
from playground.session.frame import Frame, LogLine
from playground.ui.panels.toast import Toasts

FRAMES_TO_WAIT = 3


class Notices:
    """Remembers what was asked for just now, and shows what came of it."""

    def __init__(self, toasts: Toasts) -> None:
        self._toasts = toasts
        self._places: dict[str, int] = {}
        self._notice = ""

    def note(self, command: Command) -> None:
        """A person asked for this."""
        if isinstance(command, CrashNode | RestartNode | PauseNode | ResumeNode):
            self._places[command.node] = FRAMES_TO_WAIT
        elif isinstance(command, CutLink | HealLink):
            self._places[f"{command.source}>{command.target}"] = FRAMES_TO_WAIT
        elif isinstance(command, DropPacket):
            self._places["*"] = FRAMES_TO_WAIT

    def show_frame(self, frame: Frame) -> None:
        """Look through this tick's lines."""
        for line in frame.log:
            if line.kind == "info" and line.message < 0:
                self._toasts.withdraw(line.node)  # up again, healed: what it says has passed
            if line.kind in ("rejected", "limit"):
                self._say(line, "warning", stays=line.kind == "limit")
            elif line.kind == "fault" and (line.node in self._places or "*" in self._places):
                self._say(line, "bolt", stays=False, about=line.node)
                self._places.pop(line.node, None)
                self._places.pop("*", None)
        self._places = {place: left - 1 for place, left in self._places.items() if left > 1}
        if frame.notice != self._notice:
            self._notice = frame.notice
            if frame.notice:
                self._toasts.say("The run has stopped", frame.notice, "warning", stays=True)

    def _say(self, line: LogLine, icon: str, stays: bool, about: str = "") -> None:
        title, _, body = line.text.partition(". ")
        if not body:
            title, _, body = line.text.partition("; ")
            body = body[:1].upper() + body[1:]
        self._toasts.say(title.removesuffix("."), body, icon, stays, about)
