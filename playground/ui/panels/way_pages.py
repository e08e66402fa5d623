"""What does the inspector show for a link, and for a packet on its way?"""

from playground.engine.commands import Command, SetLink
from playground.engine.parameters import LinkParameters
from playground.session.frame import PACKETS, Frame
from playground.ui.format import duration
from playground.ui.panels.faults import Selection, link_view
from playground.ui.panels.labels import plain
from playground.ui.panels.page import Page, ScenarioSource
from playground.ui.theme import Theme

OF_THE_COORDINATOR = "It is as far as the coordinator's way to the queue, and goes with it."


class LinkPage(Page):
    """A link and its weather."""

    def __init__(self, theme: Theme, selection: Selection, scenario: ScenarioSource) -> None:
        super().__init__(theme, selection, scenario)
        assert selection is not None
        self.source, self.target = str(selection[1]), str(selection[2])
        self.add_title("link", f"{self.source} → {self.target}", "link")
        self.box.addSpacing(10)
        if self.parameters() is not None:
            self.add_fields(LinkParameters, "link")
        else:
            self.box.addWidget(plain(OF_THE_COORDINATOR, "label", wraps=True))
        self.add_break()
        self.box.addStretch(1)

    def parameters(self) -> LinkParameters | None:
        for link in self.scenario().links:
            if (link.source, link.target) == (self.source, self.target):
                return link.parameters
        return None

    def change(self, changes: tuple[tuple[str, object], ...]) -> Command | None:
        return SetLink(self.source, self.target, changes)

    def show_frame(self, frame: Frame) -> bool:
        if link_view(frame, self.source, self.target) is None:
            return False
        self.last_frame = frame
        self.show_fields()
        self.show_verbs(frame)
        return True


class PacketPage(Page):
    """One packet on its way."""

    def __init__(self, theme: Theme, selection: Selection, scenario: ScenarioSource) -> None:
        super().__init__(theme, selection, scenario)
        assert selection is not None
        self.flight = int(selection[1])
        self.add_title("link", f"packet {self.flight}", "packet")
        self.box.addSpacing(8)
        self.facts = plain("", "label", wraps=True)
        self.box.addWidget(self.facts)
        self.add_break()
        self.box.addStretch(1)

    def show_frame(self, frame: Frame) -> bool:
        flights = frame.flights
        found = (flights.flight == self.flight).nonzero()[0]
        if not len(found):
            return False
        self.last_frame = frame
        row = int(found[0])
        left_us = max(0, int(flights.ends_us[row]) - frame.now_us)
        copies = int(flights.copies[row])
        again = f", the {copies}th time" if copies > 3 else ", again" if copies > 1 else ""
        self.facts.setText(
            f"{PACKETS[int(flights.packet[row])]} of message {int(flights.number[row])}{again}. "
            f"It arrives in {duration(left_us)}."
        )
        self.show_verbs(frame)
        return True
