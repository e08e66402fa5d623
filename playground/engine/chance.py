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
from typing import Any, NamedTuple, Protocol

from playground.engine.parameters import LinkParameters, Spread

_WORDS = Struct(">8Q").unpack
_LOSS_AND_LATENCY = Struct(">Q16xQ32x").unpack  # words 0 and 3: enough for most packets
_WORD = Struct(">Q").unpack
_TO_UNIT = 2.0**-53
_inverse_normal = NormalDist().inv_cdf


class Fate(NamedTuple):
    """What will become of a packet, decided when it leaves."""

    is_lost: bool
    latency_us: int  # until it arrives, or until it dies
    travel: float  # the part of the way it covers: 1, or where it dies
    copy_us: int  # latency of a network copy, -1 for none


Drawn = tuple[bool, int, float, int]
"""The same as a bare tuple: one is made for every packet."""


class Odds(Protocol):
    """Answers for one kind of packet on one link."""

    def draw(self, name: str, ordinal: int) -> Drawn:
        """What becomes of the ``ordinal``-th such packet for the message called ``name``."""


class Chance(Protocol):
    """The one seam for chance."""

    def odds(self, weather: LinkParameters, storm: str, is_reply: bool, packet: str) -> Odds:
        """Who answers for this kind of packet; asked again whenever the weather changes."""

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


class KeyedOdds:
    """The draws of one kind of packet on one link; the part of the key that they share is hashed.

    ``draw`` runs once a packet, so whatever is the same for all of them is worked out here.
    """

    __slots__ = (
        "_base",
        "_is_plain",
        "_latency",
        "_mean_us",
        "_needs_words",
        "_too_low",
        "_weather",
    )

    def __init__(self, base: str, weather: LinkParameters, is_reply: bool) -> None:
        self._base = blake2b(base.encode())
        self._weather = weather
        self._latency = latency = weather.latency
        self._mean_us = latency.mean_us
        self._is_plain = latency.distribution == "exponential"
        chance = weather.loss.reply if is_reply else weather.loss.request
        # A unit number below the chance is a word below this one.
        self._too_low = round(chance * 2.0**53) << 11
        self._needs_words = weather.reorder > 0.0 or weather.duplicate > 0.0

    def draw(self, name: str, ordinal: int) -> Drawn:
        """One hash a packet yields all its draws: loss, duplicate, reorder, latency, the rest."""
        keyed = self._base.copy()
        keyed.update(f"{name}|{ordinal}".encode())
        digest = keyed.digest()
        for_loss, for_latency = _LOSS_AND_LATENCY(digest)
        if self._is_plain:
            unit = ((for_latency >> 11) + 0.5) * _TO_UNIT
            latency_us = round(-self._mean_us * log1p(-unit))
        else:
            latency_us = spread_us(self._latency, _unit(for_latency))
        if for_loss < self._too_low:
            travel = 0.2 + 0.6 * _unit(_WORDS(digest)[4])
            return True, int(latency_us * travel), travel, -1
        if self._needs_words:
            return self._with_events(_WORDS(digest), latency_us)
        return False, latency_us, 1.0, -1

    def _with_events(self, words: tuple[int, ...], latency_us: int) -> Drawn:
        """Held back, or doubled, or both."""
        weather, copy_us = self._weather, -1
        if weather.reorder > 0.0 and _unit(words[2]) < weather.reorder:
            latency_us += sum(spread_us(self._latency, _unit(word)) for word in words[5:8])
        if weather.duplicate > 0.0 and _unit(words[1]) < weather.duplicate:
            copy_us = spread_us(self._latency, _unit(words[4]))
        return False, latency_us, 1.0, copy_us


class KeyedChance:
    """Chance from a seed: the same key, the same draw, in any process and in any order."""

    __slots__ = ("_bases", "seed")

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._bases: dict[tuple[str, str], Any] = {}  # storm and purpose -> what is hashed of it

    def odds(self, weather: LinkParameters, storm: str, is_reply: bool, packet: str) -> KeyedOdds:
        """Who answers for this kind of packet."""
        way = "reply" if is_reply else "request"
        return KeyedOdds(f"{self.seed}|{storm}|{way}|{packet}|", weather, is_reply)

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
        return Fate(*self.odds(parameters, storm, is_reply, packet).draw(name, ordinal))

    def duration_us(self, spread: Spread, storm: str, purpose: str, name: str, ordinal: int) -> int:
        """A duration of this spread; a fixed one asks no hash."""
        if spread.distribution == "fixed":
            return spread.mean_us
        if spread.distribution == "exponential":
            return round(-spread.mean_us * log1p(-self._draw(storm, purpose, name, ordinal)))
        return spread_us(spread, self._draw(storm, purpose, name, ordinal))

    def strikes(self, chance: float, storm: str, purpose: str, name: str, ordinal: int) -> bool:
        """True with the given chance; 0 and 1 ask no hash."""
        if chance <= 0.0:
            return False
        return chance >= 1.0 or self._draw(storm, purpose, name, ordinal) < chance

    def _draw(self, storm: str, purpose: str, name: str, ordinal: int) -> float:
        base = self._bases.get((storm, purpose))
        if base is None:
            base = blake2b(f"{self.seed}|{storm}|{purpose}|".encode(), digest_size=8)
            self._bases[storm, purpose] = base
        keyed = base.copy()
        keyed.update(f"{name}|{ordinal}".encode())
        word: int = _WORD(keyed.digest())[0]
        return ((word >> 11) + 0.5) * _TO_UNIT
