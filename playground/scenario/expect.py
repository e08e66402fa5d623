"""What does a scenario claim about its own run?"""

from collections.abc import Collection

from playground.scenario.fields import missing
from playground.scenario.model import GROUP_COUNTERS, Expectation
from playground.scenario.problem import ProblemList, one_of, quoted
from playground.scenario.quantities import read_whole
from playground.scenario.tree import Entry, Listing, Mapping, Node, Scalar


def read_expect(
    node: Node, groups: Collection[str] | None, problems: ProblemList
) -> tuple[Expectation, ...]:
    """One expectation a counter; ``groups`` is None where the nodes are too wrong to tell."""
    if not isinstance(node, Listing):
        problems.add(node.place, node.path, "expect is a list. Write each entry after a dash.")
        return ()
    found: list[Expectation] = []
    for item in node.items:
        if isinstance(item, Mapping):
            found += _entry(item, groups, problems)
        else:
            problems.add(
                item.place, item.path, "An entry is a mapping like {group: billing, lost: none}."
            )
    return tuple(found)


def _entry(
    item: Mapping, groups: Collection[str] | None, problems: ProblemList
) -> list[Expectation]:
    group = item.get("group")
    name = group.text if isinstance(group, Scalar) else ""
    if group is None:
        missing(item, "group", problems, "an entry", "group: NAME")
    elif groups is not None and name not in groups:
        meant = problems.suggest(name, groups)
        remedy = f"Did you mean {quoted(meant)}?" if meant else "Name a consumer or its group."
        problems.add(group.place, group.path, f"There is no group {quoted(name)}. {remedy}")
    if len(item.entries) <= (group is not None):
        problems.add(item.place, item.path, "This claims nothing. Write a counter: lost: none.")
    found = []
    for key, entry in item.entries.items():
        if key == "group":
            continue
        claim = _claim(item, entry, problems)
        if claim is not None:
            found.append(Expectation(group=name, counter=key, claim=claim))
    return found


def _claim(item: Mapping, entry: Entry, problems: ProblemList) -> str | int | None:
    if entry.key not in GROUP_COUNTERS:
        meant = problems.suggest(entry.key, ("group", *GROUP_COUNTERS))
        remedy = (
            f"Did you mean {quoted(meant)}?"
            if meant
            else (f"Write one of {one_of(GROUP_COUNTERS)}.")
        )
        if meant:
            problems.touch((*item.path, meant))
        problems.add(
            entry.place,
            (*item.path, entry.key),
            f"{quoted(entry.key)} is not a counter of a group. {remedy}",
        )
        return None
    value = entry.value
    text = value.text if isinstance(value, Scalar) else "this"
    if text in ("none", "some"):
        return text
    number = read_whole(text)
    if isinstance(number, int) and number >= 0:
        return number
    problems.add(
        value.place, value.path, f"{quoted(text)} is not a claim. Write none, some or a number."
    )
    return None
