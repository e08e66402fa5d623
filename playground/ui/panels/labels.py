"""How are words set that nobody paints by hand?

Labels carry a ``words`` property; one style sheet gives each kind its size, weight and ink. Names
that a user has chosen are never taken for markup.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from playground.ui.fonts import load_fonts, untabular
from playground.ui.theme import Theme

KINDS: tuple[tuple[str, str, str], ...] = (
    ("label", "label", "ink2"),
    ("heading", "label_strong", "ink2"),
    ("body", "legend", "ink"),
    ("strong", "body_strong", "ink"),
    ("title", "title", "ink"),
    ("fact", "fact", "ink"),
)
"""The kind, its type, its ink."""


def plain(text: str, kind: str, *, wraps: bool = False) -> QLabel:
    """A label that shows its text as it is."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("words", kind)
    label.setWordWrap(wraps)
    label.setMinimumWidth(10)
    if "-" in text:
        label.setFont(untabular(label.font()))
    return label


def label_rules(theme: Theme) -> str:
    """The style sheet of every kind."""
    rules, family = [], load_fonts()
    for kind, role, ink in KINDS:
        size_px, weight = theme.role(role)
        rules.append(
            f'QLabel[words="{kind}"] {{ color: {getattr(theme, ink)}; font-family: "{family}";'
            f" font-size: {size_px}px;"
            f" font-weight: {weight}; }}"
        )
    return "\n".join(rules)
