"""What is a person asked before something is lost?"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

Button = QMessageBox.StandardButton


def ask_to_save(parent: QWidget, name: str, edits: int) -> QMessageBox.StandardButton:
    """Save, Discard or Cancel; Enter saves, Esc cancels, D does not save."""
    count = {0: "Your edits are", 1: "One edit is"}.get(edits, f"{edits} edits are")
    box = _box(parent, f"Save {name} first?", f"{count} in no file yet.")
    box.setStandardButtons(Button.Save | Button.Discard | Button.Cancel)
    box.button(Button.Save).setText("&Save")
    box.button(Button.Save).setProperty("button", "primary")
    box.button(Button.Discard).setText("&Don't save")
    box.setDefaultButton(Button.Save)
    box.setEscapeButton(Button.Cancel)
    return _answer(box)


def ask_to_replace(parent: QWidget, question: str, because: str) -> bool:
    """Whether a file may be written over; Enter and Esc leave it alone."""
    box = _box(parent, question, because)
    box.setStandardButtons(Button.Save | Button.Cancel)
    box.button(Button.Save).setText("&Replace")
    box.setDefaultButton(Button.Cancel)
    box.setEscapeButton(Button.Cancel)
    return _answer(box) == Button.Save


def _box(parent: QWidget, question: str, because: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle("Delivery Playground")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(because)
    return box


def _answer(box: QMessageBox) -> QMessageBox.StandardButton:
    for button in box.buttons():
        button.setIcon(QIcon())  # the style's own are in colour, and colour means something here
    try:
        return QMessageBox.StandardButton(box.exec())
    finally:
        box.deleteLater()
