"""What becomes of a verb, a pill, a shield or a grave that was clicked?

A command leaves the canvas; what only the canvas knows, following a message, stays here.
"""

from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip

from playground.ui.canvas import hints
from playground.ui.canvas.choices import (
    Choice,
    guarantee_choices,
    how_choices,
    idempotency_choices,
    lock_of,
)
from playground.ui.canvas.menus import choice_menu
from playground.ui.canvas.scene import Target
from playground.ui.canvas.verbs import FOLLOW, Verb

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


class Wishes:
    """Clicks in, signals of the view out."""

    def __init__(self, view: "CanvasView") -> None:
        self._view = view

    def choose(self, verb: Verb, target: Target) -> None:
        """Wish for what a verb stands for."""
        view = self._view
        if verb.command is not None:
            view.command_requested.emit(verb.command)
        elif verb.action:
            view.hovering.close()
            view.select(target)
            if verb.action in view.building.actions:
                view.building.actions[verb.action].trigger()
        elif verb.word == FOLLOW and target is not None and target[0] == "packet":
            message = hints.message_of(view.canvas, int(target[1]))
            if message >= 0:
                view.canvas.follow(message)
                view.story_requested.emit(message)

    def open_guarantees(self, node: str) -> None:
        """The menu of a pill."""
        consumer = self._view.canvas.consumer(node)
        if consumer is not None:
            self._open((*guarantee_choices(consumer), *how_choices(consumer)))

    def open_idempotencies(self, node: str) -> None:
        """The menu of a shield; a locked one says why."""
        consumer = self._view.canvas.consumer(node)
        if consumer is None:
            return
        choices = idempotency_choices(consumer)
        if choices:
            self._open(choices)
        else:
            self.say(lock_of(consumer))

    def _open(self, choices: tuple[Choice, ...]) -> None:
        view = self._view
        view.hovering.close()
        menu = choice_menu(
            view, choices, view.canvas.theme, lambda c: view.command_requested.emit(c.command)
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def tell_of_grave(self, place: str) -> None:
        """The story of the newest message that was lost there."""
        message = hints.newest_lost(self._view.canvas, place)
        if message >= 0:
            self._view.story_requested.emit(message)

    def say(self, text: str) -> None:
        """A sentence at the pointer."""
        QToolTip.showText(QCursor.pos(), text[:1].upper() + text[1:], self._view.viewport())
