"""Can a scene be proved in the window, by mouse and by key, and its counterexample be played?"""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from playground.checker.any_timing import prove_any_timing
from playground.checker.bounds import Bounds, Claim
from playground.checker.breaking import breaking
from playground.checker.explore import Progress
from playground.checker.job import Failure, ProofJob
from playground.checker.prove import prove
from playground.checker.verdict import FaultSet, Proof, Verdict
from playground.scenario.load import load_file, load_text
from playground.scenario.model import Scenario
from playground.session.session import Session
from playground.ui.application import application
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.panels.prove import words
from playground.ui.theme import DARK, LIGHT, PROJECTOR
from tests.session.scenes import chain
from tests.ui.fakes import FakeCanvas

LEFT = Qt.MouseButton.LeftButton
ACK_LOST = "The ACK of message 1 from billing to orders is lost → message 1 takes effect twice"


class FakeJob:
    """Notes what it is asked for; what it answers is put in by hand."""

    def __init__(self, scenario: Scenario, bounds: Bounds, workers: int, method: str) -> None:
        self.scenario, self.bounds, self.method = scenario, bounds, method
        self.workers = workers
        self.asked: list[str] = []
        self.answers: list[object] = []

    def start(self) -> None:
        self.asked.append("start")

    def cancel(self) -> None:
        self.asked.append("cancel")

    def close(self) -> None:
        self.asked.append("close")

    def poll(self) -> list[object]:
        answers, self.answers = self.answers, []
        return answers


def scene() -> Scenario:
    """A producer, a queue, a consumer at least once: an ack that is lost doubles the effect."""
    return chain()


@pytest.fixture(scope="module")
def proof() -> Proof:
    """One message, one fault, two promises."""
    return prove(scene(), Bounds(messages=1, faults=1, properties=("loss", "duplicate_effect")))


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window over a real run, with jobs that do nothing."""
    application()
    made = MainWindow(Bridge(Session, scene()), FakeCanvas, (), LIGHT, Document())
    made.bridge.set_running(False)
    made.proving.make_job = FakeJob
    made.show()
    yield made
    made.hands.editor.stack.setClean()
    made.close()
    made.deleteLater()


def job_of(window: MainWindow) -> Any:
    assert window.proving.job is not None
    return window.proving.job


def proved(window: MainWindow, proof: Proof) -> None:
    """The page with this proof on it."""
    window.actions_by_id["prove"].trigger()
    job_of(window).answers.append(proof)
    window.proving.poll()
    window.panes.prove.results.finish()


def verdict_of(proof: Proof, name: str) -> Verdict:
    return next(each for each in proof.verdicts if each.claim.property == name)


def row_that(window: MainWindow, said: str) -> Any:
    """The row of a set with these words."""
    rows = [row for view in window.panes.prove.results.views for row in view.rows]
    return next(row for row in rows if row.words == said)


# ---------------------------------------------------------------------- asking


def test_the_question_becomes_bounds(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_by_id["prove-page"].trigger()
    panel = window.panes.prove
    assert panel.isVisible()
    question = panel.question
    qtbot.mouseClick(question.messages.buttons[2], LEFT)
    qtbot.mouseClick(question.faults.buttons[1], LEFT)
    question.kinds["pause"].click()
    question.kinds["duplicate"].click()
    question.promises["stuck"].click()
    question.group.setCurrentText("billing")
    question.method.choose("any timing")
    qtbot.mouseClick(panel.button, LEFT)
    job = job_of(window)
    assert job.asked == ["start"]
    assert job.method == "any timing"
    assert job.bounds == Bounds(
        messages=3,
        faults=1,
        catalogue=("drop", "late", "duplicate", "crash"),
        properties=("loss", "duplicate_effect"),
        groups=("billing",),
    )
    assert job.scenario == window.bridge.scenario


def test_the_seed_of_the_run_is_proved_and_not_that_of_the_file(window: MainWindow) -> None:
    window.bridge.reset(77)
    window.proving.prove()
    assert job_of(window).scenario.seed == 77


def test_the_keys_lead_through_the_question_from_top_to_bottom(window: MainWindow) -> None:
    question = window.panes.prove.question
    at, seen = question.messages.buttons[-1], []
    for _ in range(60):
        at = at.nextInFocusChain()
        seen.append(at)
    wanted = [question.faults.buttons[0], question.kinds["drop"], question.promises["loss"]]
    wanted += [question.method.buttons[0], question.group, window.panes.prove.button]
    assert [each for each in seen if each in wanted] == wanted


def test_in_a_low_window_canvas_and_button_stay_in_sight(window: MainWindow) -> None:
    window.resize(760, 560)
    window.actions_by_id["prove-page"].trigger()
    panes, body = window.panes, window.centralWidget()
    assert body is not None
    assert panes.prove.geometry().bottom() <= body.height()
    bottom = panes.prove.button.mapTo(body, panes.prove.button.rect().bottomLeft()).y()
    assert bottom <= panes.prove.geometry().bottom()


def test_progress_is_exact_and_in_words(window: MainWindow) -> None:
    window.actions_by_id["prove"].trigger()
    panel = window.panes.prove
    assert panel.button.text() == "Cancel"
    assert not panel.question.isEnabled()
    job_of(window).answers.append(Progress(faults=2, done=598, of=8_975, broken=("billing loss",)))
    window.proving.poll()
    assert panel.progress_words.text().replace("\u202f", " ") == (
        "598 of 8 975 schedules, 2 of 2 faults"
    )
    assert panel.found_words.text() == "1 promise broken so far"
    assert (panel.bar.value(), panel.bar.maximum()) == (598, 8_975)


def test_states_are_counted_where_nobody_knows_how_many_there_are() -> None:
    progress = Progress(part=2, parts=3, faults=1, total=120)
    assert words.progress_words(progress, Bounds(faults=3)) == "120 states, 1 of 3 faults"
    assert words.found_words(progress) == "Part 2 of 3 · nothing found so far"


def test_cancel_asks_the_job_and_shows_what_it_has(
    qtbot: QtBot, window: MainWindow, proof: Proof
) -> None:
    window.actions_by_id["prove"].trigger()
    job = job_of(window)
    qtbot.mouseClick(window.panes.prove.button, LEFT)
    assert job.asked == ["start", "cancel"]
    reason = "It was cancelled: complete for the run without a fault (1 schedule)"
    open_verdict = replace(verdict_of(proof, "loss"), word="inconclusive", reason=reason)
    job.answers.append(replace(proof, verdicts=(open_verdict,)))
    window.proving.poll()
    assert job.asked[-1] == "close"
    assert not window.proving.is_running
    (view,) = window.panes.prove.results.views
    assert view.chip.accessibleName() == "Inconclusive: No accepted message is lost"
    assert reason in view.honest


def test_without_a_group_or_a_promise_nothing_is_started(window: MainWindow) -> None:
    for box in window.panes.prove.question.promises.values():
        box.setChecked(False)
    window.proving.prove()
    assert not window.proving.is_running
    assert window.panes.prove.results.state == "Choose at least one promise to prove."
    window.hands.files.show(Scenario(name="Nothing"))
    window.panes.prove.question.promises["loss"].setChecked(True)
    window.proving.prove()
    assert not window.proving.is_running
    assert window.panes.prove.results.state == words.NO_GROUP


def test_a_proof_that_went_wrong_says_so(window: MainWindow) -> None:
    window.actions_by_id["prove"].trigger()
    job_of(window).answers.append(Failure("The proof ended before it had a result."))
    window.proving.poll()
    assert window.panes.prove.results.state == "The proof ended before it had a result."
    assert window.panes.prove.button.text() == "Prove"


# ---------------------------------------------------------------------- verdicts


def test_verdicts_sets_and_what_is_not_covered_are_shown(window: MainWindow, proof: Proof) -> None:
    proved(window, proof)
    results = window.panes.prove.results
    assert results.state == "1 certified, 1 counterexample"
    assert [view.accessibleName() for view in results.views] == [
        "billing: no accepted message is lost: Certified",
        "billing: no effect happens twice: Counterexample",
    ]
    assert "None breaks it" in results.views[0].honest
    assert results.views[1].honest.startswith("Broken with 1 fault.")
    assert row_that(window, ACK_LOST).buttons["play"].isEnabled()


def test_further_sets_are_shown_on_request(qtbot: QtBot, window: MainWindow, proof: Proof) -> None:
    proved(window, proof)
    view = window.panes.prove.results.views[1]
    many = len(view.verdict.minimal)
    assert many > len(view.rows) == 2
    assert view.more is not None
    qtbot.mouseClick(view.more, LEFT)
    assert len(view.rows) == many
    assert not view.more.isVisible()


def test_the_table_stands_as_taught_and_as_proved(window: MainWindow, proof: Proof) -> None:
    table = window.panes.prove.table
    assert table.texts() == [
        "at-most-once · as taught · possible · never · low",
        "at-least-once · as taught · never · possible · medium",
        "exactly-once · as taught · never · never · high",
    ]
    proved(window, proof)
    assert table.texts() == [
        "at-most-once · as taught · possible · never · low",
        "at-most-once · not in this scene",
        "at-least-once · as taught · never · possible · medium",
        "at-least-once · billing · not with ≤ 1 · yes, 1 fault · 3 steps, 4 packets",
        "exactly-once · as taught · never · never · high",
        "exactly-once · not in this scene",
    ]


@pytest.mark.parametrize("size", [(1600, 900), (1024, 768)])
def test_the_table_is_in_sight_or_below_the_verdicts(
    window: MainWindow, proof: Proof, size: tuple[int, int]
) -> None:
    window.resize(*size)
    proved(window, proof)
    panel = window.panes.prove
    sheet = panel.results.widget()
    assert sheet is not None
    assert sheet.isAncestorOf(panel.table) == (size[0] < 1_250)
    proved(window, proof)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for theme in (DARK, PROJECTOR, LIGHT):
        window.set_theme(theme)
    proved(window, proof)
    assert panel.table.isVisible()


def test_an_edit_marks_the_verdicts_as_those_of_the_scene_as_it_was(
    window: MainWindow, proof: Proof
) -> None:
    proved(window, proof)
    results = window.panes.prove.results
    assert not results.notice.isVisible()
    before = window.bridge.scenario
    moved = replace(before, layout={"billing": (5.0, 5.0)})
    window.bridge.edit(moved)
    assert not results.notice.isVisible()
    window.bridge.reset(99)
    assert results.notice.label.text() == words.CHANGED
    assert results.notice.isVisible()
    window.bridge.reset(before.seed)
    assert not results.notice.isVisible()


def test_verdicts_that_an_edit_has_overtaken_come_marked(window: MainWindow, proof: Proof) -> None:
    window.proving.prove()
    job = job_of(window)
    window.hands.build.add_part("producer")
    assert window.proving.is_running
    job.answers.append(proof)
    window.proving.poll()
    assert window.panes.prove.results.notice.label.text() == words.CHANGED


def test_another_document_ends_the_proof_and_its_verdicts(window: MainWindow, proof: Proof) -> None:
    proved(window, proof)
    window.proving.prove()
    job = job_of(window)
    window.hands.files.show(replace(scene(), name="Another"))
    assert job.asked == ["start", "close"]
    assert not window.proving.is_running
    assert window.panes.prove.results.state == words.EMPTY


def test_closing_the_window_ends_the_proof(window: MainWindow) -> None:
    window.proving.prove()
    job = job_of(window)
    window.close()
    assert job.asked == ["start", "close"]


# ---------------------------------------------------------------------- counterexamples


def ack_lost(proof: Proof) -> tuple[Verdict, FaultSet]:
    verdict = verdict_of(proof, "duplicate_effect")
    found = next(each for each in verdict.minimal if "drop ACK" in each.faults[0])
    return verdict, found


def test_the_moment_of_the_break_is_that_of_the_second_effect(proof: Proof) -> None:
    verdict, found = ack_lost(proof)
    scenario = load_text(found.scenario)
    moment = breaking(scenario, verdict.claim)
    assert moment.trace_sha256 == found.trace_sha256
    session = Session(scenario)
    session.run_to(moment.at_us - 1)
    assert session.frame().groups[0].applied_many == 0
    session.run_to(moment.at_us)
    assert session.frame().groups[0].applied_many == 1


def play_to_rest(window: MainWindow) -> None:
    window.bridge.set_running(True)
    for _ in range(10_000):
        window.bridge.tick(0.05, lambda: False)
        if not window.bridge.is_running:
            return


def test_play_opens_it_slowed_and_stops_where_the_promise_breaks(
    qtbot: QtBot, window: MainWindow, proof: Proof
) -> None:
    proved(window, proof)
    qtbot.mouseClick(row_that(window, ACK_LOST).buttons["play"], LEFT)
    bridge = window.bridge
    assert bridge.scenario.name == "Counterexample: applied twice"
    assert bridge.speed < 1.0
    assert window.selection == ("node", "billing")
    assert window.focusWidget() is window.canvas
    first, last = bridge.scenario.cues
    assert first.say == "The ACK of message 1 from billing to orders is lost."
    assert last.say == "Here the promise breaks: message 1 takes effect twice."
    play_to_rest(window)
    assert bridge.last.now_us == last.at_us
    assert bridge.last.groups[0].applied_many == 1
    assert window.presenter.card.cue == last


@pytest.mark.parametrize("at_the_desk", [True, False])
def test_the_first_counterexample_is_played_by_key_and_without_cue_cards_too(
    window: MainWindow, proof: Proof, at_the_desk: bool
) -> None:
    window.actions_by_id["play-counterexample"].trigger()
    assert [toast.title for toast in window.toasts.shown] == ["There is no counterexample to play"]
    proved(window, proof)
    window.bridge.stops.waits_at_cues = at_the_desk
    window.actions_by_id["play-counterexample"].trigger()
    play_to_rest(window)
    broken = window.bridge.scenario.cues[-1]
    assert window.bridge.last.now_us == broken.at_us
    said = [toast.title for toast in window.toasts.shown]
    assert ("Here the promise breaks" in said) != at_the_desk


def test_back_leads_to_the_scene_that_was_proved_and_its_verdicts_stay(
    qtbot: QtBot, window: MainWindow, proof: Proof
) -> None:
    proved(window, proof)
    window.actions_by_id["play-counterexample"].trigger()
    results = window.panes.prove.results
    assert results.notice.label.text() == words.ON_CANVAS
    assert results.notice.back.text() == "Back to chain"
    qtbot.mouseClick(row_that(window, ACK_LOST).buttons["play"], LEFT)
    qtbot.mouseClick(results.notice.back, LEFT)
    assert window.bridge.scenario.name == "chain"
    assert window.bridge.speed == 1.0
    assert not results.notice.isVisible()
    assert len(results.views) == 2
    assert not window.hands.files.is_modified


def test_unsaved_work_is_asked_about_before_a_counterexample(
    monkeypatch: pytest.MonkeyPatch, window: MainWindow, proof: Proof
) -> None:
    proved(window, proof)
    window.hands.build.add_part("producer")
    assert window.hands.files.is_modified
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard]
    ask = "playground.ui.panels.file_desk.ask_to_save"
    monkeypatch.setattr(ask, lambda *_: answers.pop(0))
    edited = window.bridge.scenario
    window.proving.play_first()
    assert window.bridge.scenario == edited
    window.proving.play_first()
    assert window.bridge.scenario.name.startswith("Counterexample")
    window.proving.go_back()
    assert window.bridge.scenario == edited
    assert window.hands.files.is_modified


def test_a_counterexample_is_saved_and_the_saved_file_breaks_the_promise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: MainWindow, proof: Proof
) -> None:
    proved(window, proof)
    path = tmp_path / "ack-lost.yaml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    row_that(window, ACK_LOST).buttons["save"].click()
    verdict, found = ack_lost(proof)
    moment = breaking(load_file(path), verdict.claim)
    assert moment.trace_sha256 == found.trace_sha256
    assert window.bridge.scenario.name == "chain"


def test_a_counterexample_is_copied_as_mermaid_and_the_certificate_as_text(
    window: MainWindow, proof: Proof
) -> None:
    proved(window, proof)
    row_that(window, ACK_LOST).buttons["copy"].click()
    assert QGuiApplication.clipboard().text().startswith("sequenceDiagram\n")
    window.proving.showing.hand_on("text", proof, scene())
    assert "Not covered:" in QGuiApplication.clipboard().text()


def test_the_certificate_is_saved_as_a_file_that_names_its_scene(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: MainWindow, proof: Proof
) -> None:
    proved(window, proof)
    path = tmp_path / "chain.certificate.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.panes.prove.results.wished.emit("certificate", None, None)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["scenario_sha256"] == proof.scenario_sha256
    assert not window.proving.showing.save_certificate(proof, scene(), tmp_path / "no" / "x.json")


def test_a_break_at_any_timing_is_played_saved_and_drawn(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bounds = Bounds(messages=1, faults=1, properties=("duplicate_effect",))
    proof = prove_any_timing(scene(), bounds)
    proved(window, proof)
    ((found,),) = [verdict.minimal for verdict in proof.verdicts]
    (row,) = window.panes.prove.results.views[0].rows
    assert all(button.isEnabled() for button in row.buttons.values())
    row.buttons["steps"].click()
    assert QGuiApplication.clipboard().text() == "\n".join((*found.steps, ""))
    row.buttons["copy"].click()
    assert QGuiApplication.clipboard().text().startswith("sequenceDiagram")
    path = tmp_path / "break.yaml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    row.buttons["save"].click()
    assert load_file(path).script == load_text(found.scenario).script
    row.buttons["play"].click()
    assert window.bridge.scenario.name == "Counterexample: applied twice"


def test_what_no_run_shows_cannot_be_played_and_says_why(window: MainWindow, proof: Proof) -> None:
    steps = ("shop produces a message", "fault: ACK of shop#1 is lost")
    found = FaultSet(
        faults=("ACK of shop#1 is lost",), messages=("shop#1",), steps=steps,
        unplayable="There is no run of it on the canvas",
    )  # fmt: skip
    claim = Claim("billing", "duplicate_effect")
    verdict = Verdict(claim=claim, word="counterexample", faults=1, minimal=(found,), states=9)
    proved(window, replace(proof, method="any timing", verdicts=(verdict,)))
    (row,) = window.panes.prove.results.views[0].rows
    for wish in ("play", "save", "copy"):
        assert not row.buttons[wish].isEnabled()
        assert row.buttons[wish].toolTip() == "There is no run of it on the canvas"
    row.buttons["steps"].click()
    assert QGuiApplication.clipboard().text() == "\n".join((*steps, ""))


# ---------------------------------------------------------------------- on the stage


def test_on_the_stage_toasts_tell_what_the_page_would(window: MainWindow, proof: Proof) -> None:
    window.set_theme(PROJECTOR)
    assert not window.panes.prove.isVisible()
    proved(window, proof)
    (toast,) = window.toasts.shown
    assert toast.title == "1 certified, 1 counterexample"
    assert toast.body == "billing: applied twice, with 1 fault. Shift+V plays it."
    window.actions_by_id["play-counterexample"].trigger()
    play_to_rest(window)
    assert window.presenter.card.text.startswith("Here the promise breaks")


# ---------------------------------------------------------------------- a real worker


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_scene_is_proved_by_a_real_process_and_nothing_is_left_of_it(
    qtbot: QtBot, window: MainWindow, proof: Proof
) -> None:
    window.proving.make_job = ProofJob
    question = window.panes.prove.question
    question.messages.choose("1")
    question.faults.choose("1")
    question.promises["stuck"].setChecked(False)
    window.proving.prove()
    pid = job_of(window)._process.pid
    qtbot.waitUntil(lambda: not window.proving.is_running, timeout=30_000)
    assert window.proving.proof is not None
    assert window.proving.proof.verdicts == proof.verdicts
    assert not is_alive(pid)


def test_closing_while_a_real_process_runs_leaves_none(window: MainWindow) -> None:
    window.proving.make_job = ProofJob
    window.panes.prove.question.faults.choose("5")
    window.proving.prove()
    pid = job_of(window)._process.pid
    assert is_alive(pid)
    window.close()
    assert not window.proving.is_running
    assert not is_alive(pid)
