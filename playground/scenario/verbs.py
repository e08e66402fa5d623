"""Which wishes can stand in a script, and with which keys is each one written?

The keys of a verb are the fields of its command: ``for_us`` is ``for``, ``source`` is ``from``.
Their order here is the order in which the schema names them.
"""

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Annotated, Any, get_type_hints

from annotated_types import MaxLen

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    ArmPause,
    Burst,
    Command,
    CrashNode,
    CutLink,
    DeadLetterEntry,
    Disarm,
    ExpireEntry,
    FailNext,
    ForgetDedup,
    HealLink,
    PauseNode,
    RestartNode,
    ResumeNode,
    SetLink,
    SetNode,
    StrikePacket,
)
from playground.engine.commit_parameters import database_name
from playground.engine.units import Count, Duration
from playground.scenario.forms import LONGEST_MESSAGE, LONGEST_NAME, Parameter, parameter_of

SET = "set"
"""The one verb whose keys are those of the node or link that it changes."""

_KEYS = {"source": "from", "target": "to"}
_LONGEST_DATABASE = len(database_name("", ())) + LONGEST_NAME


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of the script, its command, what the word fixes of it, and whom it can be done to."""

    word: str
    command: type[Command]
    fixed: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ("producer", "queue", "consumer", "coordinator", "database")

    @property
    def help(self) -> str:
        """What it does, in a sentence."""
        return (self.command.__doc__ or "").strip().splitlines()[0]


VERBS: tuple[Verb, ...] = (
    Verb("crash", CrashNode),
    Verb("restart", RestartNode),
    Verb("pause", PauseNode),
    Verb("resume", ResumeNode),
    Verb("arm-crash", ArmCrash),
    Verb("arm-pause", ArmPause, kinds=("consumer",)),
    Verb("disarm", Disarm),
    Verb("drop-next", ArmPacketFault, (("fault", "drop"),)),
    Verb("duplicate-next", ArmPacketFault, (("fault", "duplicate"),)),
    Verb("delay-next", ArmPacketFault, (("fault", "delay"),)),
    Verb("drop", StrikePacket, (("fault", "drop"),)),
    Verb("duplicate", StrikePacket, (("fault", "duplicate"),)),
    Verb("delay", StrikePacket, (("fault", "delay"),)),
    Verb("cut", CutLink),
    Verb("heal", HealLink),
    Verb("expire", ExpireEntry, kinds=("queue",)),
    Verb("dead-letter", DeadLetterEntry, kinds=("queue",)),
    Verb("forget-dedup", ForgetDedup, kinds=("queue", "consumer")),
    Verb("fail-next", FailNext, kinds=("consumer",)),
    Verb("burst", Burst, kinds=("producer",)),
    Verb(SET, SetNode),
    Verb(SET, SetLink),
)

VERB_NAMED: dict[str, Verb] = {verb.word: verb for verb in VERBS}


@cache
def parameters_of_verb(verb: Verb) -> tuple[Parameter, ...]:
    """The keys of a verb besides ``at`` and ``do``; those of ``set`` are only its target's."""
    hints = get_type_hints(verb.command, include_extras=True)
    found = []
    for each in fields(verb.command):
        if each.name in dict(verb.fixed) or each.name == "changes":
            continue
        parameter = parameter_of(each.name, _hint(each.name, hints[each.name]), each)
        found.append(replace(parameter, key=_KEYS.get(each.name, parameter.key)))
    return tuple(found)


def verb_of(command: Command) -> Verb:
    """The word for a command."""
    for verb in VERBS:
        if type(command) is verb.command and all(
            getattr(command, name) == value for name, value in verb.fixed
        ):
            return verb
    raise ValueError(f"a script has no verb for {type(command).__name__}")


def _hint(name: str, hint: Any) -> Any:
    """Commands are plain values; in a file their times are durations, their numbers counts."""
    if name.endswith("_us"):
        return Duration | None
    if name == "message":
        return Annotated[hint, MaxLen(LONGEST_MESSAGE)]
    if name in ("node", "source", "target"):
        return Annotated[hint, MaxLen(_LONGEST_DATABASE)]
    return Count if hint is int else hint
