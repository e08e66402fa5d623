"""Has every verb a gesture that makes it, and does its own command leave?

The verbs are read from where they are made, in every state in which they differ: a new one without
a gesture fails. Which command belongs to which word is the matter of ``test_verbs``.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from playground.session.frame import Frame
from playground.ui.canvas.scene import Target
from playground.ui.canvas.verbs import Verb
from playground.ui.canvas.view import CanvasView
from playground.ui.theme import LIGHT
from tests.ui.canvas import frames

LEFT, BARE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
BILLING: Target = ("node", "billing")
DELIVERY: Target = ("link", "orders", "billing")
PUBLISH: Target = ("link", "shop", "orders")


def scene(*, consumer: object = None, **link: object) -> Frame:
    """A shop, a queue and a consumer, with one packet on the way to it."""
    return frames.frame(
        frames.producer(),
        frames.queue(),
        consumer or frames.working(),
        links=(frames.link("shop", "orders"), frames.link(**link)),
        flights=frames.flights((1, "DELIVER", 48, 0.5, 1)),
    )


STATES: dict[str, tuple[Callable[[], Frame], Target]] = {
    "a producer": (scene, ("node", "shop")),
    "a queue": (scene, ("node", "orders")),
    "a consumer": (scene, BILLING),
    "a paused consumer": (lambda: scene(consumer=frames.working(is_paused=True)), BILLING),
    "a crashed consumer": (lambda: scene(consumer=frames.crashed(frames.consumer())), BILLING),
    "an armed consumer": (
        lambda: scene(consumer=frames.working(armed=("before-mark",))),
        BILLING,
    ),
    "a link": (scene, DELIVERY),
    "a link of a producer": (scene, PUBLISH),
    "a cut link": (lambda: scene(cut_request=True), DELIVERY),
    "a packet": (scene, None),
}


class Canvas:
    """A canvas in a state, and what has left it."""

    def __init__(self, view: CanvasView, state: str) -> None:
        make, target = STATES[state]
        self.view = view
        self.commands: list[object] = []
        self.stories: list[int] = []
        view.command_requested.connect(self.commands.append)
        view.story_requested.connect(self.stories.append)
        view.resize(1112, 480)
        shown = make()
        view.show_frame(shown)
        view.show()
        view.fit()
        self.target: Target = target or ("packet", int(shown.flights.flight[0]))

    def wanted(self) -> list[str]:
        """The commands of all verbs that can be done."""
        commands = [verb.command for verb in self.verbs().values() if verb.command is not None]
        assert commands
        return [repr(command) for command in commands]

    def verbs(self) -> dict[str, Verb]:
        """All verbs that can be done, those of a menu by the menu's word and their own."""
        return dict(spelled(self.view.verbs_of(self.target)))


def spelled(verbs: tuple[Verb, ...]) -> Iterator[tuple[str, Verb]]:
    for verb in verbs:
        if verb.is_enabled and verb.choices:
            for each in verb.choices:
                name = getattr(each.command, "point", each.word)
                yield f"{verb.word}: {name}", each
        elif verb.is_enabled:
            yield verb.word, verb


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[CanvasView]:
    made = CanvasView(LIGHT)
    yield made
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    made.hovering.close()
    made.close()
    made.deleteLater()


@pytest.mark.parametrize("state", STATES)
def test_a_click_on_every_word_of_the_toolbar_sends_it(
    state: str, view: CanvasView, qtbot: QtBot
) -> None:
    canvas = Canvas(view, state)
    wanted = set(canvas.wanted())
    for word in [verb.word for verb in view.toolbar_verbs(canvas.target) if verb.is_enabled]:
        view.hovering.pin(canvas.target)
        bar = view.hovering.toolbar
        qtbot.mouseClick(bar, LEFT, BARE, bar.word_box(word).center().toPoint())
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            trigger_all(menu)
            menu.close()
        view.hovering.pin(None)
    assert {repr(each) for each in canvas.commands} == wanted
    assert len(canvas.stories) == (state == "a packet")


@pytest.mark.parametrize("state", STATES)
def test_every_line_of_the_context_menu_sends_it_too(state: str, view: CanvasView) -> None:
    canvas = Canvas(view, state)
    wanted = canvas.wanted()
    menu = view.building.menu_of(canvas.target, QPointF())
    trigger_all(menu)
    menu.deleteLater()
    assert [repr(each) for each in canvas.commands] == wanted


KEYED = [
    (state, word, verb_key)
    for state, word, verb_key in (
        ("a consumer", "Crash", Qt.Key.Key_C),
        ("a consumer", "Pause", Qt.Key.Key_P),
        ("a crashed consumer", "Restart", Qt.Key.Key_C),
        ("a paused consumer", "Resume", Qt.Key.Key_P),
        ("a link", "Cut", Qt.Key.Key_X),
        ("a cut link", "Heal", Qt.Key.Key_X),
        ("a link", "Lose next ACK", Qt.Key.Key_L),
        ("a packet", "Drop", Qt.Key.Key_D),
    )
]


@pytest.mark.parametrize(("state", "word", "key"), KEYED)
def test_a_key_on_what_is_selected_sends_it(
    state: str, word: str, key: Qt.Key, view: CanvasView, qtbot: QtBot
) -> None:
    canvas = Canvas(view, state)
    wanted = canvas.verbs()[word].command
    view.select(canvas.target)
    qtbot.keyClick(view, key)
    assert canvas.commands == [wanted]


@pytest.mark.parametrize("state", STATES)
def test_every_key_that_a_verb_names_is_tried_above(state: str, view: CanvasView) -> None:
    tried = {(word, chr(key)) for _, word, key in KEYED}
    named = {(word, verb.key) for word, verb in Canvas(view, state).verbs().items() if verb.key}
    replies = {("Lose next CONFIRM", "L")}  # the same key for the reply of another link
    assert named - replies <= tried


def trigger_all(menu: QMenu) -> None:
    """Choose every line of a menu, and of the menus below it."""
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            if action.isEnabled():
                trigger_all(below)
        else:
            action.trigger()
