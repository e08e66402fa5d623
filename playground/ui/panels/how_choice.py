"""Where can the ack stand for this guarantee?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from playground.engine.parameters import HOWS, Guarantee
from playground.ui.canvas.choices import HOWS_TOLD
from playground.ui.forms import Field, FieldEditor


def is_how(field: Field) -> bool:
    """Whether a field's choices depend on the guarantee."""
    return field.name == "how"


class HowEditor(FieldEditor):
    """Offers only what fits the guarantee."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._guarantee = ""

    def show_value(self, value: object) -> None:
        """The guarantee decides; see ``show_guarantee``."""

    def show_guarantee(self, guarantee: Guarantee, how: str) -> None:
        """The choices of this guarantee, and which one holds."""
        combo = self.editor
        assert isinstance(combo, QComboBox)
        if guarantee != self._guarantee:
            self._guarantee = guarantee
            combo.clear()
            for each in HOWS[guarantee]:
                combo.addItem(each)
                told = HOWS_TOLD[each]
                combo.setItemData(combo.count() - 1, told, Qt.ItemDataRole.ToolTipRole)
            combo.setEnabled(combo.count() > 1)
        if combo.currentText() != how:
            combo.setCurrentText(how)
        combo.setToolTip(HOWS_TOLD[how])
        self._shown = how
