"""Which frame does every picture and every test of the window start from?

The reference scene: one producer, one queue, three groups, one storm, at 12.48 s.
"""

import numpy as np

from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Link, Scenario
from playground.session.frame import (
    PACKETS,
    Chart,
    ConsumerView,
    Death,
    FaultMark,
    FlightTable,
    Frame,
    GroupRow,
    Lane,
    LinkView,
    LogLine,
    ProducerView,
    QueueView,
    Series,
    Slot,
    Waiting,
)
from playground.session.story import Ending, MessageLine, Story, StoryEvent, StoryLane

NOW_US = 12_480_000
MS = 1_000
LEASE_US = 5_000_000
LAYOUT = {
    "shop": (24.0, 186.0),
    "orders": (268.0, 146.0),
    "metrics": (648.0, 32.0),
    "billing": (648.0, 176.0),
    "payouts": (648.0, 320.0),
}


def scenario() -> Scenario:
    """The document behind the frame."""
    return Scenario(
        name="Three side by side",
        story="One storm, three results.",
        learn="Where the ack stands decides what a crash costs.",
        watch="One storm, three results. Only the place of the ack differs.",
        try_="Crash billing before it acks.",
        seed=42,
        nodes={
            "shop": ProducerParameters(rate_per_s=4.0),
            "orders": QueueParameters(),
            "metrics": ConsumerParameters(guarantee="at-most-once"),
            "billing": ConsumerParameters(idempotency="effect-first", prefetch=4),
            "payouts": ConsumerParameters(guarantee="exactly-once", prefetch=4),
        },
        links=(
            Link(source="shop", target="orders"),
            *(
                Link(source="orders", target=name, parameters=LinkParameters(storm="weather"))
                for name in ("metrics", "billing", "payouts")
            ),
        ),
        layout=dict(LAYOUT),
    )


def producer(**changes: object) -> ProducerView:
    """``shop``: 50 produced, one message waiting for its confirm."""
    view = ProducerView(
        id="shop",
        is_up=True,
        is_paused=False,
        paused_us=0,
        restarts_us=None,
        crashed_us=0,
        produced=50,
        buffered=0,
        rate_per_s=4.0,
        publish="confirmed",
        window=1,
        waiting=(Waiting(50, "retry", NOW_US - 100 * MS, NOW_US + 400 * MS),),
        waiting_total=1,
        gave_up=(),
        armed=(),
        is_connected=True,
    )
    return view._replace(**changes)


def _lane(group: str, slots: tuple[tuple[int, str, int, float], ...]) -> Lane:
    made = tuple(
        Slot(
            message=number - 1,
            number=number,
            state=state,
            deliveries=count,
            since_us=NOW_US - int(LEASE_US * (1 - left)),
            until_us=NOW_US + int(LEASE_US * left) if state == "leased" else None,
        )
        for number, state, count, left in slots
    )
    ready = sum(1 for slot in made if slot.state == "ready")
    return Lane(group, (group,), made, 0, ready, len(made) - ready)


def queue(**changes: object) -> QueueView:
    """``orders``: a lane for each of the three groups."""
    ready = "ready"
    leased = "leased"
    lanes = (
        _lane("metrics", tuple((n, ready, 0, 0.0) for n in (46, 47, 48, 49))),
        _lane(
            "billing",
            (
                (45, leased, 1, 0.3),
                (46, leased, 2, 0.6),
                (47, leased, 1, 0.9),
                (48, ready, 0, 0.0),
                (49, ready, 0, 0.0),
            ),
        ),
        _lane(
            "payouts",
            (
                (43, leased, 2, 0.5),
                (46, leased, 1, 0.4),
                (47, leased, 1, 0.9),
                (48, ready, 0, 0.0),
                (49, ready, 0, 0.0),
            ),
        ),
    )
    view = QueueView(
        id="orders",
        is_up=True,
        is_paused=False,
        paused_us=0,
        restarts_us=None,
        crashed_us=0,
        crash_took=0,
        durability="sync",
        lease_us=LEASE_US,
        held=8,
        capacity=None,
        dead_from=(),
        lanes=lanes,
        armed=(),
        is_connected=True,
    )
    return view._replace(**changes)


def consumer(**changes: object) -> ConsumerView:
    """``billing``: effect-first at work on 47, armed to crash before its mark."""
    view = ConsumerView(
        id="billing",
        group="billing",
        is_up=True,
        is_paused=False,
        paused_us=0,
        restarts_us=None,
        crashed_us=0,
        took=(),
        guarantee="at-least-once",
        how="ack-after",
        idempotency="effect-first",
        effect="add",
        stages=("receive", "dedup", "effect", "mark", "ack"),
        atomic=None,
        gates=("received", "after-dedup", "before-mark", "after-mark"),
        message=46,
        number=47,
        stage=2,
        work_from_us=NOW_US - 63 * MS,
        work_until_us=NOW_US + 37 * MS,
        work_done=0.63,
        suppressed=None,
        suppressed_us=0,
        held=2,
        unacked=2,
        prefetch=4,
        lease_until_us=NOW_US + 4_500 * MS,
        failed=None,
        armed=("before-mark",),
        armed_failure=False,
        warnings=("The intent dies with the producer: it has no outbox.",),
        cut=False,
        is_connected=True,
    )
    return view._replace(**changes)


def _metrics() -> ConsumerView:
    return consumer(
        id="metrics",
        group="metrics",
        is_up=False,
        restarts_us=NOW_US + 1_400 * MS,
        crashed_us=NOW_US - 600 * MS,
        took=(45,),
        guarantee="at-most-once",
        how="auto-ack",
        idempotency="none",
        stages=("ack", "receive", "effect"),
        gates=("received", "before-effect"),
        message=None,
        number=None,
        stage=-1,
        work_done=0.0,
        held=0,
        unacked=0,
        prefetch=1,
        lease_until_us=None,
        armed=(),
        warnings=(),
    )


def _payouts() -> ConsumerView:
    return consumer(
        id="payouts",
        group="payouts",
        guarantee="exactly-once",
        how="inbox",
        idempotency="inbox",
        atomic=(1, 3),
        gates=("received", "", "", "before-ack"),
        message=42,
        number=43,
        stage=1,
        work_done=0.0,
        suppressed=43,
        suppressed_us=NOW_US - 50 * MS,
        armed=(),
        warnings=(),
    )


def _links() -> tuple[LinkView, ...]:
    def link(source: str, target: str) -> LinkView:
        return LinkView(
            source=source,
            target=target,
            latency_us=200 * MS,
            distribution="fixed",
            loss_request=0.0,
            loss_reply=0.0,
            duplicate=0.0,
            reorder=0.0,
            transport="datagram",
            cut_request=False,
            cut_reply=False,
            cut_us=0,
            heals_us=None,
            armed=(),
        )

    return (
        link("shop", "orders"),
        link("orders", "metrics"),
        link("orders", "billing"),
        link("orders", "payouts"),
    )


def _flights() -> FlightTable:
    rows = (  # link, is reply, packet, number, copies, part of the way
        (0, False, "SEND", 50, 1, 0.55),
        (0, True, "CONFIRM", 49, 1, 0.55),
        (2, False, "DELIVER", 46, 2, 0.6),
        (3, False, "DELIVER", 47, 1, 0.35),
        (3, True, "ACK", 46, 1, 0.45),
    )
    way = 200 * MS
    return FlightTable(
        flight=np.arange(1, len(rows) + 1, dtype=np.int64),
        link=np.array([row[0] for row in rows], dtype=np.int32),
        is_reply=np.array([row[1] for row in rows], dtype=np.bool_),
        packet=np.array([PACKETS.index(row[2]) for row in rows], dtype=np.int8),
        message=np.array([row[3] - 1 for row in rows], dtype=np.int64),
        number=np.array([row[3] for row in rows], dtype=np.int64),
        copies=np.array([row[4] for row in rows], dtype=np.int32),
        sent_us=np.array([NOW_US - int(way * row[5]) for row in rows], dtype=np.int64),
        ends_us=np.array([NOW_US + int(way * (1 - row[5])) for row in rows], dtype=np.int64),
        travel=np.ones(len(rows), dtype=np.float64),
    )


def group(name: str, guarantee: str, **counts: int) -> GroupRow:
    """A row of the scoreboard; what is not given is zero."""
    row = GroupRow(name, "orders", (name,), guarantee, *([0] * (len(GroupRow._fields) - 4)))
    return row._replace(**counts)


def groups() -> tuple[GroupRow, ...]:
    """The three rows of the reference picture."""
    return (
        group(
            "metrics",
            "at-most-once",
            produced=50,
            applied_once=41,
            in_flight=5,
            lost=4,
            deliveries=42,
            should_be=4_500,
            really_is=4_100,
            money_lost=400,
        ),
        group(
            "billing",
            "at-least-once",
            produced=50,
            applied_once=43,
            applied_many=3,
            in_flight=4,
            deliveries=55,
            duplicate_deliveries=8,
            duplicate_effects=3,
            suppressed=5,
            should_be=4_600,
            really_is=4_900,
            money_twice=300,
        ),
        group(
            "payouts",
            "exactly-once",
            produced=50,
            applied_once=46,
            in_flight=4,
            deliveries=53,
            duplicate_deliveries=7,
            suppressed=7,
            should_be=4_600,
            really_is=4_600,
        ),
    )


def _steps(name: str, guarantee: str, at_s: tuple[float, ...]) -> Series:
    x = np.array([0.0, *at_s, NOW_US / 1e6])
    y = np.array([0.0, *range(1, len(at_s) + 1), len(at_s)], dtype=np.float64)
    return Series(name, guarantee, x, y)


def charts() -> tuple[Chart, ...]:
    """Loss and repetition as in the reference picture; depth and throughput made up."""
    x = np.linspace(0.0, NOW_US / 1e6, 120)
    wave = 4 + 3 * np.sin(x)
    return (
        Chart(
            "lost",
            (
                _steps("metrics", "at-most-once", (2.9, 7.2, 10.7, 11.9)),
                _steps("billing", "at-least-once", ()),
                _steps("payouts", "exactly-once", ()),
            ),
        ),
        Chart(
            "applied_again",
            (
                _steps("metrics", "at-most-once", ()),
                _steps("billing", "at-least-once", (6.1, 9.4, 11.2)),
                _steps("payouts", "exactly-once", ()),
            ),
        ),
        Chart("depth", (Series("orders", "", x, np.round(wave)),)),
        Chart(
            "throughput",
            (
                Series("metrics", "at-most-once", x, wave * 0.6),
                Series("billing", "at-least-once", x, wave * 0.8),
                Series("payouts", "exactly-once", x, wave * 0.9),
            ),
        ),
    )


def marks() -> tuple[FaultMark, ...]:
    """Three drops, two crashes, one cut."""
    return (
        FaultMark(2_900_000, 2_900_000, "drop", "metrics"),
        FaultMark(4_000_000, 6_000_000, "crash", "billing"),
        FaultMark(7_200_000, 7_200_000, "drop", "metrics"),
        FaultMark(8_200_000, 9_200_000, "cut", "orders>billing"),
        FaultMark(10_700_000, 10_700_000, "drop", "metrics"),
        FaultMark(11_900_000, 13_900_000, "crash", "metrics"),
    )


def deaths() -> tuple[Death, ...]:
    """Three messages lost on one link and a dropped ack."""
    lost = tuple(
        Death(
            NOW_US - back * MS,
            "message",
            "orders>metrics",
            0.42,
            False,
            "DELIVER",
            number - 1,
            number,
            "metrics",
            f"{number}: dropped; auto-ack had forgotten it.",
        )
        for number, back in ((12, 9_580), (29, 5_280), (43, 1_780))
    )
    ack = Death(
        NOW_US - 120 * MS,
        "packet",
        "billing>orders",
        0.5,
        True,
        "ACK",
        44,
        45,
        "",
        "ack 45 dropped",
    )
    return (*lost, ack)


def log_lines() -> tuple[LogLine, ...]:
    """A fault, a loss and a repetition."""
    return (
        LogLine(811, 11_200_000, "duplicate", "billing", 30, "31 was applied twice in billing."),
        LogLine(902, 11_900_000, "fault", "metrics", -1, "metrics crashed; it held 45."),
        LogLine(903, 11_900_000, "loss", "metrics", 44, "45 was lost: metrics crashed holding it."),
    )


def lines() -> tuple[MessageLine, ...]:
    """Two messages behind a number."""
    return (
        MessageLine(42, 43, "shop#43", 10_600_000, "lost", "lost for metrics at 10.7 s: dropped"),
        MessageLine(28, 29, "shop#29", 7_100_000, "lost", "lost for metrics at 7.2 s: dropped"),
    )


def story() -> Story:
    """43: its delivery to metrics was dropped, billing applied it twice."""

    def packet(seq: int, at: int, a: str, b: str, text: str, ends: int, fate: str) -> StoryEvent:
        group = next((name for name in (a, b) if name in ("metrics", "billing")), "")
        part = 0.5 if fate == "dropped" else 1.0
        return StoryEvent(seq, at * MS, "packet", a, group, text, b, ends * MS, fate, part)

    def step(seq: int, at: int, kind: str, lane: str, text: str, group: str = "") -> StoryEvent:
        group = group or (lane if lane in ("metrics", "billing") else "")
        return StoryEvent(seq, at * MS, kind, lane, group, text, ends_us=at * MS)

    return Story(
        42,
        43,
        "shop#43",
        10_600 * MS,
        (
            StoryLane("shop", "producer", "", ""),
            StoryLane("orders", "queue", "", ""),
            StoryLane("metrics", "consumer", "metrics", "at-most-once"),
            StoryLane("billing", "consumer", "billing", "at-least-once"),
        ),
        (
            step(1, 10_600, "step", "shop", "produced"),
            packet(2, 10_600, "shop", "orders", "SEND", 10_620, "arrives"),
            step(3, 10_620, "step", "orders", "kept"),
            packet(4, 10_620, "orders", "metrics", "DELIVER", 10_700, "dropped"),
            step(5, 10_620, "step", "orders", "forgotten", "metrics"),
            packet(6, 10_620, "orders", "billing", "DELIVER", 10_820, "arrives"),
            step(7, 10_700, "lost", "orders", "dropped", "metrics"),
            step(8, 10_820, "begun", "billing", ""),
            step(9, 10_920, "applied", "billing", "applied"),
            step(10, 10_920, "crash", "billing", "crash"),
            step(11, 12_920, "restart", "billing", "restart"),
            packet(12, 12_940, "orders", "billing", "DELIVER ×2", 13_140, "arrives"),
            step(13, 13_140, "begun", "billing", ""),
            step(14, 13_240, "again", "billing", "applied ×2"),
        ),
        (
            Ending("metrics", "at-most-once", "lost", "shop#43 was lost for metrics at 10.7 s."),
            Ending("billing", "at-least-once", "twice", "shop#43 was applied twice by billing."),
        ),
        "",
    )


def frame(**changes: object) -> Frame:
    """The reference moment."""
    made = Frame(
        now_us=NOW_US,
        is_running=True,
        speed=0.1,
        behind_s=0.2,
        seed=42,
        name="Three side by side",
        nodes=(producer(), queue(), _metrics(), consumer(), _payouts()),
        links=_links(),
        flights=_flights(),
        groups=groups(),
        deaths=deaths(),
        log=log_lines(),
        charts=charts(),
        marks=marks(),
        notice="",
    )
    return made._replace(**changes)
