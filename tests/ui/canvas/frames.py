"""Which moments do the tests of the canvas look at?

The reference scene, three groups side by side at 12.48 s, and a consumer in every state. Small
builders with plain defaults; a test changes what it is about with ``_replace``.
"""

import numpy as np

from playground.session.frame import (
    PACKETS,
    ConsumerView,
    Death,
    FlightTable,
    Frame,
    GroupRow,
    Lane,
    LinkView,
    ProducerView,
    QueueView,
    Slot,
    Waiting,
)

S = 1_000_000
MS = 1_000
NOW_US = 12_480 * MS

REFERENCE_LAYOUT = {
    "shop": (24.0, 186.0),
    "orders": (268.0, 146.0),
    "metrics": (648.0, 32.0),
    "billing": (648.0, 176.0),
    "payouts": (648.0, 320.0),
    "database": (952.0, 18.0),
}

STAGES = {
    "none": ("receive", "effect", "ack"),
    "effect-first": ("receive", "dedup", "effect", "mark", "ack"),
    "inbox": ("receive", "dedup", "effect", "mark", "ack"),
    "auto-ack": ("ack", "receive", "effect"),
}
GATES = {
    "none": ("before-effect", "after-effect"),
    "effect-first": ("received", "before-effect", "before-mark", "after-mark"),
    "inbox": ("received", "", "", "before-ack"),
    "auto-ack": ("received", "before-effect"),
}


def producer(id: str = "shop", **changes: object) -> ProducerView:
    """A producer that waits for nothing."""
    view = ProducerView(
        id=id, is_up=True, is_paused=False, paused_us=0, restarts_us=None, crashed_us=0,
        produced=50, buffered=0, rate_per_s=4.0, publish="confirmed", window=1, waiting=(),
        waiting_total=0, gave_up=(), armed=(), is_connected=True,
    )  # fmt: skip
    return view._replace(**changes)


def ready(number: int, count: int = 0) -> Slot:
    """An entry nobody has."""
    return Slot(number, number, "ready", count, 0, None)


def leased(number: int, count: int = 1, left: float = 0.5) -> Slot:
    """An entry given out, with this much of its lease left."""
    whole_us = 5 * S
    since_us = round(NOW_US - (1 - left) * whole_us)
    return Slot(number, number, "leased", count, since_us, since_us + whole_us)


def lane(group: str, *slots: Slot, more: int = 0, consumers: tuple[str, ...] = ()) -> Lane:
    """A group's lane, its head first."""
    ready_count = sum(slot.state == "ready" for slot in slots) + more
    return Lane(group, consumers or (group,), slots, more, ready_count, len(slots) - ready_count)


def queue(id: str = "orders", *lanes: Lane, **changes: object) -> QueueView:
    """A synced queue with a lease of five seconds."""
    view = QueueView(
        id=id, is_up=True, is_paused=False, paused_us=0, restarts_us=None, crashed_us=0,
        crash_took=0, durability="sync", lease_us=5 * S, held=5, capacity=None,
        dead_from=(), lanes=lanes, armed=(), is_connected=True,
    )  # fmt: skip
    return view._replace(**changes)


def consumer(id: str = "billing", program: str = "effect-first", **changes: object) -> ConsumerView:
    """An idle consumer at least once, with the effect first."""
    view = ConsumerView(
        id=id, group=id, is_up=True, is_paused=False, paused_us=0, restarts_us=None, crashed_us=0,
        took=(), guarantee="at-least-once", how="ack-after", idempotency="effect-first",
        effect="add", stages=STAGES[program], atomic=None, gates=GATES[program], message=None,
        number=None, stage=-1, work_from_us=0, work_until_us=0, work_done=0.0, suppressed=None,
        suppressed_us=0, held=0, unacked=2, prefetch=4, lease_until_us=None, failed=None, armed=(),
        armed_failure=False, warnings=(), cut=False, is_connected=True,
    )  # fmt: skip
    return view._replace(**changes)


def working(
    id: str = "billing", number: int = 47, share: float = 0.63, **changes: object
) -> ConsumerView:
    """A consumer in its effect, so far done."""
    begun_us = round(NOW_US - share * 100 * MS)
    view = consumer(
        id, message=number, number=number, stage=2, work_from_us=begun_us,
        work_until_us=begun_us + 100 * MS, held=2,
    )  # fmt: skip
    return view._replace(**changes)


def exactly_once(id: str = "payouts", **changes: object) -> ConsumerView:
    """An idle consumer with an inbox."""
    view = consumer(
        id, "inbox", guarantee="exactly-once", how="inbox", idempotency="inbox", atomic=(1, 3)
    )
    return view._replace(**changes)


def crashed(view: ConsumerView, **changes: object) -> ConsumerView:
    """The consumer, down for 2 s, 1.4 s of them left."""
    down = view._replace(
        is_up=False, crashed_us=NOW_US - 600 * MS, restarts_us=NOW_US + 1400 * MS, took=(45,)
    )
    return down._replace(**changes)


def link(source: str = "orders", target: str = "billing", **changes: object) -> LinkView:
    """A link with fine weather."""
    view = LinkView(
        source=source, target=target, latency_us=20 * MS, distribution="fixed", loss_request=0.0,
        loss_reply=0.0, duplicate=0.0, reorder=0.0, transport="datagram", cut_request=False,
        cut_reply=False, cut_us=0, heals_us=None, armed=(),
    )  # fmt: skip
    return view._replace(**changes)


def flights(*rows: tuple[int, str, int, float, int], latency_us: int = 20 * MS) -> FlightTable:
    """Packets as (link, kind, number, share of the way, copies)."""
    count = len(rows)
    replies = [row[1] in ("CONFIRM", "REFUSE", "ACK", "NACK", "EXTEND") for row in rows]
    sent = [round(NOW_US - row[3] * latency_us) for row in rows]
    return FlightTable(
        flight=np.arange(1, count + 1),
        link=np.array([row[0] for row in rows], dtype=np.int32),
        is_reply=np.array(replies, dtype=np.bool_),
        packet=np.array([PACKETS.index(row[1]) for row in rows], dtype=np.int8),
        message=np.array([row[2] - 1 for row in rows], dtype=np.int64),
        number=np.array([row[2] for row in rows], dtype=np.int64),
        copies=np.array([row[4] for row in rows], dtype=np.int32),
        sent_us=np.array(sent, dtype=np.int64),
        ends_us=np.array(sent, dtype=np.int64) + latency_us,
        travel=np.ones(count),
    )


def group(id: str, guarantee: str, **changes: object) -> GroupRow:
    """A group whose ledger adds up and whose money is right."""
    row = GroupRow(
        group=id, queue="orders", consumers=(id,), guarantee=guarantee, produced=50,
        applied_once=46, applied_many=0, in_flight=4, in_doubt=0, dead_lettered=0, lost=0,
        deliveries=53, duplicate_deliveries=7, duplicate_effects=0, reexecuted=0, regress=0,
        stale_final=0, suppressed=7,
        out_of_order=0, fenced=0, torn=0, should_be=4600, really_is=4600, money_lost=0,
        money_twice=0,
    )  # fmt: skip
    return row._replace(**changes)


def death(
    kind: str, place: str, fraction: float, number: int, text: str, **changes: object
) -> Death:
    """A death just now."""
    value = Death(
        at_us=NOW_US - 20 * MS, kind=kind, place=place, fraction=fraction, is_reply=False,
        packet="DELIVER", message=number - 1, number=number, group="", text=text,
    )  # fmt: skip
    return value._replace(**changes)


def frame(*nodes: object, **changes: object) -> Frame:
    """A moment with these nodes and nothing else."""
    value = Frame(
        now_us=NOW_US, is_running=True, speed=0.1, behind_s=0.0, seed=42, name="Three side by side",
        nodes=tuple(nodes), links=(), flights=flights(), groups=(), deaths=(), log=(),
        charts=None, marks=(), notice="",
    )  # fmt: skip
    return value._replace(**changes)


def reference() -> Frame:
    """Three side by side at 12.48 s."""
    heads = (leased(45, left=0.32), leased(46, 2, left=0.72), leased(47, left=0.94))
    last = (leased(43, 2, left=0.35), leased(46, left=0.55), leased(47, left=0.94))
    nodes = (
        producer(
            waiting=(Waiting(50, "retry", NOW_US - 100 * MS, NOW_US + 400 * MS),), waiting_total=1
        ),
        queue(
            "orders",
            lane("metrics", *(ready(n) for n in (46, 47, 48, 49))),
            lane("billing", *heads, ready(48), ready(49)),
            lane("payouts", *last, ready(48), ready(49)),
        ),
        crashed(
            consumer(
                "metrics", "auto-ack", guarantee="at-most-once", how="auto-ack", idempotency="none"
            )
        ),
        working("billing", armed=("before-mark",), warnings=("An intent can die with shop.",)),
        exactly_once(suppressed=43, suppressed_us=NOW_US - 10 * MS),
    )
    links = (
        link("shop", "orders"),
        link("orders", "metrics"),
        link("orders", "billing"),
        link("orders", "payouts"),
    )
    in_the_air = flights(
        (0, "SEND", 50, 0.55, 1),
        (0, "CONFIRM", 49, 0.55, 1),
        (2, "DELIVER", 46, 0.6, 2),
        (3, "DELIVER", 47, 0.3, 1),
        (3, "ACK", 46, 0.45, 1),
    )
    why = "43: dropped; auto-ack had forgotten it."
    deaths = (
        *(
            death("message", "orders>metrics", 0.42, n, why, at_us=NOW_US - 300 * MS)
            for n in (12, 31)
        ),
        death("message", "orders>metrics", 0.42, 43, why, at_us=NOW_US - 100 * MS),
        death("packet", "billing>orders", 0.5, 45, "ack 45 dropped", is_reply=True, packet="ACK"),
    )
    groups = (
        group("metrics", "at-most-once", applied_once=41, in_flight=5, lost=4, should_be=4500,
              really_is=4100, money_lost=400),
        group("billing", "at-least-once", applied_once=43, applied_many=3, really_is=4900,
              money_twice=300),
        group("payouts", "exactly-once"),
    )  # fmt: skip
    return frame(*nodes, links=links, flights=in_the_air, deaths=deaths, groups=groups)


def consumer_states() -> tuple[Frame, dict[str, tuple[float, float]]]:
    """A consumer in every state, in rows of four."""
    at = working()
    begun = NOW_US - 63 * MS
    views = (
        at._replace(id="normal"),
        at._replace(id="hover"),
        at._replace(id="selected"),
        at._replace(id="focused"),
        at._replace(id="both"),
        at._replace(id="armed", armed=("before-mark",)),
        crashed(at)._replace(id="crashed"),
        at._replace(
            id="paused", is_paused=True, paused_us=NOW_US - 3100 * MS, work_done=0.63,
            lease_until_us=NOW_US + 1900 * MS,
        ),
        at._replace(id="cut-off", cut=True, stage=4, work_from_us=0, work_until_us=0,
                    work_done=0.6),
        consumer("idle"),
        at._replace(id="failing", failed=(3, 5), stage=2, work_from_us=0, work_until_us=0,
                    work_done=1.0),
        exactly_once("joined", number=47, message=47, stage=2, work_from_us=begun,
                     work_until_us=begun + 100 * MS),
        crashed(consumer("never-back"))._replace(restarts_us=None, took=()),
        at._replace(id="a-consumer-with-a-very-long-name", warnings=("It may lose.",)),
        consumer("auto", "auto-ack", guarantee="at-most-once", how="auto-ack", idempotency="none",
                 number=47, message=47, stage=2, work_from_us=begun, work_until_us=begun + 100 * MS,
                 held=3, armed_failure=True),
        consumer("popped", suppressed=43, armed=("received", "after-mark")),
    )  # fmt: skip
    layout = {v.id: (24.0 + 312 * (i % 4), 24.0 + 180 * (i // 4)) for i, v in enumerate(views)}
    links = (link("q", "cut-off", cut_request=True, cut_reply=True, heals_us=NOW_US + 2100 * MS),)
    source = queue("q", lane("cut-off"))
    layout["q"] = (-420.0, 380.0)
    return frame(*views, source, links=links), layout


def link_states() -> tuple[Frame, dict[str, tuple[float, float]]]:
    """Links in every state, each between a small queue and a consumer."""
    cases = {
        "plain": {}, "hovered": {}, "picked": {}, "keyed": {},
        "cut": {"cut_request": True, "cut_reply": True, "heals_us": NOW_US + 2100 * MS},
        "weather": {"loss_reply": 0.1},
        "armed": {"armed": (("drop", "DELIVER"),)},
        "crowd": {}, "named": {}, "chosen": {}, "bunch": {}, "negative": {},
    }  # fmt: skip
    nodes: list[object] = []
    links: list[LinkView] = []
    layout: dict[str, tuple[float, float]] = {}
    rows: list[tuple[int, str, int, float, int]] = []
    for i, (name, changes) in enumerate(cases.items()):
        x, y = 24.0 + 760 * (i % 2), 24.0 + 170 * (i // 2)
        nodes += [queue(f"q-{name}", lane(name)), consumer(name)]
        layout |= {f"q-{name}": (x, y + 20), name: (x + 440, y - 24)}
        links.append(link(f"q-{name}", name, **changes))
        if name in ("plain", "hovered", "picked"):
            rows += [(i, "DELIVER", 51, 0.4, 1), (i, "ACK", 49, 0.4, 1)]
        if name == "crowd":
            rows += [(i, "DELIVER", n, n / 1240, 1) for n in range(1, 1241)]
            rows += [(i, "ACK", n, n / 80, 1) for n in range(1, 80)]
        if name == "named":
            rows += [
                (i, "DELIVER", 46, 0.75, 2),
                (i, "DELIVER", 51, 0.22, 1),
                (i, "ACK", 49, 0.5, 1),
            ]
        if name == "chosen":
            rows += [(i, "DELIVER", 1248, 0.5, 1)]
        if name == "bunch":
            rows += [(i, "DELIVER", n, 0.3 + 0.06 * k, 1) for k, n in enumerate((50, 52, 51))]
            rows += [(i, "DELIVER", 54, 0.75 - 0.003 * k, 1) for k in range(8)]
        if name == "negative":
            rows += [(i, "NACK", 50, 0.4, 1)]
    return frame(*nodes, links=tuple(links), flights=flights(*rows)), layout


def other_nodes() -> tuple[Frame, dict[str, tuple[float, float]]]:
    """Queues and producers in their states, and a scene of two groups that share a queue."""
    full = [ready(n) for n in (48, 49, 50, 51, 52, 53)]
    nodes = (
        queue("full", lane("a", *full, more=12), held=18, capacity=20),
        queue("dead letters", lane("b", ready(17), ready(31)), dead_from=("orders",), held=2),
        queue(
            "down", lane("c"), is_up=False, crashed_us=NOW_US - 1200 * MS,
            restarts_us=NOW_US + 800 * MS, crash_took=9, durability="memory",
        ),
        queue("frozen", lane("d", leased(7), ready(108)), is_paused=True, paused_us=NOW_US - 2 * S),
        queue("nobody", is_connected=False),
        producer(
            "burst", window=4, waiting_total=5, produced=12345,
            waiting=tuple(
                Waiting(n, "confirm", NOW_US - 100 * MS, NOW_US + 300 * MS) for n in (9, 10, 11)
            ),
        ),
        producer("gone", is_up=False, crashed_us=NOW_US - S, restarts_us=NOW_US + S),
        producer("tired", gave_up=(17,)),
        producer("blind", publish="fire-and-forget", rate_per_s=0.5),
        producer("ready", armed=("before-send",)),
    )  # fmt: skip
    layout = {v.id: (24.0 + 264 * (i % 5), 24.0 + 180 * (i // 5)) for i, v in enumerate(nodes)}
    return frame(*nodes), layout
