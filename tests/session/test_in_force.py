"""Does everybody see what a script has set, though the document stays as it was written?"""

from dataclasses import replace

from playground.engine.commands import SetLink, SetNode
from playground.engine.parameters import ConsumerParameters, Loss
from playground.scenario.model import ScriptEntry
from playground.session.session import Session
from tests.session.scenes import chain


def scripted() -> Session:
    entries = (
        ScriptEntry(at_us=1_000_000, command=SetNode("billing", (("guarantee", "at-most-once"),))),
        ScriptEntry(
            at_us=1_000_000, command=SetLink("orders", "billing", (("loss", Loss(reply=0.5)),))
        ),
    )
    return Session(replace(chain(), script=entries))


def test_until_the_script_acts_the_document_is_in_force() -> None:
    session = scripted()
    assert session.in_force is session.scenario


def test_a_scripted_setting_is_in_force_and_not_in_the_document() -> None:
    session = scripted()
    session.run_to(1_000_000)
    told, now = session.scenario.nodes["billing"], session.in_force.nodes["billing"]
    assert isinstance(told, ConsumerParameters)
    assert isinstance(now, ConsumerParameters)
    assert (told.guarantee, now.guarantee) == ("at-least-once", "at-most-once")
    assert session.in_force.links[1].parameters.loss == Loss(reply=0.5)
    assert session.in_force.links[0] == session.scenario.links[0]


def test_what_is_in_force_is_one_object_as_long_as_nothing_is_set() -> None:
    session = scripted()
    session.run_to(1_000_000)
    first = session.in_force
    session.run_to(2_000_000)
    assert session.in_force is first


def test_the_badge_warns_of_what_the_script_has_set() -> None:
    session = scripted()
    before = len(warnings(session))
    session.run_to(1_000_000)
    assert warnings(session) != ()
    assert before == 0


def warnings(session: Session) -> tuple[str, ...]:
    session.pause()
    billing = next(each for each in session.frame().nodes if each.id == "billing")
    return billing.warnings  # type: ignore[union-attr]
