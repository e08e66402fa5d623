"""What has this guarantee cost so far, beside what the others in the scene have cost?"""

from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from playground.session.frame import Frame, Price
from playground.ui import format
from playground.ui.fonts import width_px
from playground.ui.panels.price_heads import GAP_PX, Head, heads
from playground.ui.panels.small_signs import Themed
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import GUARANTEE_SIGNS, Theme

NOTHING = "–"
MOST_COLUMNS = 3
OF_TRANSACTIONS = ("consumer waits", "readers wait")
ROW_PX, HEAD_PX, NAME_PX = 22, 40, 14
WIDEST_VALUE = "000\u00a0ms"
LABEL_GAP_PX = 5.0  # from the longest label to the first column


class PriceRow(NamedTuple):
    """One quantity: its name, what it means, and a value a group."""

    name: str
    help: str
    values: tuple[str, ...]


def shown(frame: Frame, consumer: str) -> tuple[Price, ...]:
    """The price of this consumer's group, then those of the others, as many as there is room for.

    Of several groups with one guarantee the first stands for it, until all guarantees are there.
    """
    own = next((row.group for row in frame.groups if consumer in row.consumers), None)
    mine = [each for each in frame.prices if each.group == own]
    if not mine:
        return ()
    seen = {(mine[0].guarantee, mine[0].how)}
    fresh: list[Price] = []
    alike: list[Price] = []
    for each in frame.prices:
        if each.group == own:
            continue
        way = (each.guarantee, each.how)
        (alike if way in seen else fresh).append(each)
        seen.add(way)
    return tuple((*mine, *fresh, *alike)[:MOST_COLUMNS])


def rows(prices: tuple[Price, ...]) -> tuple[PriceRow, ...]:
    """The table, numbers only from what was counted; of transactions only where there are any."""
    return tuple(
        row
        for row in _every_row(prices)
        if row.name not in OF_TRANSACTIONS or any(value != NOTHING for value in row.values)
    )


def _every_row(prices: tuple[Price, ...]) -> tuple[PriceRow, ...]:
    return (
        PriceRow(
            "packets",
            "Sent on the way to the group, for each message that it has applied",
            tuple(_share(each.packets, each.applied) for each in prices),
        ),
        PriceRow(
            "forced writes",
            "Writes that somebody waited for, for each message that it has applied",
            tuple(_share(each.forced, each.applied) for each in prices),
        ),
        PriceRow(
            "producer waits",
            "From produced to confirmed, on average",
            tuple(_time(each.producer_us) for each in prices),
        ),
        PriceRow(
            "consumer waits",
            "For its coordinator's and its queue's answers, for each message, on average",
            tuple(_time(each.consumer_us) for each in prices),
        ),
        PriceRow(
            "readers wait",
            "For older open transactions, before a committed output can be read, on average",
            tuple(_time(each.reader_us) for each in prices),
        ),
        PriceRow(
            "latency",
            "From produced to the first effect, on average",
            tuple(_time(each.latency_us) for each in prices),
        ),
    )


def _share(count: int, applied: int) -> str:
    return format.decimal(count / applied, 1) if applied else NOTHING


def _time(mean_us: float | None) -> str:
    return NOTHING if mean_us is None else format.duration(round(mean_us))


class PriceTable(Themed):
    """A small table: a column a group, this one first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.prices: tuple[Price, ...] = ()
        self.rows: tuple[PriceRow, ...] = ()
        self.heads: tuple[Head, ...] = ()
        self.setAccessibleName("Price")
        self.setFixedHeight(0)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(240, self._height_px())

    def show_prices(self, prices: tuple[Price, ...]) -> None:
        """The numbers of this moment."""
        if prices == self.prices:
            return
        self.prices = prices
        self.rows = rows(prices) if prices else ()
        self._name_columns()
        self.setToolTip("\n".join(f"{row.name}: {row.help}." for row in self.rows))
        self.setAccessibleDescription(self.spoken())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._name_columns()
        super().resizeEvent(event)

    def _name_columns(self) -> None:
        """Share the width among the columns; two lines of names need more height."""
        role, strong = self.theme.role("stage"), self.theme.role("label_strong")
        labels = max((width_px(row.name, role) for row in self.rows), default=0.0)
        kind = self.theme.role("stage")
        self.heads = heads(
            [price.group for price in self.prices],
            width_px(WIDEST_VALUE, strong),
            self.width() - labels - LABEL_GAP_PX,
            lambda text: width_px(text, kind),
        )
        self.setFixedHeight(self._height_px())

    @property
    def _head_px(self) -> int:
        lines = max((len(head.lines) for head in self.heads), default=1)
        return HEAD_PX + NAME_PX * (lines - 1)

    def _height_px(self) -> int:
        return self._head_px + ROW_PX * len(self.rows) if self.prices else 0

    def _rights(self) -> list[float]:
        """The right edge of each column."""
        result, right = [], float(self.width())
        for head in reversed(self.heads):
            result.append(right)
            right -= head.wide_px + GAP_PX
        return result[::-1]

    def spoken(self) -> str:
        """The whole table as sentences."""
        return " ".join(
            f"{price.group}: "
            + ", ".join(f"{row.name} {row.values[index]}" for row in self.rows)
            + "."
            for index, price in enumerate(self.prices)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, head_px = self.theme, self._head_px
        columns = list(zip(self.prices, self.heads, self._rights(), strict=True))
        for price, head, right in columns:
            colour = theme.guarantee(price.guarantee).text
            sign = GUARANTEE_SIGNS[price.guarantee]
            write(painter, theme, "body_strong", sign, right, 8, colour, "right")
            for index, name in enumerate(head.lines):
                y = 26 + NAME_PX * index
                write(painter, theme, "stage", name, right, y, theme.ink2, "right")
        for line, row in enumerate(self.rows):
            middle = head_px + ROW_PX * line + ROW_PX / 2
            write(painter, theme, "stage", row.name, 0, middle, theme.ink2)
            for index, (value, (_, _, right)) in enumerate(zip(row.values, columns, strict=True)):
                role = "label_strong" if index == 0 else "label"
                quiet = value == NOTHING
                ink = theme.ink3 if quiet else theme.ink if index == 0 else theme.ink2
                write(painter, theme, role, value, right, middle, ink, "right")
        painter.end()
