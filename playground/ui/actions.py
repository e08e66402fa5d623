"""What can a person do in the window, by which key, and when?

Actions are data: menus, tooltips, the key sheet and the tests grow from ``ACTIONS``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from playground.ui.hands import Hands


class Situation(NamedTuple):
    """What an action's being possible depends on."""

    is_presenting: bool = False
    selected: str = ""  # "node", "link", "packet" or ""
    verbs: tuple[str, ...] = ()  # ids of the faults that are possible now
    nodes: int = 0  # how many are selected
    undo: str = ""  # the names of the edits, "" where there is none
    redo: str = ""


def _always(situation: Situation) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing a person can do."""

    id: str
    section: str
    text: str
    keys: tuple[str, ...]
    tip: str
    does: "Callable[[Hands], object]"
    when: Callable[[Situation], bool] = _always

    @property
    def key(self) -> str:
        """The first key as it is written on a keyboard, or nothing."""
        if not self.keys:
            return ""
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def tooltip(self) -> str:
        """The sentence that names the key."""
        return f"{self.tip} ({self.key})" if self.keys else self.tip


def _fault(verb: str) -> "Callable[[Hands], object]":
    return lambda hands: hands.strike(verb)


def _can(verb: str) -> Callable[[Situation], bool]:
    return lambda now: verb in now.verbs


def _spec(section: str, verb: str, text: str, key: str, tip: str) -> ActionSpec:
    return ActionSpec(verb, section, text, (key,), tip, _fault(verb), _can(verb))


def _has_nodes(now: Situation) -> bool:
    return now.nodes > 0


def _can_line_up(now: Situation) -> bool:
    return now.nodes > 1 and not now.is_presenting


def _is_at_the_desk(now: Situation) -> bool:
    return not now.is_presenting


def _line_up(edge: str, text: str, key: str) -> ActionSpec:
    return ActionSpec(
        f"align-{edge}",
        "Build",
        text,
        (key,),
        f"{text} of the selected nodes",
        lambda h: h.build.line_up(edge),
        _can_line_up,
    )


def _add(kind: str, key: str) -> ActionSpec:
    return ActionSpec(
        f"add-{kind}",
        "Build",
        f"Add a {kind}",
        (key,),
        f"A new {kind} where there is room",
        lambda h: h.build.add_part(kind),
        _is_at_the_desk,
    )


BUILDING: tuple[ActionSpec, ...] = (
    ActionSpec(
        "cut-out",
        "Edit",
        "Cut",
        ("Ctrl+X",),
        "Copy the selected nodes as text, and remove them",
        lambda h: h.build.cut_out(),
        _has_nodes,
    ),
    ActionSpec(
        "copy",
        "Edit",
        "Copy",
        ("Ctrl+C",),
        "Copy the selected nodes as the text of a scenario",
        lambda h: h.build.copy(),
        _has_nodes,
    ),
    ActionSpec(
        "paste",
        "Edit",
        "Paste",
        ("Ctrl+V",),
        "Put in the nodes that were copied, here or elsewhere",
        lambda h: h.build.paste(),
        _is_at_the_desk,
    ),
    ActionSpec(
        "double",
        "Edit",
        "Duplicate",
        ("Ctrl+D",),
        "The selected nodes once more, linked to the same queues",
        lambda h: h.build.duplicate(),
        _has_nodes,
    ),
    ActionSpec(
        "delete",
        "Edit",
        "Delete",
        ("Del",),
        "Remove what is selected",
        lambda h: h.build.delete(),
        lambda now: now.nodes > 0 or now.selected == "link",
    ),
    ActionSpec(
        "select-all",
        "Edit",
        "Select all",
        ("Ctrl+A",),
        "Select every node",
        lambda h: h.build.select_all(),
    ),
    _add("producer", "Ctrl+1"),
    _add("queue", "Ctrl+2"),
    _add("consumer", "Ctrl+3"),
    ActionSpec(
        "link",
        "Build",
        "Link to…",
        ("Ctrl+L",),
        "Choose what the selected node is linked to",
        lambda h: h.build.link(),
        lambda now: now.nodes == 1,
    ),
    ActionSpec(
        "rename",
        "Build",
        "Rename",
        ("F2",),
        "Give the selected node another name",
        lambda h: h.build.begin_rename(),
        lambda now: now.nodes == 1 and not now.is_presenting,
    ),
    ActionSpec(
        "arrange",
        "Build",
        "Arrange everything",
        ("Ctrl+Shift+A",),
        "Every node in its column",
        lambda h: h.build.arrange(),
        _is_at_the_desk,
    ),
    _line_up("left", "Align the left edges", "Ctrl+Shift+Left"),
    _line_up("centre", "Align the centres", "Ctrl+Shift+C"),
    _line_up("right", "Align the right edges", "Ctrl+Shift+Right"),
    _line_up("top", "Align the top edges", "Ctrl+Shift+Up"),
    _line_up("middle", "Align the middles", "Ctrl+Shift+M"),
    _line_up("bottom", "Align the bottom edges", "Ctrl+Shift+Down"),
)
"""What changes the document."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("run", "Time", "Run", ("Space",), "Run or pause", lambda h: h.toggle_running()),
    ActionSpec(
        "step", "Time", "Step", ("N",), "To the next thing that happens", lambda h: h.step()
    ),
    ActionSpec("start", "Time", "To the start", ("Home",), "Back to 0 s", lambda h: h.to_start()),
    ActionSpec(
        "reset",
        "Time",
        "Reset everything",
        ("R",),
        "Back to the start: faults, speed and seed as in the file",
        lambda h: h.reset(),
    ),
    ActionSpec("faster", "Time", "Faster", ("+", "="), "Faster", lambda h: h.change_speed(1)),
    ActionSpec("slower", "Time", "Slower", ("-",), "Slower", lambda h: h.change_speed(-1)),
    ActionSpec("new", "Document", "New", ("Ctrl+N",), "An empty scenario", lambda h: h.new()),
    ActionSpec("open", "Document", "Open…", ("Ctrl+O",), "Open a file", lambda h: h.ask_open()),
    ActionSpec("save", "Document", "Save", ("Ctrl+S",), "Save", lambda h: h.save()),
    ActionSpec(
        "save-as",
        "Document",
        "Save as…",
        ("Ctrl+Shift+S",),
        "Save under another name",
        lambda h: h.ask_save_as(),
    ),
    ActionSpec(
        "presets",
        "Document",
        "Presets",
        ("Ctrl+P",),
        "Go to the presets",
        lambda h: h.show_presets(),
    ),
    ActionSpec(
        "undo",
        "Edit",
        "Undo",
        ("Ctrl+Z",),
        "Take back the last edit",
        lambda h: h.undo(),
        lambda now: bool(now.undo),
    ),
    ActionSpec(
        "redo",
        "Edit",
        "Redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "Make that edit again",
        lambda h: h.redo(),
        lambda now: bool(now.redo),
    ),
    *BUILDING,
    ActionSpec(
        "seed",
        "Edit",
        "Another seed…",
        ("Ctrl+E",),
        "Run with another seed",
        lambda h: h.ask_seed(),
    ),
    ActionSpec("copy-seed", "Edit", "Copy the seed", (), "Copy the seed", lambda h: h.copy_seed()),
    _spec(
        "Break it", "crash", "Crash or restart", "C", "Kill the selected node, or start it again"
    ),
    _spec("Break it", "pause", "Pause or resume", "P", "Stop the selected node, or let it go on"),
    _spec("Break it", "lose-ack", "Lose the next ack", "L", "The next ack or confirm dies"),
    _spec("Break it", "fail", "Fail next", "H", "The next handler fails"),
    _spec("Break it", "cut", "Cut or heal", "X", "Cut the selected link, or heal it"),
    _spec("Break it", "lose-request", "Lose the next packet", "K", "The next request packet dies"),
    _spec("Break it", "drop", "Drop", "D", "The selected packet dies here"),
    _spec("Break it", "duplicate", "Duplicate", "U", "A second copy of the selected packet"),
    _spec("Break it", "delay", "Delay", "Y", "The selected packet arrives a second later"),
    ActionSpec(
        "disarm",
        "Break it",
        "Disarm",
        ("Shift+C",),
        "Drop what is armed on the selection",
        lambda h: h.disarm(),
        lambda now: now.selected in ("node", "link"),
    ),
    ActionSpec("fit", "View", "Fit", ("F",), "Show the whole scene", lambda h: h.fit()),
    ActionSpec(
        "theme", "View", "Light or dark", ("T",), "Light or dark", lambda h: h.toggle_theme()
    ),
    ActionSpec(
        "present", "View", "Present", ("F5",), "Canvas and scoreboard only", lambda h: h.present()
    ),
    ActionSpec(
        "leave",
        "View",
        "Leave",
        ("Esc",),
        "Leave the presentation, close the drawer, drop the selection",
        lambda h: h.leave(),
    ),
    ActionSpec("help", "View", "All keys", ("?",), "All keys", lambda h: h.show_keys()),
    ActionSpec("quit", "Document", "Quit", ("Ctrl+Q",), "Close the window", lambda h: h.quit()),
)


def install(hands: Callable[[], "Hands"], host: QWidget) -> dict[str, QAction]:
    """A Qt action for each entry, its keys alive in the whole window."""
    made: dict[str, QAction] = {}
    for spec in ACTIONS:
        action = QAction(spec.text, host)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setToolTip(spec.tooltip)
        action.setStatusTip(spec.tip)
        action.triggered.connect(_trigger(spec, hands))
        host.addAction(action)
        made[spec.id] = action
    return made


def _trigger(spec: ActionSpec, hands: Callable[[], "Hands"]) -> Callable[[], None]:
    def trigger() -> None:
        spec.does(hands())

    return trigger


def refresh(actions: Mapping[str, QAction], situation: Situation) -> None:
    """Enable what is possible now, and name what would be undone."""
    for spec in ACTIONS:
        actions[spec.id].setEnabled(spec.when(situation))
    for each, name in (("undo", situation.undo), ("redo", situation.redo)):
        text = f"{each.capitalize()}: {name}" if name else each.capitalize()
        actions[each].setText(text.replace("&", "&&"))
