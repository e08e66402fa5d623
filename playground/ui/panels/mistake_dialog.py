"""What does a person see when this program has made a mistake?"""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.ui.exception_net import Mistake
from playground.ui.panels.labels import plain

MOST_CHARACTERS = 20_000


class MistakeDialog(QDialog):
    """Not modal: the window lives on behind it. Later mistakes join the same dialog."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setWindowTitle("A mistake in this program")
        self.setProperty("ground", "panel")
        self.resize(620, 360)
        self.count = 0
        self.sentence = plain("", "strong")
        self.sentence.setWordWrap(True)
        comfort = plain(
            "The window lives on and your scenario is unchanged. "
            "The report is also in the log file.",
            "label",
        )
        comfort.setWordWrap(True)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Report")
        copy = QPushButton("Copy the report")
        copy.clicked.connect(self.copy)
        close = QPushButton("Close")
        close.setProperty("button", "primary")
        close.setDefault(True)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 20)
        box.setSpacing(12)
        for widget in (self.sentence, comfort, self.report):
            box.addWidget(widget)
        box.addLayout(buttons)

    def add(self, mistake: Mistake) -> None:
        """Show one more."""
        self.count = self.count + 1 if self.isVisible() else 1
        more = f" ({self.count} so far)" if self.count > 1 else ""
        self.sentence.setText(f"Something in {mistake.where} went wrong{more}: {mistake.sentence}")
        before = self.report.toPlainText() + "\n" if self.count > 1 else ""
        self.report.setPlainText((before + mistake.report)[-MOST_CHARACTERS:])
        self.show()

    def copy(self) -> None:
        """The report to the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())
