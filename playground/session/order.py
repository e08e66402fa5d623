"""In which order are nodes and groups shown? That of the document, whatever came when.

A node that was removed and is back again stands where it stood before.
"""

from collections.abc import Iterable

from playground.scenario.model import Scenario
from playground.session.frame import GroupRow


def in_order(names: Iterable[str], scenario: Scenario) -> list[str]:
    """Node names as the document lists them; others last."""
    names = list(names)
    if names == list(scenario.nodes):
        return names
    place = {name: index for index, name in enumerate(scenario.nodes)}
    return sorted(names, key=lambda name: place.get(name, len(place)))


def rows_in_order(rows: tuple[GroupRow, ...], scenario: Scenario) -> tuple[GroupRow, ...]:
    """The scoreboard as the document links its consumers."""
    place = {link.target: index for index, link in reversed(list(enumerate(scenario.links)))}
    last = len(place)
    return tuple(sorted(rows, key=lambda row: min(place.get(each, last) for each in row.consumers)))
