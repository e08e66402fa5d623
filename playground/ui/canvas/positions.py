"""Where do the nodes stand: by the document, by the canvas itself, or by a drag under way?

The document's positions are desktop pixels. What it does not place, the canvas places once and
keeps; the database is the canvas' own. On the projector a drag moves only what is seen there.
"""

from collections.abc import Mapping

from playground.session.frame import Frame
from playground.ui.canvas import placement
from playground.ui.canvas.layout import Position
from playground.ui.canvas.placement import DATABASE
from playground.ui.theme import LIGHT, Theme


class Positions:
    """All places, the newest wish of each."""

    def __init__(self) -> None:
        self._given: dict[str, Position] = {}
        self._found: dict[str, Position] = {}
        self._moved: dict[str, Position] = {}
        self._database: Position | None = None

    def take(self, positions: Mapping[str, Position], theme: Theme) -> None:
        """The document's places."""
        given = {key: (float(x), float(y)) for key, (x, y) in positions.items()}
        if not theme.is_stage or given.keys() != self._given.keys():
            self._moved.clear()
        self._database = given.pop(DATABASE, self._database)
        self._given = given

    def forget(self) -> None:
        """Another scenario: nothing that was found or moved holds."""
        self._found.clear()
        self._moved.clear()
        self._database = None

    def let_go(self) -> None:
        """Another theme: what was moved in the last one is where the document says."""
        self._moved.clear()

    def all_for(self, frame: Frame, theme: Theme) -> dict[str, Position]:
        """A place for every node of a frame."""
        result = placement.positions_for(frame, {**self._found, **self._given}, theme)
        if not theme.is_stage:
            # What has gone may come back, and what was moved may be moved back: to the same place.
            self._found |= {key: at for key, at in result.items() if key not in self._given}
        result.update((key, place) for key, place in self._moved.items() if key in result)
        return result

    def on_the_desk(self, frame: Frame) -> dict[str, Position]:
        """Where the nodes stand on the desktop, also while the projector shows them elsewhere."""
        return placement.positions_for(frame, {**self._found, **self._given}, LIGHT)

    def database(self, theme: Theme) -> Position | None:
        """Where someone has put the database; None: beside the consumers."""
        return self._moved.get(DATABASE, None if theme.is_stage else self._database)

    def move(self, node: str, x: float, y: float) -> None:
        """A drag has brought it there."""
        self._moved[node] = (x, y)

    def forget_database(self) -> None:
        """The database stands beside its consumers again."""
        self._database = None

    def settle(self, node: str, before: Position, theme: Theme) -> Position | None:
        """The end of a drag that began at ``before``: the document's new place, None for none."""
        place = self._moved.get(node)
        if place is None or place == before:
            self._moved.pop(node, None)
            return None
        if theme.is_stage:
            x, y = self._given.get(node, self._found.get(node, place))
            return x + place[0] - before[0], y + place[1] - before[1]
        del self._moved[node]
        if node == DATABASE:
            self._database = place
        else:
            self._given[node] = place
        return place
