"""What stands in the file, and where, before anything is known about its meaning?

Every value keeps its *text*: what ``no``, ``010`` or ``12:30:00`` means is decided later, by the
field that it is written for, and never by YAML.
"""

from dataclasses import dataclass, field

from playground.scenario.problem import Path, Place

NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; ``is_plain`` where it stands without quotes."""

    path: Path
    place: Place
    text: str
    is_plain: bool

    @property
    def is_null(self) -> bool:
        """Whether the file says "no value" here."""
        return self.is_plain and self.text in NULLS


@dataclass(frozen=True, slots=True)
class Listing:
    """Values in order."""

    path: Path
    place: Place
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value; the key has a place of its own."""

    key: str
    place: Place
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values. It stands where its own key does: that is the line one looks for."""

    path: Path
    place: Place
    entries: dict[str, Entry] = field(default_factory=dict)

    def get(self, key: str) -> "Node | None":
        """The value of a key, if it is written."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value


Node = Scalar | Listing | Mapping


class Positions:
    """Where each path stands in the file; what is not written stands where its parent does."""

    def __init__(self, root: Node | None = None) -> None:
        self._places: dict[Path, Place] = {}
        waiting = [root] if root is not None else []
        while waiting:
            node = waiting.pop()
            self._places[node.path] = node.place
            if isinstance(node, Mapping):
                waiting.extend(entry.value for entry in node.entries.values())
            elif isinstance(node, Listing):
                waiting.extend(node.items)

    def of(self, path: Path) -> Place:
        """The place of a value, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            place = self._places.get(path[:length])
            if place is not None:
                return place
        return Place(1, 1)
