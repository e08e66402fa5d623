"""How does one come by a scenario: a preset by its picture, a file that was dropped, lost work?

What concerns more than one panel of that is tied together here, for one window. Settings and the
folder for unsaved work are given by whoever starts the program; without them nothing outlives the
window.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QWidget

from playground.ui.autosave import Autosave, left_overs
from playground.ui.panels.drop_sheet import DropSheet, FileDrop
from playground.ui.panels.gallery import Gallery
from playground.ui.panels.menus import drop_down
from playground.ui.panels.notice_card import Choice, NoticeCard
from playground.ui.panels.presets import Preset
from playground.ui.panels.recent_menu import recent_menu
from playground.ui.recovery import offer_left_work
from playground.ui.theme import Theme

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

NOT_DROPPED = "Nothing was opened"


class Choosing(QObject):
    """Gallery, notices, dropped files and unsaved work of one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        body = window.centralWidget()
        assert body is not None
        self._body = body
        self.cards: list[NoticeCard] = []
        self.autosave: Autosave | None = None
        self._gallery: Gallery | None = None
        self.sheet = DropSheet(window.theme, self._body)
        files = window.hands.files
        self.drop = FileDrop(window, self.sheet, self._take, self._refuse)
        self._files = files
        self._body.installEventFilter(self)
        window.bridge.opened.connect(self._on_opened)

    # ------------------------------------------------------------------ the gallery

    @property
    def gallery(self) -> Gallery:
        """Made when it is first asked for."""
        if self._gallery is None:
            window = self._window
            made = self._gallery = Gallery(window.theme, window.presets, self._body)
            made.set_theme(window.theme)
            made.chosen.connect(self._on_chosen)
            made.closed.connect(window.canvas.setFocus)
            made.file_asked.connect(self._on_file_asked)
            made.recent_asked.connect(self._on_recent_asked)
        return self._gallery

    @property
    def is_gallery_open(self) -> bool:
        """Whether the presets lie over the window."""
        return self._gallery is not None and self._gallery.isVisible()

    def open_gallery(self) -> None:
        """The presets and their pictures; again: away with them."""
        if self.is_gallery_open:
            self.gallery.close_gallery()
            return
        self._place(self.gallery)
        self.gallery.open_gallery(self._files.document.preset)

    def _on_chosen(self, preset: Preset) -> None:
        document = self._files.document
        self._files.open(preset.path, preset.stem)
        self._close_if_another(document)

    def _on_file_asked(self) -> None:
        document = self._files.document
        self._files.ask_open()
        self._close_if_another(document)

    def _on_recent_asked(self, button: QWidget) -> None:
        menu = recent_menu(self._files, self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        document = self._files.document
        menu.triggered.connect(lambda _: self._close_if_another(document))
        drop_down(menu, button)

    def _close_if_another(self, document: object) -> None:
        if self._files.document is not document:
            self.gallery.close_gallery()

    def _refuse(self, why: str) -> None:
        """What was dropped cannot be opened."""
        self.say(NOT_DROPPED, [why, "The open scenario is unchanged."])

    # ------------------------------------------------------------------ notices

    def say(
        self, title: str, lines: Sequence[str], choices: Sequence[Choice] = (), icon: str = ""
    ) -> NoticeCard:
        """Show a card until it is answered; the same one is not shown twice."""
        for card in self.cards:
            if (card.title, card.lines) == (title, tuple(lines)):
                return card
        choices = tuple(choices) or (("Close", lambda: None),)
        card = NoticeCard(self._window.theme, icon or "warning", title, lines, choices, self._body)
        self.cards.append(card)
        card.gone.connect(lambda: self._forget(card))
        self._arrange()
        card.show()
        card.raise_()
        card.setFocus()
        return card

    def _forget(self, card: NoticeCard) -> None:
        self.cards.remove(card)
        self._arrange()
        if self.cards:
            self.cards[-1].setFocus()
        elif self.is_gallery_open:
            self.gallery.view.setFocus()
        else:
            self._window.canvas.setFocus()

    def _on_opened(self) -> None:
        """What was said about the scenario before is no news any more; questions stay."""
        for card in list(self.cards):
            if len(card.buttons) == 1:
                card.dismiss()

    def leave(self) -> bool:
        """One step out; says whether there was anything to leave."""
        if self.cards:
            self.cards[-1].dismiss()
        elif self.is_gallery_open:
            self.gallery.close_gallery()
        else:
            return False
        return True

    # ------------------------------------------------------------------ files that are dropped

    def _take(self, path: Path) -> None:
        if self._files.open(path) and self.is_gallery_open:
            self.gallery.close_gallery()

    # ------------------------------------------------------------------ what outlives the window

    def remember(self, settings: QSettings, folder: Path) -> None:
        """Keep the list of files here and unsaved work there, and offer what was left behind."""
        window = self._window
        self._files.recent.use(settings)
        if self._files.document.path is not None:
            self._files.recent.note(self._files.document.path)  # it was named at the start
        self.autosave = Autosave(folder, self._files, window.bridge, window.say_error, self)
        window.closed.connect(self.autosave.stop)
        offer_left_work(left_overs(folder), self._files, self.autosave, self.say)

    # ------------------------------------------------------------------ place and look

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.sheet.theme = theme
        if self._gallery is not None:
            self._gallery.set_theme(theme)
        for card in self.cards:
            card.theme = theme
            card.update()
        self._arrange()

    def _place(self, gallery: Gallery) -> None:
        top = self._window.panes.top.height()
        body = self._body
        gallery.setGeometry(0, top, body.width(), max(0, body.height() - top))

    def _arrange(self) -> None:
        if self._gallery is not None:
            self._place(self._gallery)
        for card in self.cards:
            card.arrange(self._window.panes.top.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
