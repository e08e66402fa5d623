"""Which colours and which type does the window wear?

Three themes, and the only file with hex values. Widgets get theirs from ``palette.py`` (a QPalette
and a style sheet), fonts from ``fonts.py``, status patterns from ``patterns.py``, tinted icons from
``icons.py``, lengths from ``metrics.py``.
"""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtGui import QColor

from playground.ui.metrics import DESKTOP, STAGE, Metrics

REGULAR, MEDIUM, SEMI_BOLD, BOLD = 400, 500, 600, 700


class Status(NamedTuple):
    """The colours of one fate of a message."""

    fill: str
    edge: str  # the contour that gives pale fills their contrast
    text: str  # words and good counts, on panel and canvas
    on: str  # digits on a plate of the fill


class Promise(NamedTuple):
    """The colours of one guarantee."""

    fill: str
    on: str
    text: str


class Role(NamedTuple):
    """The size and the weight of one kind of text."""

    size_px: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Everything that differs between light, dark and projector."""

    name: str
    is_dark: bool
    is_stage: bool  # the projector: larger type, fewer words
    canvas: str
    dot: str  # of the grid; "" draws none
    panel: str
    node: str
    well: str
    hover: str
    row: str
    ink: str
    ink2: str
    ink3: str
    edge: str
    rail: str
    hair: str
    inv: str  # text on ink
    statuses: dict[str, Status]
    guarantees: dict[str, Promise]
    identities: tuple[str, str, str, str, str, str]
    on_identity: str
    crash_tint: str
    warning: Status  # the triangle: fill, contour, mark
    shadow: str
    has_shadow: bool
    metrics: Metrics

    def status(self, key: str) -> Status:
        """The colours of once, twice, in_flight, in_doubt, dead or lost."""
        return self.statuses[key]

    def guarantee(self, key: str) -> Promise:
        """The colours of at-most-once, at-least-once or exactly-once."""
        return self.guarantees[key]

    def identity(self, number: int) -> str:
        """The hue of a message, by its number."""
        return self.identities[number % 6]

    def role(self, name: str) -> Role:
        """The size and weight of a kind of text, by its name in ``ROLES``."""
        desktop, stage = ROLES[name]
        return stage if self.is_stage else desktop

    def colour(self, token: str) -> QColor:
        """A token by its name: ``ink2``, ``edge``, ``hover``."""
        return QColor(getattr(self, token))

    @property
    def armed_strip(self) -> str:
        """The ground of a strip that says something is armed: a tenth of lost over panel."""
        return mix(self.statuses["lost"].fill, self.panel, 0.10)

    @property
    def doubt_row(self) -> str:
        """The ground of an unmet precondition."""
        return mix(self.statuses["in_doubt"].fill, self.panel, 0.10 if self.is_dark else 0.16)

    @property
    def toolbar(self) -> str:
        """The ground of floating bars and toasts, one step above the panel in the dark."""
        return self.hover if self.is_dark else self.panel

    @property
    def rim(self) -> str:
        """The thin line round a disc that keeps it off its neighbours."""
        return self.canvas


STATUSES: tuple[str, ...] = ("once", "twice", "in_flight", "in_doubt", "dead", "lost")
"""The six fates of a message, in the order of the scoreboard."""

STATUS_WORDS: dict[str, str] = {
    "once": "once",
    "twice": "twice+",
    "in_flight": "in flight",
    "in_doubt": "in doubt",
    "dead": "dead",
    "lost": "lost",
}

GUARANTEE_SIGNS: dict[str, str] = {
    "at-most-once": "0..1",
    "at-least-once": "1..n",
    "exactly-once": "1",
}

ROLES: dict[str, tuple[Role, Role]] = {
    "board": (Role(22, SEMI_BOLD), Role(40, SEMI_BOLD)),
    "board_zero": (Role(22, REGULAR), Role(40, REGULAR)),
    "board_plate": (Role(22, BOLD), Role(40, BOLD)),
    "board_right": (Role(18, SEMI_BOLD), Role(40, SEMI_BOLD)),
    "board_right_zero": (Role(18, REGULAR), Role(40, REGULAR)),
    "board_right_plate": (Role(18, BOLD), Role(40, BOLD)),
    "board_pill": (Role(14, BOLD), Role(24, BOLD)),
    "clock": (Role(22, SEMI_BOLD), Role(34, SEMI_BOLD)),
    "value": (Role(22, SEMI_BOLD), Role(34, SEMI_BOLD)),
    "state": (Role(18, SEMI_BOLD), Role(26, BOLD)),
    "name": (Role(15, SEMI_BOLD), Role(26, SEMI_BOLD)),
    "pill": (Role(13, BOLD), Role(22, BOLD)),
    "body": (Role(13, MEDIUM), Role(20, MEDIUM)),
    "body_strong": (Role(13, SEMI_BOLD), Role(20, SEMI_BOLD)),
    "sum": (Role(13, MEDIUM), Role(18, SEMI_BOLD)),
    "label": (Role(12, MEDIUM), Role(18, SEMI_BOLD)),
    "label_strong": (Role(12, SEMI_BOLD), Role(18, BOLD)),
    "fact": (Role(12, BOLD), Role(18, BOLD)),
    "legend": (Role(12, REGULAR), Role(16, MEDIUM)),
    "stage": (Role(11, MEDIUM), Role(16, SEMI_BOLD)),
    "stage_current": (Role(11, SEMI_BOLD), Role(16, BOLD)),
    "digits": (Role(11, BOLD), Role(16, BOLD)),
    "axis": (Role(11, MEDIUM), Role(16, SEMI_BOLD)),
    "toggle_sign": (Role(16, BOLD), Role(24, BOLD)),
    "title": (Role(18, SEMI_BOLD), Role(26, SEMI_BOLD)),
}
"""Each kind of text on the desktop and on the projector."""


def mix(top: str, under: str, share: float) -> str:
    """``share`` of one colour over another, as one opaque colour."""
    a, b = QColor(top), QColor(under)
    red = round(a.red() * share + b.red() * (1 - share))
    green = round(a.green() * share + b.green() * (1 - share))
    blue = round(a.blue() * share + b.blue() * (1 - share))
    return QColor(red, green, blue).name()


def faded(colour: str, share: float) -> QColor:
    """A colour at ``share`` of its opacity."""
    result = QColor(colour)
    result.setAlphaF(share)
    return result


LIGHT = Theme(
    name="light",
    is_dark=False,
    is_stage=False,
    canvas="#F4F6F9",
    dot="#DCE2EA",
    panel="#FFFFFF",
    node="#FFFFFF",
    well="#EEF1F5",
    hover="#E6EAF0",
    row="#EEF1F5",
    ink="#12161D",
    ink2="#465060",
    ink3="#5C6878",
    edge="#808C9C",
    rail="#808C9C",
    hair="#DDE2E9",
    inv="#FFFFFF",
    statuses={
        "once": Status("#0072B2", "#005A8E", "#00629A", "#FFFFFF"),
        "twice": Status("#E69F00", "#9A6200", "#8A5800", "#12161D"),
        "in_flight": Status("#6CC0EE", "#1F7FB8", "#11699B", "#12161D"),
        "in_doubt": Status("#F0E442", "#857800", "#6B6100", "#12161D"),
        "dead": Status("#CC79A7", "#A2487C", "#983B71", "#12161D"),
        "lost": Status("#D1480A", "#A83700", "#B33B00", "#FFFFFF"),
    },
    guarantees={
        "at-most-once": Promise("#2F3845", "#FFFFFF", "#2F3845"),
        "at-least-once": Promise("#5B4BC4", "#FFFFFF", "#5646BE"),
        "exactly-once": Promise("#00795A", "#FFFFFF", "#007054"),
    },
    identities=("#376AAA", "#964B78", "#017C59", "#7458A1", "#677008", "#087687"),
    on_identity="#FFFFFF",
    crash_tint="#FCF4F0",
    warning=Status("#F0E442", "#12161D", "#12161D", "#12161D"),
    shadow="#182742",
    has_shadow=True,
    metrics=DESKTOP,
)

DARK = Theme(
    name="dark",
    is_dark=True,
    is_stage=False,
    canvas="#0D1219",
    dot="#1F2935",
    panel="#131A23",
    node="#1A232E",
    well="#0F151D",
    hover="#243040",
    row="#1B2531",
    ink="#EEF2F7",
    ink2="#B3BFCD",
    ink3="#8C9AAC",
    edge="#66758A",
    rail="#5F6F85",
    hair="#27323F",
    inv="#0D1219",
    statuses={
        "once": Status("#3E93D8", "#7FBDF0", "#6BB2EE", "#12161D"),
        "twice": Status("#E9A825", "#F3C76B", "#F0B94A", "#12161D"),
        "in_flight": Status("#9AD8FA", "#C4E9FD", "#A9DDF9", "#12161D"),
        "in_doubt": Status("#F0E442", "#F6EF8A", "#EFE35A", "#12161D"),
        "dead": Status("#D98BB6", "#EDBBD5", "#E5A3C6", "#12161D"),
        "lost": Status("#F0692E", "#FF9B6E", "#FF8A56", "#12161D"),
    },
    guarantees={
        "at-most-once": Promise("#CBD4E0", "#12161D", "#CBD4E0"),
        "at-least-once": Promise("#A99DFF", "#12161D", "#B1A6FF"),
        "exactly-once": Promise("#2FC79A", "#0B1512", "#3CCFA3"),
    },
    identities=("#86B7F6", "#E599C4", "#6ECAA4", "#BEA5EE", "#B2BC6C", "#56C6DB"),
    on_identity="#0D1219",
    crash_tint="#1F191B",
    warning=Status("#F0E442", "#F0E442", "#F0E442", "#12161D"),
    shadow="#000000",
    has_shadow=False,
    metrics=DESKTOP,
)

PROJECTOR = Theme(
    name="projector",
    is_dark=False,
    is_stage=True,
    canvas="#FFFFFF",
    dot="",
    panel="#FFFFFF",
    node="#FFFFFF",
    well="#EDF0F4",
    hover="#E3E8EE",
    row="#EDF0F4",
    ink="#000000",
    ink2="#20262E",
    ink3="#39424D",
    edge="#20262E",
    rail="#5D6774",
    hair="#9AA3AF",
    inv="#FFFFFF",
    statuses={
        "once": Status("#0065A3", "#003F66", "#00558A", "#FFFFFF"),
        "twice": Status("#F0A000", "#6E4600", "#7A4C00", "#12161D"),
        "in_flight": Status("#7CCBF5", "#0F5F8F", "#0B5A88", "#12161D"),
        "in_doubt": Status("#F0E442", "#5E5500", "#5E5500", "#12161D"),
        "dead": Status("#CC6BA2", "#7A2458", "#86265F", "#12161D"),
        "lost": Status("#D33F00", "#8A2900", "#A83200", "#FFFFFF"),
    },
    guarantees={
        "at-most-once": Promise("#1B222C", "#FFFFFF", "#1B222C"),
        "at-least-once": Promise("#4A39B8", "#FFFFFF", "#4535B0"),
        "exactly-once": Promise("#006B4F", "#FFFFFF", "#00634A"),
    },
    identities=("#1E5BA1", "#8B376B", "#036C4D", "#674698", "#596101", "#076675"),
    on_identity="#FFFFFF",
    crash_tint="#FCF3EF",
    warning=Status("#F0E442", "#000000", "#12161D", "#12161D"),
    shadow="#000000",
    has_shadow=False,
    metrics=STAGE,
)

THEMES: tuple[Theme, ...] = (LIGHT, DARK, PROJECTOR)
