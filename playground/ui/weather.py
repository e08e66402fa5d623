"""How does a person make a storm, end it, and mend what is broken?"""

from typing import TYPE_CHECKING

from playground.session.frame import Frame
from playground.ui.panels.faults import heal_everything
from playground.ui.panels.storm_button import StormButton
from playground.ui.panels.storm_card import StormCard
from playground.ui.theme import Theme

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow


class Weather:
    """The storm's button and card in one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._bridge = window.bridge
        tabs = window.panes.tabs
        self.button = StormButton(window.theme, tabs)
        self.button.setToolTip(window.actions_by_id["storm"].toolTip())
        self.button.clicked.connect(self.toggle_card)
        tabs.add_right(self.button)
        body = window.centralWidget()
        assert body is not None
        self.card = StormCard(window.theme, body)
        self.card.blow_asked.connect(self._bridge.blow)
        # Whoever has started it, or is done, goes on with the run: Space is the run's again.
        self.card.left.connect(window.canvas.setFocus)
        self.card.calm_asked.connect(self._bridge.calm)
        self.card.heal_asked.connect(self.heal)
        # A method and not a lambda, which the bridge would keep alive, and with it the window.
        self._bridge.opened.connect(self._on_opened)

    def _on_opened(self, scenario: object) -> None:
        self.card.put_away()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.button.set_theme(theme)
        self.card.set_theme(theme)

    def show_frame(self, frame: Frame) -> None:
        """Follow the run."""
        self.button.show_frame(frame)
        if self.card.isVisible():
            self.card.show_frame(frame, is_broken=bool(heal_everything(frame)))

    def toggle_card(self) -> None:
        """Open the card, or put it away."""
        window = self._window
        over = self.button if self.button.isVisible() else window.panes.board
        frame = self._bridge.last
        self.card.show_frame(frame, is_broken=bool(heal_everything(frame)))
        self.card.toggle(over, clear_of=window.panes.board)

    def toggle_storm(self) -> None:
        """Start the storm of the card, or end the one that blows."""
        if self._bridge.last.storm is None:
            self._bridge.blow(self.card.strength, self.card.seed.value())
            word = self.card.strengths.key
            self._window.toasts.say(
                f"A {word} storm begins", "Shift+W ends it, W changes it.", "bolt"
            )
        else:
            self._bridge.calm()

    def heal(self) -> None:
        """Restart, resume, heal and disarm whatever needs it."""
        commands = heal_everything(self._bridge.last)
        for command in commands:
            self._bridge.submit(command)
        count = len(commands)
        if not count:
            self._window.toasts.say("Nothing is broken")
        elif self._bridge.last.storm is not None:
            self._window.toasts.say(
                f"Healed: {count}", "The storm still blows; Shift+W ends it.", "check"
            )
        else:
            self._window.toasts.say(f"Healed: {count}", icon="check")
