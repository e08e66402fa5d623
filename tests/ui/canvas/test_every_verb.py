"""Has every verb a gesture that makes it, and does the right command leave?

The list of verbs is read from where they are made, in every state in which they differ; what each
must wish for stands here. A new verb without a line here fails.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    Burst,
    Command,
    CrashNode,
    CutLink,
    DelayPacket,
    Disarm,
    DropPacket,
    DuplicatePacket,
    FailNext,
    HealLink,
    PauseNode,
    RestartNode,
    ResumeNode,
    SetLink,
)
from playground.engine.parameters import Spread
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
FLIGHT = 1
SLOWER = Spread(mean_us=200 * frames.MS, distribution="fixed")


def scene(*, consumer: object = None, **link: object) -> Frame:
    """A shop, a queue and a consumer, with one packet on the way to it."""
    return frames.frame(
        frames.producer(),
        frames.queue(),
        consumer or frames.working(),
        links=(frames.link("shop", "orders"), frames.link(**link)),
        flights=frames.flights((1, "DELIVER", 48, 0.5, 1)),
    )


def arm(node: str, *points: str) -> dict[str, Command]:
    return {point: ArmCrash(node, point) for point in points}


def lose(fault: str, source: str, target: str, packet: str) -> Command:
    return ArmPacketFault(fault, source, target, packet)  # type: ignore[arg-type]


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
ARMED = arm("billing", "received", "before-effect", "mid-effect", "before-mark", "after-mark")
CONSUMER: dict[str, Command | None] = {
    "Crash": CrashNode("billing"),
    "Pause": PauseNode("billing"),
    "Fail next": FailNext("billing"),
    **{f"Arm crash: {point}": command for point, command in ARMED.items()},
}


def on_link(source: str, target: str, request: str, reply: str) -> dict[str, Command | None]:
    return {
        "Cut": CutLink(source, target),
        "Slow": SetLink(source, target, (("latency", SLOWER),)),
        f"Lose next {request}": lose("drop", source, target, request),
        f"Lose next {reply}": lose("drop", target, source, reply),
        f"More: Double next {request}": lose("duplicate", source, target, request),
        f"More: Delay next {request}": lose("delay", source, target, request),
        f"More: Double next {reply}": lose("duplicate", target, source, reply),
        f"More: Delay next {reply}": lose("delay", target, source, reply),
        "More: Cut requests only": CutLink(source, target, "request"),
        "More: Cut replies only": CutLink(source, target, "reply"),
    }


DELIVERED = on_link("orders", "billing", "DELIVER", "ACK")
EXPECTED: dict[str, dict[str, Command | None]] = {
    "a producer": {
        "Crash": CrashNode("shop"),
        "Pause": PauseNode("shop"),
        "Burst of 10": Burst("shop", 10),
        "Arm crash: before-send": ArmCrash("shop", "before-send"),
        "Arm crash: after-send": ArmCrash("shop", "after-send"),
    },
    "a queue": {
        "Crash": CrashNode("orders"),
        "Pause": PauseNode("orders"),
        "Arm crash: received": ArmCrash("orders", "received"),
        "Arm crash: appended": ArmCrash("orders", "appended"),
        "Arm crash: confirmed": ArmCrash("orders", "confirmed"),
    },
    "a consumer": CONSUMER,
    "a paused consumer": {
        **{word: command for word, command in CONSUMER.items() if word != "Pause"},
        "Resume": ResumeNode("billing"),
    },
    "a crashed consumer": {"Restart": RestartNode("billing")},
    "an armed consumer": {**CONSUMER, "Disarm": Disarm("billing")},
    "a link": DELIVERED,
    "a link of a producer": on_link("shop", "orders", "SEND", "CONFIRM"),
    "a cut link": {
        **{word: command for word, command in DELIVERED.items() if word != "Cut"},
        "Heal": HealLink("orders", "billing"),
    },
    "a packet": {
        "Drop": DropPacket(FLIGHT),
        "Duplicate": DuplicatePacket(FLIGHT),
        "Delay": DelayPacket(FLIGHT),
        "Follow": None,
    },
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


def commands_of(state: str) -> dict[str, Command | None]:
    """What is expected, with the packet that is there."""
    return EXPECTED[state]


@pytest.mark.parametrize("state", STATES)
def test_every_verb_wishes_for_the_command_that_stands_here(state: str, view: CanvasView) -> None:
    canvas = Canvas(view, state)
    found = {word: verb.command for word, verb in canvas.verbs().items()}
    assert found == commands_of(state)


@pytest.mark.parametrize("state", STATES)
def test_a_click_on_every_word_of_the_toolbar_sends_it(
    state: str, view: CanvasView, qtbot: QtBot
) -> None:
    canvas = Canvas(view, state)
    for word in [verb.word for verb in view.toolbar_verbs(canvas.target) if verb.is_enabled]:
        view.hovering.pin(canvas.target)
        bar = view.hovering.toolbar
        qtbot.mouseClick(bar, LEFT, BARE, bar.word_box(word).center().toPoint())
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            trigger_all(menu)
            menu.close()
        view.hovering.pin(None)
    wanted = [command for command in commands_of(state).values() if command is not None]
    assert {repr(each) for each in canvas.commands} == {repr(each) for each in wanted}
    assert len(canvas.stories) == (state == "a packet")


@pytest.mark.parametrize("state", STATES)
def test_every_line_of_the_context_menu_sends_it_too(state: str, view: CanvasView) -> None:
    canvas = Canvas(view, state)
    menu = view.building.menu_of(canvas.target, QPointF())
    trigger_all(menu)
    menu.deleteLater()
    wanted = [command for command in commands_of(state).values() if command is not None]
    assert [repr(each) for each in canvas.commands] == [
        repr(verb.command) for verb in canvas.verbs().values() if verb.command is not None
    ]
    assert {repr(each) for each in canvas.commands} == {repr(each) for each in wanted}


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
    view.select(canvas.target)
    qtbot.keyClick(view, key)
    assert canvas.commands == [commands_of(state)[word]]


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
