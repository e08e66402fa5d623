"""What can be set on those who commit together: coordinators, and the databases they reach?"""

from collections.abc import Container
from dataclasses import dataclass
from typing import Annotated, Literal

from playground.engine.units import Duration, Help


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorParameters:
    """It decides whether a transaction commits, and tells everybody who takes part in it."""

    log: Annotated[
        Literal["sync", "memory"],
        Help("sync: what it has decided survives its crash; memory: nothing does."),
    ] = "sync"
    timeout_us: Annotated[
        Duration, Help("A transaction that is still open after this is aborted.")
    ] = 10_000_000
    resend_us: Annotated[
        Duration, Help("What was not answered after this is sent, or asked, again.")
    ] = 500_000
    restart_after_us: Annotated[Duration, Help("How long a crash lasts.")] = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantParameters:
    """A group's database in two-phase commit; no node of a file, so nothing of it is set there."""

    restart_after_us: Duration = 2_000_000


OF_GROUP = " database"
"""What stands behind a group's name in the name of its database."""


def database_name(group: str, taken: Container[str]) -> str:
    """What the database of this group is called, where its nodes have taken these names."""
    name = group + OF_GROUP
    while name in taken:
        name += "'"
    return name
