"""Does a running world follow its document, whatever one document is turned into?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine import laws
from playground.engine.commands import (
    AddLink,
    AddNode,
    Command,
    RemoveLink,
    RemoveNode,
    RenameNode,
    SetLink,
    SetNode,
)
from playground.engine.nodes.consumer import Consumer
from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    Loss,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.engine.records import CommandRejected, Record
from playground.engine.simulator import Simulator
from playground.engine.world import World
from playground.scenario.build import simulate
from playground.scenario.difference import difference
from playground.scenario.model import Link, Scenario
from playground.scenario.rename import renamed
from playground.scenario.soundness import first_fault

NAMES = ("a", "b", "c", "d", "e", "f", "g")
WEATHER = (LinkParameters(), LinkParameters(loss=Loss(reply=0.5)), LinkParameters(duplicate=0.5))

Picture = tuple[object, ...]


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Sound documents over few names, so that two of them often share some."""
    nodes: dict[str, NodeParameters] = {}
    for name in draw(st.permutations(NAMES)):
        kind = draw(st.sampled_from(("", "queue", "queue", "producer", "consumer", "consumer")))
        if kind == "producer":
            nodes[name] = ProducerParameters(rate_per_s=draw(st.sampled_from((5.0, 20.0))))
        elif kind == "consumer":
            nodes[name] = ConsumerParameters(
                group=draw(st.sampled_from((None, None, "red", "blue", "a", "f"))),
                guarantee=draw(st.sampled_from(("at-most-once", "at-least-once"))),
            )
        elif kind == "queue":
            nodes[name] = QueueParameters(dead_letter=draw(st.sampled_from((None, *NAMES))))
    return _without_faults(draw, nodes)


def _without_faults(draw: st.DrawFn, nodes: dict[str, NodeParameters]) -> Scenario:
    for name, parameters in list(nodes.items()):
        if isinstance(parameters, QueueParameters) and first_fault(Scenario(name="x", nodes=nodes)):
            nodes[name] = QueueParameters()
    links: list[Link] = []
    queues = [name for name, each in nodes.items() if isinstance(each, QueueParameters)]
    for name, parameters in nodes.items():
        if isinstance(parameters, QueueParameters) or not queues:
            continue
        queue = draw(st.sampled_from([*queues, ""]))
        ends = (queue, name) if isinstance(parameters, ConsumerParameters) else (name, queue)
        link = Link(source=ends[0], target=ends[1], parameters=draw(st.sampled_from(WEATHER)))
        if queue and not first_fault(Scenario(name="x", nodes=nodes, links=(*links, link))):
            links.append(link)
    return Scenario(name="x", nodes=nodes, links=tuple(draw(st.permutations(links))))


def picture_of(world: World) -> Picture:
    """Nodes, links and parameters; which group reads which queue; who is connected."""
    return (
        {name: node.parameters for name, node in world.nodes.items()},
        {key: link.parameters for key, link in world.links.items()},
        {name: sorted(world.links_of[name]) for name in world.nodes},
        {group: book.queue for group, book in world.ledger.groups.items()},
        {n.id: n.group for n in world.nodes.values() if isinstance(n, Consumer)},
        {n.id: n.link.key for n in world.nodes.values() if n.link is not None},
    )


def play(simulator: Simulator, commands: tuple[Command, ...]) -> None:
    records: list[Record] = []
    simulator.world.trace.sinks.append(records.extend)
    for command in commands:
        simulator.apply(command)
        laws.check(simulator.world)
    refused = [
        r for r in (*records, *simulator.world.trace.tail()) if isinstance(r, CommandRejected)
    ]
    assert refused == []


@settings(max_examples=300)
@given(scenarios(), scenarios(), st.sampled_from((0, 120_000, 1_000_000)))
def test_a_world_that_follows_is_like_one_built_anew(
    before: Scenario, after: Scenario, at_us: int
) -> None:
    simulator = simulate(before)
    simulator.run_until(at_us)
    play(simulator, difference(before, after))
    assert picture_of(simulator.world) == picture_of(simulate(after).world)
    simulator.run_until(at_us + 300_000)
    play(simulator, difference(after, before))
    assert picture_of(simulator.world) == picture_of(simulate(before).world)
    simulator.run_until(at_us + 600_000)
    laws.check(simulator.world)


@given(scenarios())
def test_between_a_document_and_itself_there_is_nothing(scenario: Scenario) -> None:
    assert difference(scenario, scenario) == ()


@settings(max_examples=200)
@given(scenarios(), st.data())
def test_a_renamed_node_is_like_one_built_under_that_name(
    before: Scenario, data: st.DataObject
) -> None:
    if not before.nodes:
        return
    old = data.draw(st.sampled_from(list(before.nodes)))
    new = data.draw(st.sampled_from([n for n in (*NAMES, "red", "new") if n not in before.nodes]))
    after = renamed(before, old, new)
    assert first_fault(after) == ""
    simulator = simulate(before)
    simulator.run_until(400_000)
    produced = {group: book.produced for group, book in simulator.world.ledger.groups.items()}
    play(simulator, difference(before, after, (old, new)))
    assert picture_of(simulator.world) == picture_of(simulate(after).world)
    counts = [book.produced for book in simulator.world.ledger.groups.values()]
    assert counts == list(produced.values())
    simulator.run_until(900_000)
    play(simulator, difference(after, before, (new, old)))
    assert picture_of(simulator.world) == picture_of(simulate(before).world)
    simulator.run_until(1_500_000)
    laws.check(simulator.world)


CHAIN = Scenario(
    name="chain",
    nodes={
        "shop": ProducerParameters(rate_per_s=5),
        "orders": QueueParameters(),
        "billing": ConsumerParameters(),
    },
    links=(Link(source="shop", target="orders"), Link(source="orders", target="billing")),
)


def changed(**nodes: NodeParameters) -> Scenario:
    return Scenario(name="chain", nodes={**CHAIN.nodes, **nodes}, links=CHAIN.links)


def test_a_moved_node_is_no_news_for_the_world() -> None:
    moved = Scenario(
        name="other", nodes=CHAIN.nodes, links=CHAIN.links, layout={"shop": (8.0, 16.0)}
    )
    assert difference(CHAIN, moved) == ()


def test_what_is_the_same_is_left_alone() -> None:
    after = changed(billing=ConsumerParameters(prefetch=5))
    assert difference(CHAIN, after) == (SetNode("billing", (("prefetch", 5),)),)


def test_a_guarantee_comes_with_the_place_of_its_ack() -> None:
    after = changed(billing=ConsumerParameters(guarantee="at-most-once"))
    expected = SetNode("billing", (("guarantee", "at-most-once"), ("how", None)))
    assert difference(CHAIN, after) == (expected,)


def test_a_removed_node_takes_its_links_along_and_comes_back_with_them() -> None:
    after = Scenario(
        name="chain",
        nodes={k: v for k, v in CHAIN.nodes.items() if k != "orders"},
    )
    assert difference(CHAIN, after) == (RemoveNode("orders"),)
    assert difference(after, CHAIN) == (
        AddNode("orders", QueueParameters()),
        AddLink("orders", "billing", LinkParameters()),
        AddLink("shop", "orders", LinkParameters()),
    )


def test_a_node_of_another_kind_is_another_node() -> None:
    before = Scenario(name="x", nodes={"a": QueueParameters()})
    after = Scenario(name="x", nodes={"a": ConsumerParameters()})
    assert difference(before, after) == (RemoveNode("a"), AddNode("a", ConsumerParameters()))


def test_links_change_their_weather_or_go() -> None:
    rain = LinkParameters(duplicate=0.5)
    after = Scenario(
        name="chain",
        nodes=CHAIN.nodes,
        links=(Link(source="shop", target="orders", parameters=rain),),
    )
    assert difference(CHAIN, after) == (
        RemoveLink("orders", "billing"),
        SetLink("shop", "orders", (("duplicate", 0.5),)),
    )


def test_consumers_of_two_queues_can_swap_their_groups() -> None:
    links = (Link(source="p", target="a"), Link(source="q", target="b"))
    queues = {"p": QueueParameters(), "q": QueueParameters()}
    red, blue = ConsumerParameters(group="red"), ConsumerParameters(group="blue")
    before = Scenario(name="x", nodes={**queues, "a": red, "b": blue}, links=links)
    after = Scenario(name="x", nodes={**queues, "a": blue, "b": red}, links=links)
    simulator = simulate(before)
    play(simulator, difference(before, after))
    assert picture_of(simulator.world) == picture_of(simulate(after).world)


def test_a_rename_is_one_wish() -> None:
    after = renamed(CHAIN, "orders", "sales")
    assert difference(CHAIN, after, ("orders", "sales")) == (RenameNode("orders", "sales"),)
