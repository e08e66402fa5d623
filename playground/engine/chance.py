"""Who decides what is left to chance, and how can it be the same every time?

All nondeterminism is asked here. ``KeyedChance`` answers by hashing a key that names the thing
itself (seed, storm, direction, kind, message, ordinal), never by drawing from a shared stream: a
new node or a new fault reshuffles nothing, and whatever shares a storm's name meets one storm.
Another answerer, an enumerating one say, only has to have the same three methods.

Most of what is asked is asked once for each message, in the order of their numbers. Those draws
stand on *pages*: one hash yields the words of ``PAGE`` consecutive messages (0.1 µs a draw instead
of 0.9). A word on a page is a function of its own key like any other; which page was made when, and
whether it is still at hand, changes nothing. Pages are only turned where exactly ``KeyedChance``
answers; any other answerer, one that wraps or extends it too, is asked for each packet.
"""

from hashlib import blake2b, shake_128
from itertools import compress
from math import exp, log
from statistics import NormalDist
from struct import Struct
from typing import Any, NamedTuple, Protocol

from playground.engine.parameters import LinkParameters, Spread

_WORDS = Struct(">8Q").unpack
_WORD = Struct(">Q").unpack
_LOSS_AND_LATENCY = Struct(">Q16xQ32x").unpack  # words 0 and 3
_TO_UNIT = 2.0**-53
_LOG_OF_ALL = 64 * log(2.0)
PAGE = 32
"""Consecutive messages whose draws come of one hash."""
MOST_PAGES = 64
"""Pages kept at hand; the oldest makes room."""
_PAGE_OF_WORDS = Struct(f">{PAGE}Q").unpack
_TWO_PAGES_OF_WORDS = Struct(f">{2 * PAGE}Q").unpack
_ON_PAGE = range(PAGE)
_OTHER = -1
"""On a page of latencies: something else than a plain arrival becomes of this one."""
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
    """64 random bits, a word, as a number strictly between 0 and 1."""
    return ((word >> 11) + 0.5) * _TO_UNIT


def spread_us(spread: Spread, unit: float) -> int:
    """The inverse transform of one uniform number, rounded to whole microseconds."""
    mean = spread.mean_us
    if spread.distribution == "fixed" or mean == 0:
        return mean
    if spread.distribution == "exponential":
        return round(-mean * log(unit))
    if spread.distribution == "uniform":
        return round(2 * mean * unit)
    sigma = spread.sigma
    return round(exp(log(mean) - sigma * sigma / 2 + sigma * _inverse_normal(unit)))


def _exponentials_us(mean_us: int, words: tuple[int, ...]) -> list[int]:
    """The inverse transform of words, a page at a time: a fifth of the time of ``spread_us``."""
    # A word's logarithm is that of its unit number and this.
    mean, most_us = float(mean_us), mean_us * _LOG_OF_ALL
    try:
        return [round(most_us - mean * x) for x in map(log, words)]
    except ValueError:  # a word is 0, once in 2**64
        return _exponentials_us(mean_us, tuple(word or 1 for word in words))


def _word_us(spread: Spread, word: int) -> int:
    """The same for one word, to the same microsecond, and for every distribution."""
    if spread.distribution == "exponential":
        mean_us = spread.mean_us
        return round(mean_us * _LOG_OF_ALL - mean_us * log(word or 1))
    return spread_us(spread, _unit(word))


def _keep_few(pages: dict[Any, Any]) -> None:
    """Pages cost little to make again: the oldest makes room."""
    if len(pages) > MOST_PAGES:
        del pages[next(iter(pages))]


class KeyedOdds:
    """The draws of one kind of packet on one link.

    What becomes of the first packet of its kind for a message is on a page; a retry, and whatever
    else than its loss and its latency is asked, has a hash of its own.
    """

    __slots__ = ("_base", "_is_eventful", "_pages", "_start", "_too_low", "_weather", "_words")

    def __init__(self, base: str, weather: LinkParameters, is_reply: bool) -> None:
        self._start = base
        self._base = blake2b(base.encode())
        self._weather = weather
        self._is_eventful = weather.reorder > 0.0 or weather.duplicate > 0.0
        chance = weather.loss.reply if is_reply else weather.loss.request
        # A unit number below the chance is a word below this one.
        self._too_low = round(chance * 2.0**53) << 11
        self._pages: dict[tuple[str, int], list[int]] = {}
        self._words: dict[tuple[str, int], tuple[int, ...]] = {}  # what the pages were made of

    def page(self, stem: str, block: int) -> list[int]:
        """How long the first packets of messages ``PAGE * block`` and on take, in microseconds.

        ``stem`` is what stands before the ``#`` of their names. Negative where more happens to one
        than that it arrives: then ``draw`` tells what.
        """
        page = self._pages.get((stem, block))
        if page is None:
            page = self._pages[stem, block] = self._make_page(stem, block)
            _keep_few(self._pages)
        return page

    def _make_page(self, stem: str, block: int) -> list[int]:
        weather, too_low = self._weather, self._too_low
        words = self._words_of(stem, block)
        latency = weather.latency
        if latency.distribution == "exponential":
            page = _exponentials_us(latency.mean_us, words[PAGE:])
        else:
            page = [_word_us(latency, word) for word in words[PAGE:]]
        if too_low:
            for index in compress(_ON_PAGE, map(too_low.__gt__, words)):
                page[index] = _OTHER
        if self._is_eventful:
            for index in range(PAGE):
                own = self._own_words(f"{stem}#{block * PAGE + index}", 1)
                if _unit(own[1]) < weather.duplicate or _unit(own[2]) < weather.reorder:
                    page[index] = _OTHER
        return page

    def _words_of(self, stem: str, block: int) -> tuple[int, ...]:
        """For each message of the page the word of its loss, then those of the latencies."""
        words = self._words.get((stem, block))
        if words is None:
            hashed = shake_128(f"{self._start}{stem}#*{PAGE}+{block}".encode())
            words = self._words[stem, block] = _TWO_PAGES_OF_WORDS(hashed.digest(16 * PAGE))
            _keep_few(self._words)
        return words

    def _own_words(self, name: str, ordinal: int) -> tuple[int, ...]:
        """0 loss, 1 duplicate, 2 reorder, 3 and, of a copy, 4 latency, 5-7 of a held-back one."""
        keyed = self._base.copy()
        keyed.update(f"{name}|{ordinal}".encode())
        return _WORDS(keyed.digest())

    def again_us(self, stem: str, number: int, ordinal: int) -> int:
        """How long a further packet for ``stem#number`` takes; negative where ``draw`` tells."""
        if self._is_eventful:
            return _OTHER
        keyed = self._base.copy()
        keyed.update(f"{stem}#{number}|{ordinal}".encode())
        for_loss, for_latency = _LOSS_AND_LATENCY(keyed.digest())
        if for_loss < self._too_low:
            return _OTHER
        return _word_us(self._weather.latency, for_latency)

    def draw(self, name: str, ordinal: int) -> Drawn:
        """What becomes of the ``ordinal``-th such packet for the message called ``name``."""
        stem, _, number = name.rpartition("#")
        return self.draw_of(stem, int(number), ordinal)

    def draw_of(self, stem: str, number: int, ordinal: int) -> Drawn:
        """The same for ``stem#number``."""
        weather = self._weather
        words: tuple[int, ...] = ()
        if ordinal == 1:
            page, index = self._words_of(stem, number // PAGE), number % PAGE
            for_loss, for_latency = page[index], page[PAGE + index]
        else:
            words = self._own_words(f"{stem}#{number}", ordinal)
            for_loss, for_latency = words[0], words[3]
        latency_us = _word_us(weather.latency, for_latency)
        if for_loss < self._too_low:
            # Of words that mean a loss, each is as likely as any other: it tells where, too.
            travel = 0.2 + 0.6 * for_loss / self._too_low
            return True, int(latency_us * travel), travel, -1
        if not self._is_eventful:
            return False, latency_us, 1.0, -1
        return self._with_events(words or self._own_words(f"{stem}#{number}", 1), latency_us)

    def _with_events(self, words: tuple[int, ...], latency_us: int) -> Drawn:
        """Held back, or doubled, or both, or neither."""
        weather, copy_us = self._weather, -1
        if _unit(words[2]) < weather.reorder:
            latency_us += sum(_word_us(weather.latency, word) for word in words[5:8])
        if _unit(words[1]) < weather.duplicate:
            copy_us = _word_us(weather.latency, words[4])
        return False, latency_us, 1.0, copy_us


class KeyedChance:
    """Chance from a seed: the same key, the same draw, in any process and in any order."""

    __slots__ = ("_bases", "_odds", "_pages", "seed")

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._bases: dict[tuple[str, str], Any] = {}  # storm and purpose -> what is hashed of it
        # Forks share their chance, so what one of them has looked up is there for the others.
        self._odds: dict[tuple[LinkParameters, str, bool, str], KeyedOdds] = {}
        self._pages: dict[tuple[str, str, str, int], tuple[int, ...]] = {}

    def odds(self, weather: LinkParameters, storm: str, is_reply: bool, packet: str) -> KeyedOdds:
        """Who answers for this kind of packet."""
        key = (weather, storm, is_reply, packet)
        odds = self._odds.get(key)
        if odds is None:
            way = "reply" if is_reply else "request"
            base = f"{self.seed}|{storm}|{way}|{packet}|"
            odds = self._odds[key] = KeyedOdds(base, weather, is_reply)
            _keep_few(self._odds)
        return odds

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
        return _word_us(spread, self._draw(storm, purpose, name, ordinal))

    def strikes(self, chance: float, storm: str, purpose: str, name: str, ordinal: int) -> bool:
        """True with the given chance; 0 and 1 ask no hash."""
        if chance <= 0.0:
            return False
        return chance >= 1.0 or _unit(self._draw(storm, purpose, name, ordinal)) < chance

    def _draw(self, storm: str, purpose: str, name: str, ordinal: int) -> int:
        """A word. Of messages the first draw is on a page, of anything else every one."""
        stem, mark, number = name.rpartition("#")
        if ordinal == 1 and mark and number.isdecimal():
            block, index = divmod(int(number), PAGE)
            return self._page(storm, purpose, stem, block)[index]
        base = self._bases.get((storm, purpose))
        if base is None:
            base = blake2b(f"{self.seed}|{storm}|{purpose}|".encode(), digest_size=8)
            self._bases[storm, purpose] = base
        keyed = base.copy()
        keyed.update(f"{name}|{ordinal}".encode())
        word: int = _WORD(keyed.digest())[0]
        return word

    def durations_us(
        self, spread: Spread, storm: str, purpose: str, stem: str, block: int
    ) -> list[int]:
        """A page of what ``duration_us`` says of ``stem#n`` for the first time."""
        words = self._page(storm, purpose, stem, block)
        if spread.distribution == "exponential":
            return _exponentials_us(spread.mean_us, words)
        return [_word_us(spread, word) for word in words]

    def _page(self, storm: str, purpose: str, stem: str, block: int) -> tuple[int, ...]:
        """The words of the first draws of messages ``PAGE * block`` and on, named ``stem#n``."""
        key = (storm, purpose, stem, block)
        page = self._pages.get(key)
        if page is None:
            hashed = shake_128(f"{self.seed}|{storm}|{purpose}|{stem}#*{PAGE}+{block}".encode())
            page = self._pages[key] = _PAGE_OF_WORDS(hashed.digest(8 * PAGE))
            _keep_few(self._pages)
        return page
