"""How does one get from a number to its messages, from a message to its life, and on to the cause?

Scoreboard, story, log, canvas and checklist lead to one another here; the panels do not know each
other.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from playground.scenario.witness import witness
from playground.session.frame import Frame, LogLine
from playground.ui.panels.faults import Selection, link_view, node_view
from playground.ui.panels.panes import STORY

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

TO_LOOK_MS = 2_500
"""How long a witness stands still before it runs: time to read what will happen."""
SPEEDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
SHOWN_IN_S = 6.0
NOT_SHOWN = "Nothing is lost by it in a scene of a few messages and one fault."


class Reader(QObject):
    """Answers the clicks that ask *which* and *why*."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._bridge = window.bridge
        panes = self._panes = window.panes
        self.starter = QTimer(self)
        self.starter.setSingleShot(True)
        self.starter.setInterval(TO_LOOK_MS)
        self.starter.timeout.connect(lambda: self._bridge.set_running(True))
        panes.story.set_source(self._bridge.messages_of, self._bridge.story)
        panes.board.number_clicked.connect(self.show_number)
        panes.log.line_pointed.connect(self.point_at)
        panes.log.line_chosen.connect(self.tell_line)
        panes.inspector.witness_requested.connect(self.play_witness)
        window.canvas.story_requested.connect(self.tell)
        window.canvas.selection_changed.connect(self._on_selection)
        self._bridge.opened.connect(self._on_opened)
        self._bridge.restarted.connect(panes.story.restart)
        self._bridge.frame_ready.connect(self._on_frame)

    # ------------------------------------------------------------------ numbers and messages

    def show_number(self, group: str, key: str) -> None:
        """The messages behind a number of the scoreboard."""
        self._window.open_page(STORY)
        self._panes.story.show_number(group, key)

    def tell(self, message: int) -> None:
        """The life of a message that was clicked on the canvas."""
        self._window.open_page(STORY)
        self._panes.story.show_message(message)

    def tell_line(self, line: LogLine) -> None:
        """The life of the message that a line of the log is about."""
        if line.message >= 0:
            self.tell(line.message)

    # ------------------------------------------------------------------ log and canvas

    def point_at(self, line: LogLine) -> None:
        """Select the node or the link where it happened."""
        place = place_of(self._bridge.last, line.node)
        if place is not None:
            self._window.select(place)

    def _on_selection(self, selection: Selection) -> None:
        is_place = selection is not None and selection[0] in ("node", "link")
        names = tuple(str(name) for name in selection[1:]) if selection and is_place else ()
        self._panes.log.show_selection(names)

    # ------------------------------------------------------------------ witnesses

    def play_witness(self, consumer: str, code: str) -> None:
        """Open a small scene that shows how this precondition loses a message."""
        window = self._window
        found = witness(self._bridge.scenario, consumer, code)
        if found is None:
            window.toasts.say(f"{code} cannot be shown here", NOT_SHOWN, "help")
            return
        if not window.hands.files.show(found.scenario):
            return
        self._bridge.set_running(False)
        self._bridge.set_speed(speed_for(found.at_us))
        window.select(("node", consumer) if consumer in found.scenario.nodes else None)
        window.toasts.say(found.scenario.name, found.watch, "bolt", stays=True)
        self._bridge.show()
        self.starter.start()

    def _on_opened(self, scenario: object) -> None:
        self.starter.stop()
        self._panes.story.clear()

    def _on_frame(self, frame: Frame) -> None:
        """Whoever runs it by hand has seen enough."""
        if frame.is_running:
            self.starter.stop()


def place_of(frame: Frame, name: str) -> Selection:
    """The node of this name, or the link on which a packet went this way."""
    source, _, target = name.partition(">")
    if not target:
        return ("node", source) if node_view(frame, source) is not None else None
    for ends in ((source, target), (target, source)):
        if link_view(frame, *ends) is not None:
            return ("link", *ends)
    return None


def speed_for(at_us: int) -> float:
    """Slow enough that what happens at ``at_us`` is a few seconds away."""
    wanted = at_us / 1e6 / SHOWN_IN_S
    return max((speed for speed in SPEEDS if speed <= wanted), default=SPEEDS[0])
