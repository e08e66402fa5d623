"""How do ordinary widgets wear the theme?

A QPalette for what the style paints, and a style sheet for buttons, fields, menus, tabs, tooltips
and scroll bars. A widget says what it is by a property: ``button="primary"``, ``"link"`` or
``"danger"``; ``ground="panel"``, ``"canvas"`` or ``"armed"``. The kinds of text on labels are in
``panels/labels.py``.
"""

import tempfile
from pathlib import Path

from PySide6.QtGui import QColor, QPalette

from playground.ui.icons import tinted_svg
from playground.ui.theme import Theme

FIELD_HEIGHT_PX = 32


def palette(theme: Theme) -> QPalette:
    """The theme's colours in Qt's roles."""
    roles = QPalette.ColorRole
    result = QPalette()
    for role, token in (
        (roles.Window, theme.panel),
        (roles.WindowText, theme.ink),
        (roles.Base, theme.well),
        (roles.AlternateBase, theme.row),
        (roles.Text, theme.ink),
        (roles.Button, theme.panel),
        (roles.ButtonText, theme.ink),
        (roles.BrightText, theme.status("lost").text),
        (roles.Highlight, theme.ink),
        (roles.HighlightedText, theme.inv),
        (roles.ToolTipBase, theme.toolbar),
        (roles.ToolTipText, theme.ink),
        (roles.PlaceholderText, theme.ink3),
        (roles.Link, theme.ink),
        (roles.LinkVisited, theme.ink),
        (roles.Light, theme.hover),
        (roles.Midlight, theme.hover),
        (roles.Mid, theme.hair),
        (roles.Dark, theme.edge),
        (roles.Shadow, theme.edge),
        (roles.Accent, theme.ink),
    ):
        result.setColor(role, QColor(token))
    off = QPalette.ColorGroup.Disabled
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(off, role, QColor(theme.ink3))
    return result


def stylesheet(theme: Theme) -> str:
    """The style sheet of the whole application; its font is ``fonts.font(theme, "body")``."""
    return "\n".join(
        (
            _texts(theme),
            _buttons(theme),
            _fields(theme),
            _menus(theme),
            _tabs(theme),
            _lists(theme),
            _bars(theme),
        )
    )


def _texts(theme: Theme) -> str:
    rules = [f"QLabel {{ color: {theme.ink}; background: transparent; }}"]
    rules.append(f'QWidget[ground="panel"] {{ background: {theme.panel}; }}')
    rules.append(f'QWidget[ground="canvas"] {{ background: {theme.canvas}; }}')
    rules.append(
        f'QWidget[ground="armed"] {{ background: {theme.armed_strip}; border-radius: 6px; }}'
    )
    return "\n".join(rules)


def _buttons(theme: Theme) -> str:
    height = FIELD_HEIGHT_PX - 2
    lost = theme.status("lost")
    return f"""
QPushButton {{ color: {theme.ink}; background: {theme.panel}; border: 1px solid {theme.edge};
  border-radius: 6px; min-height: {height}px; padding: 0 12px; }}
QPushButton:hover {{ background: {theme.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {theme.ink}; color: {theme.inv}; }}
QPushButton:focus {{ border: 2px solid {theme.ink}; padding: 0 11px; min-height: {height - 2}px; }}
QPushButton:disabled {{ color: {theme.ink3}; border-color: {theme.hair}; }}
QPushButton[button="primary"] {{ background: {theme.ink}; color: {theme.inv};
  border-color: {theme.ink}; }}
QPushButton[button="primary"]:hover {{ background: {theme.ink2}; }}
QPushButton[button="primary"]:disabled {{ background: {theme.hover}; color: {theme.ink3};
  border-color: {theme.hair}; }}
QPushButton[button="danger"] {{ color: {lost.text}; border-color: {lost.edge}; }}
QPushButton[button="link"] {{ border: none; background: transparent; padding: 0 2px;
  text-decoration: underline; min-height: 24px; }}
QPushButton[button="link"]:hover {{ background: {theme.hover}; }}
QToolButton {{ color: {theme.ink}; background: transparent; border: 1px solid transparent;
  border-radius: 6px; padding: 3px; }}
QToolButton:hover, QToolButton:open {{ background: {theme.hover}; }}
QToolButton:checked {{ background: {theme.hover}; border-color: {theme.edge}; }}
QToolButton:focus {{ border: 2px solid {theme.ink}; padding: 2px; }}
QToolButton:disabled {{ color: {theme.ink3}; }}
QToolButton::menu-indicator {{ image: none; }}"""


def _fields(theme: Theme) -> str:
    height = FIELD_HEIGHT_PX - 2
    down = image_url("chevron-down", theme.ink2)
    check = image_url("check", theme.inv)
    fields = "QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox"
    return f"""
{fields} {{ color: {theme.ink}; background: {theme.well}; border: 1px solid {theme.edge};
  border-radius: 6px; min-height: {height}px; padding: 0 8px;
  selection-background-color: {theme.ink}; selection-color: {theme.inv}; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{
  border: 2px solid {theme.ink}; padding: 0 7px; min-height: {height - 2}px; }}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
  color: {theme.ink3}; border-color: {theme.hair}; }}
QLineEdit[field="small"], QComboBox[field="small"] {{ min-height: 22px; padding: 0 7px; }}
QLineEdit[field="small"]:focus, QComboBox[field="small"]:focus {{
  padding: 0 6px; min-height: 20px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {theme.status("lost").edge}; padding: 0 7px; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button {{ width: 0; border: none; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{down}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {theme.toolbar}; color: {theme.ink};
  border: 1px solid {theme.edge}; selection-background-color: {theme.ink};
  selection-color: {theme.inv}; outline: none; padding: 4px; }}
QPlainTextEdit, QTextEdit, QTextBrowser {{ color: {theme.ink}; background: {theme.well};
  border: 1px solid {theme.edge}; border-radius: 6px; padding: 6px;
  selection-background-color: {theme.ink}; selection-color: {theme.inv}; }}
QCheckBox {{ color: {theme.ink}; spacing: 8px; min-height: 24px; background: transparent; }}
QCheckBox:disabled {{ color: {theme.ink3}; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {theme.edge};
  border-radius: 4px; background: {theme.well}; }}
QCheckBox::indicator:checked {{ background: {theme.ink}; border-color: {theme.ink};
  image: url("{check}"); }}
QCheckBox::indicator:focus {{ border: 2px solid {theme.ink}; }}"""


def _menus(theme: Theme) -> str:
    small = theme.role("label")
    return f"""
QMenu {{ background: {theme.toolbar}; color: {theme.ink}; border: 1px solid {theme.edge};
  border-radius: 8px; padding: 4px; }}
QMenu::item {{ padding: 6px 16px 6px 12px; border-radius: 6px; min-height: 16px; }}
QMenu::item:selected {{ background: {theme.ink}; color: {theme.inv}; }}
QMenu::item:disabled {{ color: {theme.ink3}; }}
QMenu::item:disabled:selected {{ background: {theme.hover}; color: {theme.ink3}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {theme.hair}; margin: 4px 8px; }}
QMenuBar {{ background: {theme.panel}; color: {theme.ink}; }}
QMenuBar::item:selected {{ background: {theme.hover}; border-radius: 6px; }}
QToolTip {{ background: {theme.toolbar}; color: {theme.ink}; border: 1px solid {theme.edge};
  padding: 4px 8px; font-size: {small.size_px}px; }}"""


def _tabs(theme: Theme) -> str:
    body = theme.role("body_strong")
    return f"""
QTabWidget::pane {{ border: none; }}
QTabBar {{ background: {theme.panel}; qproperty-drawBase: 0; }}
QTabBar::tab {{ color: {theme.ink2}; background: transparent; padding: 0 2px; margin: 0 13px;
  height: 29px; border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {theme.ink}; }}
QTabBar::tab:selected {{ color: {theme.ink}; border-bottom: 2px solid {theme.ink};
  font-weight: {body.weight}; }}
QTabBar::tab:focus {{ background: {theme.hover}; border-radius: 6px; }}"""


def _lists(theme: Theme) -> str:
    return f"""
QListView, QTreeView, QTableView {{ background: {theme.panel}; color: {theme.ink}; border: none;
  outline: none; }}
QListView::item, QTreeView::item {{ border-radius: 6px; padding: 3px 8px; min-height: 19px; }}
QListView::item:hover, QTreeView::item:hover {{ background: {theme.row}; }}
QListView::item:selected, QTreeView::item:selected {{ background: {theme.hover};
  color: {theme.ink}; font-weight: 600; }}
QListView::item:selected:focus {{ border: 1px solid {theme.ink}; }}
QHeaderView::section {{ background: {theme.panel}; color: {theme.ink2}; border: none;
  padding: 4px 8px; }}"""


def _bars(theme: Theme) -> str:
    return f"""
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {theme.edge}; border-radius: 3px; margin: 2px; min-height: 24px;
  min-width: 24px; }}
QScrollBar::handle:hover {{ background: {theme.ink2}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {theme.hair}; }}
QProgressBar {{ background: {theme.well}; border: 1px solid {theme.edge}; border-radius: 4px;
  height: 8px; text-align: center; }}
QProgressBar::chunk {{ background: {theme.ink}; border-radius: 3px; }}"""


def image_url(name: str, colour: str) -> str:
    """A file with the tinted icon: style sheets take images from files only."""
    folder = Path(tempfile.gettempdir()) / "delivery-playground-icons"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{colour.lstrip('#')}.svg"
    text = tinted_svg(name, colour)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path.as_posix()
