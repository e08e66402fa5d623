"""Does every preset live through an audience that clicks on everything?"""

import random

import pytest

from playground.catalogue import open_scenario, presets
from playground.engine import commands as c
from playground.engine import laws
from playground.session.session import Session

TICKS = 600
TICK_S = 0.1


def a_click(session: Session, chance: random.Random) -> c.Command:
    """Something to break or to mend, anywhere in the scene; it may be refused."""
    node = chance.choice(list(session.scenario.nodes))
    link = chance.choice(session.scenario.links)
    flights = list(session.simulator.world.flights)
    wishes: list[c.Command] = [
        c.CrashNode(node),
        c.RestartNode(node),
        c.PauseNode(node, 500_000),
        c.ResumeNode(node),
        c.CutLink(link.source, link.target, "both", 800_000),
        c.HealLink(link.source, link.target),
        c.FailNext(node),
        c.Burst(node, 3),
    ]
    if flights:
        flight = chance.choice(flights)
        wishes += [c.DropPacket(flight), c.DuplicatePacket(flight), c.DelayPacket(flight)]
    return chance.choice(wishes)


@pytest.mark.parametrize("name", [preset.name for preset in presets()])
def test_a_minute_of_clicks_leaves_every_number_adding_up(name: str) -> None:
    session = Session(open_scenario(name))
    chance = random.Random(5)
    for tick in range(TICKS):
        frame = session.tick(TICK_S, lambda: False)
        assert frame.notice == ""
        assert [row.group for row in frame.groups if not row.adds_up] == []
        refusals = [line.text for line in frame.log if line.kind == "rejected"]
        assert [text for text in refusals if not text.endswith(".")] == []
        if chance.random() < 0.4:
            session.submit(a_click(session, chance))
        if tick % 20 == 0:
            laws.check(session.simulator.world)
    laws.check(session.simulator.world)
