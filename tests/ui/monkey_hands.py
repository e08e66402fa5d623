"""What can hands do to a window that know nothing of it? Every action, any key, the mouse anywhere.

A gesture is a name and a few events; what is chosen comes from one seeded stream, so that the same
seed makes the same gestures.
"""

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from playground.ui.actions import ACTIONS
from playground.ui.main_window import MainWindow
from playground.ui.panels.faults import Selection
from tests.ui.stopped_timers import Timers

Event = tuple[str, Callable[[], object]]
"""What is done, in words, and the doing of it."""

BARE = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BUTTONS = (Qt.MouseButton.LeftButton,) * 6 + (
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
KEYS = (
    *(Qt.Key(code) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space) * 4,
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right) * 4,
    *(Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_F5),
    *(Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Question, Qt.Key.Key_Period, Qt.Key.Key_Menu, Qt.Key.Key_Slash),
)
MODIFIERS = (BARE,) * 6 + (SHIFT, CONTROL, CONTROL | SHIFT)
SIZES = ((1600, 900), (1024, 768), (1280, 720), (760, 560), (1920, 1080), (1600, 600))
IDS = tuple(spec.id for spec in ACTIONS)
LIKING = 0.1
BREAKS = tuple(spec.id for spec in ACTIONS if spec.section == "Break it")
WORDS = ("", "x", "12", "-3", "1e9", "ünï¢ode", "50 ms", "a" * 80, "<b>b</b>", "shop", "0")


class Hands:
    """Chooses gestures; the window says what is there, ``frame`` lets it go on."""

    def __init__(
        self,
        window: MainWindow,
        seed: int,
        files: tuple[Path, ...],
        frame: Callable[[], object],
        timers: Timers,
        liked: str,
    ) -> None:
        self.window = window
        self.liked = liked
        self.done: set[str] = set()
        """Actions that were possible when they were asked for."""
        self.timers = timers
        self.frame = frame
        self.chance = random.Random(seed)
        self.files = files
        self._gestures: tuple[tuple[int, Callable[[], Iterator[Event]]], ...] = (
            (24, self.act),
            (14, self.strike),
            (8, self.select),
            (22, self.on_the_canvas),
            (14, self.anywhere),
            (14, self.press_keys),
            (4, self.write),
            (4, self.wait),
            (3, self.drop_a_part),
            (2, self.resize),
            (1, self.open),
            (8, self.watch),
        )

    def gesture(self) -> Iterator[Event]:
        """The next one; an open menu is mostly answered first."""
        if QApplication.activePopupWidget() is not None and self.chance.random() < 0.8:
            return self.answer_menu()
        weights = [weight for weight, _ in self._gestures]
        makes = [make for _, make in self._gestures]
        return self.chance.choices(makes, weights)[0]()

    # ------------------------------------------------------------------ by name

    def act(self) -> Iterator[Event]:
        """The action that is liked, mostly one that is new and possible, or any at all."""
        if self.liked and (self.liked not in self.done or self.chance.random() < LIKING):
            return self._trigger(self.liked)
        return self._trigger(self._one_of(IDS))

    def _one_of(self, ids: tuple[str, ...]) -> str:
        fresh = [id_ for id_ in ids if id_ not in self.done and self._is_possible(id_)]
        return self.chance.choice(fresh if fresh and self.chance.random() < 0.7 else ids)

    def _is_possible(self, id_: str) -> bool:
        return self.window.actions_by_id[id_].isEnabled()

    def _trigger(self, id_: str) -> Iterator[Event]:
        if self._is_possible(id_):
            self.done.add(id_)
        yield f"action {id_}", self.window.actions_by_id[id_].trigger

    def select(self) -> Iterator[Event]:
        """A node, a link, a packet, several nodes, or nothing."""
        frame = self.window.bridge.last
        choices: list[Selection] = [None]
        choices += [("node", view.id) for view in frame.nodes] * 3
        choices += [("link", link.source, link.target) for link in frame.links] * 2
        flights = [int(flight) for flight in frame.flights.flight[:200]]
        if flights:
            choices += [("packet", self.chance.choice(flights))] * 4
        chosen = self.chance.choice(choices)
        nodes = tuple(view.id for view in frame.nodes)
        if self.chance.random() < 0.15 and nodes:
            some = tuple(self.chance.sample(nodes, self.chance.randint(1, len(nodes))))
            yield f"select {some}", lambda: self.window.canvas.building.select_nodes(some)
        else:
            yield f"select {chosen}", lambda: self.window.select(chosen)

    def strike(self) -> Iterator[Event]:
        """Select something and break it."""
        yield from self.select()
        yield from self._trigger(self._one_of(BREAKS))

    def watch(self) -> Iterator[Event]:
        """Let it run for a while, at some speed."""
        speed = self.chance.choice((0.1, 1.0, 1.0, 10.0, 100.0))
        yield f"speed {speed}", lambda: self.window.bridge.set_speed(speed)
        yield "run", lambda: self.window.bridge.set_running(True)
        for _ in range(self.chance.randint(5, 25)):
            yield "a frame", self.frame

    def drop_a_part(self) -> Iterator[Event]:
        """As from the dock."""
        kind = self.chance.choice(("producer", "queue", "consumer"))
        x, y = self.chance.uniform(-400, 1600), self.chance.uniform(-400, 1200)
        yield f"drop a {kind}", lambda: self.window.canvas.part_dropped.emit(kind, x, y)

    def open(self) -> Iterator[Event]:
        """A file, good or bad, or a preset."""
        preset = self.chance.choice(self.window.presets)
        path = self.chance.choice(self.files)
        if self.chance.random() < 0.5:
            yield f"open {preset.stem}", lambda: self.window.hands.open_preset(preset)
        else:
            yield f"open {path.name}", lambda: self.window.hands.open_file(path)

    def resize(self) -> Iterator[Event]:
        """Another size of the window."""
        size = self.chance.choice(SIZES)
        yield f"resize to {size}", lambda: self.window.resize(*size)

    def wait(self) -> Iterator[Event]:
        """Time passes: what was put off by a timer happens now."""
        for timer in self.timers.due():
            if not isValid(timer):
                continue  # what another one did has ended it
            yield f"a timer of {type(timer.parent()).__name__}", partial(self.timers.ring, timer)

    # ------------------------------------------------------------------ keys

    def press_keys(self) -> Iterator[Event]:
        """A few keys, to whatever has them."""
        for _ in range(self.chance.randint(1, 4)):
            key, held = self.chance.choice(KEYS), self.chance.choice(MODIFIERS)
            yield (
                f"key {held.name}+{key.name}",
                lambda key=key, held=held: self._key(key, held),
            )

    def write(self) -> Iterator[Event]:
        """Into whatever takes text."""
        word = self.chance.choice(WORDS)
        fields = [w for w in self.window.findChildren(QWidget) if _takes_text(w)]
        if fields:
            field = self.chance.choice(fields)
            yield f"focus {field.accessibleName()!r}", field.setFocus
        for letter in word:
            if letter.isascii():
                yield f"type {letter!r}", lambda c=letter: self._key(c)
        yield "Return", lambda: self._key(Qt.Key.Key_Return)

    def answer_menu(self) -> Iterator[Event]:
        """Go down some lines of the open menu and choose, or leave it."""
        for _ in range(self.chance.randint(0, 6)):
            key = self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right))
            yield f"menu {key.name}", lambda key=key: self._key(key)
        key = self.chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Escape))
        yield f"menu {key.name}", lambda: self._key(key)

    def _key(self, key: Qt.Key | str, held: Qt.KeyboardModifier = BARE) -> None:
        """Down and up; what has the keys may be gone between the two."""
        QTest.keyPress(self._front(), key, held)
        QTest.keyRelease(self._front(), key, held)

    # ------------------------------------------------------------------ mouse

    def on_the_canvas(self) -> Iterator[Event]:
        """On something that is drawn, or beside it."""
        canvas = self.window.canvas
        glass = canvas.viewport()
        at = glass.mapTo(self.window, self._place_on_the_canvas())
        return self._mouse("canvas", at, glass.mapTo(self.window, self._place_on_the_canvas()))

    def anywhere(self) -> Iterator[Event]:
        """On any widget, or between them."""
        there = [w for w in self.window.findChildren(QWidget) if w.isVisible()]
        there = [w for w in there if w.window() is self.window]
        widget = self.chance.choice(there)
        inside = QPoint(*(self.chance.randint(0, max(0, s)) for s in widget.size().toTuple()))
        size = self.window.size()
        end = QPoint(self.chance.randrange(size.width()), self.chance.randrange(size.height()))
        name = widget.accessibleName() or type(widget).__name__
        return self._mouse(name, widget.mapTo(self.window, inside), end)

    def _place_on_the_canvas(self) -> QPoint:
        canvas = self.window.canvas
        glass = canvas.viewport().size()
        boxes = list(canvas.canvas.plan.boxes.values())
        if boxes and self.chance.random() < 0.7:
            box = self.chance.choice(boxes)
            x, y = self.chance.uniform(-0.1, 1.1), self.chance.uniform(-0.1, 1.1)
            at = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
            return canvas.mapFromScene(at)
        return QPoint(self.chance.randrange(glass.width()), self.chance.randrange(glass.height()))

    def _mouse(self, name: str, at: QPoint, end: QPoint) -> Iterator[Event]:
        button, held = self.chance.choice(BUTTONS), self.chance.choice(MODIFIERS)
        what = self.chance.choice(("click", "click", "drag", "double", "wheel", "move"))
        said = f"{what} {button.name} on {name} at {at.x()},{at.y()}"
        yield f"{said}: move", lambda: self._to(at, QTest.mouseMove)
        if what == "wheel":
            turn = self.chance.choice((-480, -120, 120, 480))
            yield f"{said}: {turn}", lambda: _wheel(self.window, at, turn, held)
        elif what != "move":
            yield f"{said}: press", lambda: self._to(at, QTest.mousePress, button, held)
            if what == "drag":
                for step in (0.1, 0.5, 1.0):
                    to = at + (end - at) * step
                    yield f"{said}: to", lambda to=to: self._to(to, QTest.mouseMove)
                if self.chance.random() < 0.2:  # somebody does something else meanwhile
                    yield from self.chance.choice((self.act, self.press_keys, self.open))()
                at = end
            yield f"{said}: let go", lambda: self._to(at, QTest.mouseRelease, button, held)
            if what == "double":
                yield f"{said}: again", lambda: self._to(at, QTest.mouseDClick, button, held)

    def _to(self, at: QPoint, do: Callable[..., None], *more: object) -> None:
        """A mouse event at a point of the window, for the menu above it if there is one."""
        popup = QApplication.activePopupWidget()
        if popup is not None and popup.windowHandle() is not None:
            inside = popup.mapFromGlobal(self.window.mapToGlobal(at))
            if popup.rect().contains(inside):
                do(popup.windowHandle(), *more, inside)
                return
        handle = self.window.windowHandle()
        x = min(max(at.x(), 0), handle.width() - 1)
        y = min(max(at.y(), 0), handle.height() - 1)
        do(handle, *more, QPoint(x, y))

    def _front(self) -> QWidget:
        """Who gets the keys now: a menu, or what has the focus in the foremost window."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        front = QApplication.activeWindow() or self.window
        return front.focusWidget() or front


def _takes_text(widget: QWidget) -> bool:
    has_it = widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    return has_it and widget.isVisible() and widget.isEnabled()


def _wheel(window: QWidget, at: QPoint, turn: int, held: Qt.KeyboardModifier) -> None:
    widget = window.childAt(at) or window
    event = QWheelEvent(
        QPointF(widget.mapFrom(window, at)),
        QPointF(window.mapToGlobal(at)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
