"""The tiny world with a coordinator: shop → orders → billing, and judge between the two.

All links take 10 ms. By transaction message 1 is worked on until 220, its transaction is known at
250, pending at 270, decided at 290 and applied at 300. In two phases it is asked for at 230,
prepared at 240, decided at 250 and applied at 260.
"""

from dataclasses import replace
from typing import Any

from playground.engine import parameters as p
from playground.engine.commands import Command
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase

from .tiny import LINK, Tiny, billing, orders, shop

DATABASE = "billing database"


def by_transaction(**changes: Any) -> p.ConsumerParameters:
    """A consumer that commits by fenced transactions."""
    values = {"guarantee": "exactly-once", "how": "transaction", "fencing": True}
    return billing(**{**values, **changes})


def in_two_phases(**changes: Any) -> p.ConsumerParameters:
    """A consumer that commits in two phases."""
    return billing(**{"guarantee": "exactly-once", "how": "two-phase", **changes})


class Judged(Tiny):
    """A running world with a coordinator."""

    def __init__(
        self,
        consumer: p.ConsumerParameters,
        *script: tuple[float, Command],
        producer: p.ProducerParameters | None = None,
        queue: p.QueueParameters | None = None,
        consumers: dict[str, p.ConsumerParameters] | None = None,
        to_queue: p.LinkParameters = LINK,
        **coordinator: Any,
    ) -> None:
        workers = consumers or {"billing": consumer}
        super().__init__(
            producer or shop(),
            queue or orders(),
            consumers=workers,
            nodes={"judge": replace(p.CoordinatorParameters(), **coordinator)},
            links=[("judge", "orders", to_queue), *((name, "judge", LINK) for name in workers)],
            script=script,
        )

    @property
    def judge(self) -> Coordinator:
        """The coordinator."""
        node = self.world.nodes["judge"]
        assert isinstance(node, Coordinator)
        return node

    @property
    def database(self) -> GroupDatabase:
        """Billing's database."""
        node = self.world.nodes[DATABASE]
        assert isinstance(node, GroupDatabase)
        return node

    def buckets(self) -> dict[str, int]:
        """Where billing's messages are, without the empty buckets."""
        book = self.book()
        names = ("applied_once", "applied_many", "in_doubt", "dead_lettered", "in_flight", "lost")
        return {name: getattr(book, name) for name in names if getattr(book, name)}
