"""Can everything be asked for in words, and does it say why where it cannot be done?"""

import pytest

from playground.engine.commands import ArmPacketFault, CrashNode, CutLink, SetNode
from playground.ui.actions import ACTIONS, Situation
from playground.ui.commands.entries import NOT_LISTED, Entry, entries
from playground.ui.commands.reasons import why_not
from playground.ui.commands.things import settings_of, spelled, verbs_of
from playground.ui.main_window import MainWindow
from tests.ui import samples
from tests.ui.fakes import FakeRun


def listed(window: MainWindow) -> dict[str, Entry]:
    return {entry.text: entry for entry in entries(window, window.situation())}


def test_no_two_lines_look_alike(window: MainWindow) -> None:
    found = entries(window, window.situation())
    looks = [(entry.text, entry.section) for entry in found]
    assert len(set(looks)) == len(looks)


def test_every_action_is_there_with_its_key(window: MainWindow) -> None:
    found = [(e.text, e.section, e.key) for e in entries(window, window.situation())]
    for spec in ACTIONS:
        if spec.id not in NOT_LISTED:
            text = window.actions_by_id[spec.id].text().replace("&&", "&").rstrip("…")
            assert (text, spec.section, spec.key) in found


def test_every_verb_of_every_thing_is_one_line_and_does_its_command(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = samples.frame(log=())
    things = [("node", view.id) for view in frame.nodes]
    things += [("link", link.source, link.target) for link in frame.links]
    wished: list[object] = []
    monkeypatch.setattr(window.hands, "submit", wished.append)
    for line in entries(window, window.situation()):
        if line.section in ("Node", "Link") and not line.text.startswith("Select"):
            line.do()
    verbs = [verb for thing in things for _, verb in spelled(verbs_of(frame, thing))]
    assert wished == [verb.command for verb in verbs]
    assert len(verbs) > 40


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("Crash billing", CrashNode("billing")),
        ("Cut orders → metrics", CutLink("orders", "metrics")),
        ("Lose next ACK orders → payouts", ArmPacketFault("drop", "payouts", "orders", "ACK")),
    ],
)
def test_words_lead_to_their_command(
    window: MainWindow, run: FakeRun, words: str, command: object
) -> None:
    listed(window)[words].do()
    assert run.asked == [command]


def test_a_guarantee_can_be_chosen_in_words(window: MainWindow, run: FakeRun) -> None:
    found = listed(window)
    found["Guarantee of billing: exactly once"].do()
    (wished,) = run.asked
    assert isinstance(wished, SetNode)
    assert (wished.node, wished.changes[0]) == ("billing", ("guarantee", "exactly-once"))


def test_what_cannot_be_done_says_why(window: MainWindow) -> None:
    window.select(None)
    found = listed(window)
    assert found["Rename"].reason == "select one node first"
    assert "auto-acks" in found["Lose next ACK orders → metrics"].reason


def test_choosing_a_thing_selects_it(window: MainWindow) -> None:
    listed(window)["Select orders → metrics"].do()
    assert window.selection == ("link", "orders", "metrics")


def test_no_action_is_refused_without_a_reason_of_its_own() -> None:
    situations = [
        Situation(),
        Situation(is_presenting=True),
        Situation(selected="node", nodes=1),
        Situation(selected="link"),
        Situation(selected="packet"),
        Situation(selected="node", nodes=1, is_presenting=True),
    ]
    for spec in ACTIONS:
        for now in situations:
            reason = why_not(spec, now)
            assert bool(reason) != spec.when(now), spec.id
            assert reason != "not possible now", f"{spec.id}: write in reasons.py what is missing"


def test_a_setting_that_is_chosen_already_says_so() -> None:
    promises = dict(spelled(settings_of(samples.frame().nodes[3])))
    assert promises["Guarantee: At least once"].reason == "it is that already"
