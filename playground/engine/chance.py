"""Who decides what is left to chance, and how can it be the same every time?

All nondeterminism is asked here. ``KeyedChance`` answers by hashing a key that names the thing
itself (seed, storm, direction, kind, message, ordinal), never by drawing from a shared stream: a
new node or a new fault reshuffles nothing, and whatever shares a storm's name meets one storm.
Another answerer, an enumerating one say, only has to have the same three methods.
"""

from hashlib import blake2b
from math import exp, log, log1p
from statistics import NormalDist
from struct import Struct
from typing import NamedTuple, Protocol

from playground.engine.parameters import LinkParameters, Spread

_WORDS = Struct(">8Q").unpack
_LOSS_AND_LATENCY = Struct(">Q16xQ32x").unpack  # words 0 and 3: enough for most packets
_tuple = tuple.__new__
_TO_UNIT = 2.0**-53
_inverse_normal = NormalDist().inv_cdf


class Fate(NamedTuple):
    """What will become of a packet, decided when it leaves."""

    is_lost: bool
    latency_us: int  # until it arrives, or until it dies
    travel: float  # the part of the way it covers: 1, or where it dies
    copy_us: int  # latency of a network copy, -1 for none


class Chance(Protocol):
    """The one seam for chance."""

    def fate(
        self,
        parameters: LinkParameters,
        storm: str,
        is_reply: bool,
        packet: str,
        name: str,
        ordinal: int,
    ) -> Fate:
        """The fate of the ``ordinal``-th packet of this kind for the message called ``name``."""

    def duration_us(self, spread: Spread, storm: str, purpose: str, name: str, ordinal: int) -> int:
        """How long something takes."""

    def strikes(self, chance: float, storm: str, purpose: str, name: str, ordinal: int) -> bool:
        """Whether something with this chance happens."""


def _unit(word: int) -> float:
    """64 random bits as a number strictly between 0 and 1."""
    return ((word >> 11) + 0.5) * _TO_UNIT


def spread_us(spread: Spread, unit: float) -> int:
    """The inverse transform of one uniform number, rounded to whole microseconds."""
    mean = spread.mean_us
    if spread.distribution == "fixed" or mean == 0:
        return mean
    if spread.distribution == "exponential":
        return round(-mean * log1p(-unit))
    if spread.distribution == "uniform":
        return round(2 * mean * unit)
    sigma = spread.sigma
    return round(exp(log(mean) - sigma * sigma / 2 + sigma * _inverse_normal(unit)))


class KeyedChance:
    """Chance from a seed: the same key, the same draw, in any process and in any order."""

    __slots__ = ("_prefixes", "seed")

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._prefixes: dict[tuple[str, bool, str], str] = {}

    def fate(
        self,
        parameters: LinkParameters,
        storm: str,
        is_reply: bool,
        packet: str,
        name: str,
        ordinal: int,
    ) -> Fate:
        """One hash a packet yields all its draws: loss, duplicate, reorder, latency, the rest."""
        prefix = self._prefixes.get((storm, is_reply, packet))
        if prefix is None:
            way = "reply" if is_reply else "request"
            prefix = f"{self.seed}|{storm}|{way}|{packet}|"
            self._prefixes[storm, is_reply, packet] = prefix
        digest = blake2b(f"{prefix}{name}|{ordinal}".encode()).digest()
        for_loss, for_latency = _LOSS_AND_LATENCY(digest)
        latency = parameters.latency
        if latency.distribution == "exponential":
            unit = ((for_latency >> 11) + 0.5) * _TO_UNIT
            latency_us = round(-latency.mean_us * log1p(-unit))
        else:
            latency_us = spread_us(latency, _unit(for_latency))
        loss = parameters.loss
        chance = loss.reply if is_reply else loss.request
        copy_us = -1
        if chance > 0.0 and ((for_loss >> 11) + 0.5) * _TO_UNIT < chance:
            travel = 0.2 + 0.6 * _unit(_WORDS(digest)[4])
            return Fate(True, int(latency_us * travel), travel, -1)
        if parameters.reorder > 0.0 or parameters.duplicate > 0.0:
            words = _WORDS(digest)
            if parameters.reorder > 0.0 and _unit(words[2]) < parameters.reorder:
                latency_us += sum(spread_us(latency, _unit(word)) for word in words[5:8])
            if parameters.duplicate > 0.0 and _unit(words[1]) < parameters.duplicate:
                copy_us = spread_us(latency, _unit(words[4]))
        return _tuple(Fate, (False, latency_us, 1.0, copy_us))

    def duration_us(self, spread: Spread, storm: str, purpose: str, name: str, ordinal: int) -> int:
        """A duration of this spread; a fixed one asks no hash."""
        if spread.distribution == "fixed":
            return spread.mean_us
        return spread_us(spread, self._draw(storm, purpose, name, ordinal))

    def strikes(self, chance: float, storm: str, purpose: str, name: str, ordinal: int) -> bool:
        """True with the given chance; 0 and 1 ask no hash."""
        if chance <= 0.0:
            return False
        return chance >= 1.0 or self._draw(storm, purpose, name, ordinal) < chance

    def _draw(self, storm: str, purpose: str, name: str, ordinal: int) -> float:
        key = f"{self.seed}|{storm}|{purpose}|{name}|{ordinal}".encode()
        return _unit(int.from_bytes(blake2b(key, digest_size=8).digest(), "big"))
