"""Can every state come to rest once nothing goes wrong any more?

A promise that every message is finished in the end is broken where things go round for ever, too:
there the search meets no state of rest in which it could be asked. So the states are walked
backwards from those at rest; what is not met on the way never gets there.
"""

from array import array
from collections.abc import Iterable, Iterator

from playground.checker.any_timing.pool import State
from playground.checker.any_timing.space import Space


def restless(space: Space, states: Iterable[State]) -> Iterator[State]:
    """The states, in the order given, from which no rest can be reached without a fault."""
    number = {state: index for index, state in enumerate(states)}
    sources, targets = array("i"), array("i")
    reaches = bytearray(len(number))
    found: list[int] = []
    for state, index in number.items():
        onward = {number[each] for _, each in space.free(state) if each != state}
        sources.extend([index] * len(onward))
        targets.extend(onward)
        if not onward:
            reaches[index] = 1
            found.append(index)
    begins, before = _by_target(sources, targets, len(number))
    while found:
        index = found.pop()
        for place in range(begins[index], begins[index + 1]):
            source = before[place]
            if not reaches[source]:
                reaches[source] = 1
                found.append(source)
    for state, index in number.items():
        if not reaches[index]:
            yield state


def _by_target(
    sources: "array[int]", targets: "array[int]", count: int
) -> tuple["array[int]", "array[int]"]:
    """The sources of each target's edges, side by side, and where each target's begin."""
    begins = array("i", bytes(4 * (count + 1)))
    for target in targets:
        begins[target + 1] += 1
    for index in range(count):
        begins[index + 1] += begins[index]
    following = begins[:]
    ordered = array("i", bytes(4 * len(targets)))
    for source, target in zip(sources, targets, strict=True):
        ordered[following[target]] = source
        following[target] += 1
    return begins, ordered
