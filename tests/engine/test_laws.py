"""Do the laws hold in every world, whatever is clicked, after every record and every step?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine.build import new_simulator
from playground.engine.commands import Settle
from playground.engine.parameters import TRANSACTIONS, Retry, Spread
from playground.engine.simulator import Simulator
from playground.engine.world import World

from .clicks import FAULTS, WISHES, Wishes, wish_of
from .watch import Watch
from .worlds import LONG, MS, Only, Plan, plans

MOST_STEPS = 250
MOST_STEPS_TO_SETTLE = 400


def run(plan: Plan, wishes: Wishes = WISHES) -> Simulator:
    """Play it under watch: its script, its clicks between the steps, then settle."""
    bare = new_simulator(plan.nodes, plan.links, plan.seed).world
    script = tuple((at_us, wish_of(bare, click, plan, wishes)) for at_us, click in plan.script)
    simulator = new_simulator(plan.nodes, plan.links, plan.seed, script)
    watch = Watch(simulator)
    watch.look()
    clicks = list(plan.clicks)
    wait = clicks[0][0] if clicks else -1
    for _ in range(MOST_STEPS):
        while clicks and wait <= 0:
            simulator.apply(wish_of(simulator.world, clicks.pop(0)[1], plan, wishes))
            watch.look()
            wait = clicks[0][0] if clicks else -1
        wait -= 1
        if simulator.next_us() is not None:
            watch.step()
        elif not clicks:
            break
    simulator.apply(Settle())
    watch.look()
    for _ in range(MOST_STEPS_TO_SETTLE):
        if simulator.next_us() is None:
            break
        watch.step()
    assert not simulator.world.stopped
    return simulator


@settings(max_examples=200)
@given(plans())
def test_every_law_holds_after_every_step_whatever_is_clicked(plan: Plan) -> None:
    run(plan)


@pytest.mark.long
@settings(max_examples=10_000, derandomize=False)
@given(plans())
def test_every_law_holds_in_ten_thousand_worlds(plan: Plan) -> None:
    run(plan)


AT_MOST_ONCE = Only(
    producer={"publish": ("fire-and-forget",)},
    consumer={"guarantee": ("at-most-once",), "how": ("auto-ack",)},
    link={"transport": ("stream",)},
)


@settings(max_examples=60)
@given(plans(AT_MOST_ONCE))
def test_auto_ack_on_streams_with_fire_and_forget_never_applies_twice(plan: Plan) -> None:
    for book in run(plan, FAULTS).world.ledger.groups.values():
        # The counters only rise, so what holds at the end held always.
        assert book.applied_many == book.duplicate_effects == book.reexecuted == 0


STUBBORN = tuple(Retry(timeout_us=each, backoff_us=20 * MS) for each in LONG)
SAFE_PRODUCER = {"publish": ("confirmed",), "outbox": (True,), "retry": STUBBORN}
SAFE_QUEUE = {
    "durability": ("sync",),
    "capacity": (None,),
    "retention_us": (None,),
    "max_deliveries": (None,),
    "lease_us": LONG,
}
AT_LEAST_ONCE = Only(
    producer=SAFE_PRODUCER,
    queue=SAFE_QUEUE,
    consumer={
        "guarantee": ("at-least-once",),
        "how": ("ack-after", "double-ack"),
        "idempotency": ("none", "natural", "memory", "effect-first", "inbox"),
    },
)


@settings(max_examples=60)
@given(plans(AT_LEAST_ONCE))
def test_at_least_once_with_all_its_preconditions_loses_nothing(plan: Plan) -> None:
    for book in run(plan, FAULTS).world.ledger.groups.values():
        assert book.lost == 0


EXACTLY_ONCE = Only(
    producer={**SAFE_PRODUCER, "identity": ("message-id",)},
    # A lease shorter than the way there and back never ends: renewing it would come too late.
    queue={**SAFE_QUEUE, "deduplicate": ("none", "message-id"), "lease_us": (300 * MS, 1_000 * MS)},
    consumer={
        "guarantee": ("exactly-once",),
        "how": ("inbox",),
        "effect": ("add", "set"),
        "dedup_window_us": (None,),
        "poison": ((),),
        # A fenced copy is not acked: with leases shorter than the work that has no end.
        "fencing": (False,),
        "renew_lease_us": (50 * MS,),
    },
)


@settings(max_examples=60)
@given(plans(EXACTLY_ONCE))
def test_exactly_once_by_inbox_applies_everything_exactly_once(plan: Plan) -> None:
    simulator = run(plan, FAULTS)
    world = simulator.world
    for book in world.ledger.groups.values():
        assert book.duplicate_effects == book.reexecuted == book.lost == 0
    for _ in range(20_000):
        if simulator.next_us() is None or not any(
            book.in_flight for book in world.ledger.groups.values()
        ):
            break
        simulator.step()
    for book in world.ledger.groups.values():
        assert book.applied_once == book.produced


def committed(how: str) -> Only:
    """Everything that an exactly-once group with a coordinator relies on."""
    return Only(
        producer={**SAFE_PRODUCER, "identity": ("message-id",)},
        queue={
            **SAFE_QUEUE,
            "ack_durability": ("sync",),
            "deduplicate": ("message-id",),
            "dedup_window_us": (3_600_000_000,),
            "heuristic_us": (None,),
            # A lease that ends before the work aborts every attempt.
            "lease_us": (1_000 * MS,),
        },
        consumer={
            "guarantee": ("exactly-once",),
            "how": (how,),
            "fencing": (True,),
            "poison": ((),),
            "work": (Spread(mean_us=20 * MS),),
            "renew_lease_us": (50 * MS,),
        },
        coordinator={"log": ("sync",), "timeout_us": (1_000 * MS,)},
    )


@settings(max_examples=60)
@given(st.data())
@pytest.mark.parametrize("how", TRANSACTIONS)
def test_what_a_coordinator_commits_is_applied_exactly_once(how: str, data: st.DataObject) -> None:
    simulator = run(data.draw(plans(committed(how))), FAULTS)
    world = simulator.world
    for book in world.ledger.groups.values():
        assert book.duplicate_effects == book.reexecuted == book.lost == 0
    for _ in range(20_000):
        if simulator.next_us() is None or not unfinished(world):
            break
        simulator.step()
    assert not unfinished(world)
    for book in world.ledger.groups.values():
        assert book.applied_once == book.produced


def unfinished(world: World) -> bool:
    """Whether a message is on its way, or a branch without its verdict."""
    return any(book.in_flight or book.in_doubt for book in world.ledger.groups.values()) or any(
        getattr(node, "branches", None) for node in world.nodes.values()
    )
