"""What can be asked for in words: every action, every verb of every thing, every preset?

An entry that cannot be done now says why; doing it is a call of its own.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from playground.session.frame import Frame
from playground.ui.actions import ACTIONS, ActionSpec, Situation
from playground.ui.canvas.verbs import Verb
from playground.ui.commands.reasons import why_not
from playground.ui.commands.things import settings_of, spelled, verbs_of, verbs_of_link
from playground.ui.panels.faults import Selection
from playground.ui.panels.presets import Preset

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

ARROW = "→"
NOT_LISTED = ("palette", "clicker-next", "clicker-back")
OF_A_NODE = (("rename", "Rename"), ("link", "Link"), ("double", "Duplicate"), ("delete", "Delete"))


class Entry(NamedTuple):
    """One line of the command palette."""

    text: str
    section: str
    key: str
    reason: str  # why it cannot be done now, "" where it can
    do: Callable[[], object]


def entries(window: "MainWindow", situation: Situation) -> list[Entry]:
    """Everything, the window's own actions first."""
    frame = window.bridge.last
    found = [_of_action(window, spec, situation) for spec in ACTIONS if spec.id not in NOT_LISTED]
    found += _of_presets(window)
    found += _of_nodes(window, frame, situation)
    found += _of_links(window, frame)
    return found


def _of_action(window: "MainWindow", spec: ActionSpec, situation: Situation) -> Entry:
    action = window.actions_by_id[spec.id]
    text = action.text().replace("&&", "&").rstrip("…")
    return Entry(text, spec.section, spec.key, why_not(spec, situation), action.trigger)


def _of_presets(window: "MainWindow") -> Iterator[Entry]:
    for preset in window.presets:
        text = f"Open {preset.number} {preset.title}".replace("  ", " ")

        def open_it(preset: Preset = preset) -> None:
            window.hands.open_preset(preset)

        yield Entry(text, "Preset", "", "", open_it)


def _of_nodes(window: "MainWindow", frame: Frame, situation: Situation) -> Iterator[Entry]:
    for view in frame.nodes:
        target: Selection = ("node", view.id)
        for words, verb in spelled(verbs_of(frame, target)):
            yield _of_verb(window, _named(words, view.id), "Node", verb)
        for words, verb in spelled(settings_of(view)):
            yield _of_verb(window, _named(words, view.id), "Setting", verb)
        yield Entry(f"Select {view.id}", "Node", "", "", _selecting(window, target))
        refusal = "not while presenting" if situation.is_presenting else ""
        for action, word in OF_A_NODE:
            text = f"Link {view.id} to" if action == "link" else f"{word} {view.id}"
            do = _selecting(window, target, action)
            yield Entry(text, "Build", "", refusal, do)


def _of_links(window: "MainWindow", frame: Frame) -> Iterator[Entry]:
    for link in frame.links:
        ends = f"{link.source} {ARROW} {link.target}"
        target: Selection = ("link", link.source, link.target)
        for words, verb in spelled(verbs_of_link(frame, link)):
            yield _of_verb(window, _named(words, ends), "Link", verb)
        yield Entry(f"Select {ends}", "Link", "", "", _selecting(window, target))


def _named(words: str, name: str) -> str:
    """``Crash billing``, ``Arm crash of billing: before ack``."""
    verb, colon, rest = words.partition(": ")
    return f"{verb} of {name}: {rest[:1].lower()}{rest[1:]}" if colon else f"{verb} {name}"


def _of_verb(window: "MainWindow", text: str, section: str, verb: Verb) -> Entry:
    command = verb.command
    assert command is not None, f"{text}: a verb that does nothing"
    return Entry(text, section, "", verb.reason, lambda: window.hands.submit(command))


def _selecting(window: "MainWindow", target: Selection, action: str = "") -> Callable[[], object]:
    def select() -> None:
        window.select(target)
        if action:
            window.actions_by_id[action].trigger()
        else:
            window.canvas.setFocus()

    return select
