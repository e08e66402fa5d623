"""What does the inspector show for a node of the document?"""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton

from playground.engine.commands import Command, SetNode
from playground.engine.parameters import (
    KIND_OF,
    TRANSACTIONS,
    ConsumerParameters,
    NodeParameters,
)
from playground.scenario.checklist import checklists
from playground.scenario.model import Scenario
from playground.session.frame import ConsumerView, Frame
from playground.ui import icons
from playground.ui.canvas.choices import HOWS_TOLD, LOCKED_BY_COMMIT
from playground.ui.panels.checklist import ChecklistView
from playground.ui.panels.faults import Selection, arm_crash, node_view
from playground.ui.panels.guarantee_switch import GuaranteeSwitch
from playground.ui.panels.how_choice import HowEditor
from playground.ui.panels.inspector_words import IDEMPOTENCIES, LOCKED
from playground.ui.panels.labels import plain
from playground.ui.panels.page import Page, ScenarioSource
from playground.ui.panels.price_table import PriceTable, shown
from playground.ui.theme import Theme


class NodePage(Page):
    """A producer, a queue, a consumer or a coordinator."""

    def __init__(self, theme: Theme, selection: Selection, scenario: ScenarioSource) -> None:
        super().__init__(theme, selection, scenario)
        assert selection is not None
        self.name = str(selection[1])
        parameters = scenario().nodes[self.name]
        kind = KIND_OF[type(parameters)]
        self.add_title(kind, self.name, kind)
        self.switch: GuaranteeSwitch | None = None
        self.idempotency: QComboBox | None = None
        self.price: PriceTable | None = None
        if isinstance(parameters, ConsumerParameters):
            self._add_promise()
            self._add_price()
        self.box.addSpacing(10)
        self.add_fields(type(parameters), kind)
        self.add_break()
        self._add_arm()
        self.checklist = ChecklistView(theme)
        self.checklist.play_asked.connect(lambda code: self.witness_requested.emit(self.name, code))
        if isinstance(parameters, ConsumerParameters):
            self.add_rule()
        self.box.addWidget(self.checklist)
        self.box.addStretch(1)
        self._checked: Scenario | None = None

    def _add_promise(self) -> None:
        self.add_heading("Guarantee", 12, 4)
        self.switch = GuaranteeSwitch(self.theme)
        self.switch.chosen.connect(lambda word: self.ask(self.change((("guarantee", word),))))
        self.box.addWidget(self.switch)
        self.add_heading("Idempotency", 14, 4)
        self.idempotency = QComboBox()
        self.idempotency.setAccessibleName("Idempotency")
        for word, sentence in IDEMPOTENCIES:
            icon = icons.icon(f"shield-{word}", self.theme.ink2, 18)
            self.idempotency.addItem(icon, word)
            self.idempotency.setItemData(
                self.idempotency.count() - 1, sentence, Qt.ItemDataRole.ToolTipRole
            )
        self.idempotency.textActivated.connect(
            lambda word: self.ask(self.change((("idempotency", word),)))
        )
        self.box.addWidget(self.idempotency)
        self.sentence = plain("", "label", wraps=True)
        self.box.addSpacing(4)
        self.box.addWidget(self.sentence)

    def set_theme(self, theme: Theme) -> None:
        """Other colours, those of the shields too."""
        super().set_theme(theme)
        if self.idempotency is not None:
            for index, (word, _) in enumerate(IDEMPOTENCIES):
                icon = icons.icon(f"shield-{word}", theme.ink2, 18)
                self.idempotency.setItemIcon(index, icon)

    def _add_price(self) -> None:
        self.add_heading("Price, a message", 14, 4)
        self.price = PriceTable(self.theme)
        self.box.addWidget(self.price)

    def _add_arm(self) -> None:
        self.arm = QPushButton("Arm a crash")
        self.arm.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.arm.setToolTip("It crashes when its program next gets there")
        self.arm.setMenu(QMenu(self.arm))
        self.arm.menu().aboutToShow.connect(self._fill_arm)
        self.box.addSpacing(8)
        self.box.addWidget(self.arm)

    def _fill_arm(self) -> None:
        menu = self.arm.menu()
        menu.clear()
        view = node_view(self.last_frame, self.name)
        for text, command in arm_crash(view) if view is not None else ():
            menu.addAction(text, partial(self.ask, command))

    def parameters(self) -> NodeParameters | None:
        return self.scenario().nodes.get(self.name)

    def change(self, changes: tuple[tuple[str, object], ...]) -> Command | None:
        return SetNode(self.name, changes)

    def show_frame(self, frame: Frame) -> bool:
        view = node_view(frame, self.name)
        parameters = self.parameters()
        if view is None or parameters is None:
            return False
        self.last_frame = frame
        self.show_fields()
        self.show_verbs(frame)
        if isinstance(view, ConsumerView) and isinstance(parameters, ConsumerParameters):
            self._show_promise(parameters)
            assert self.price is not None
            self.price.show_prices(shown(frame, self.name))
            self._show_checklists()
        return True

    def _show_promise(self, parameters: ConsumerParameters) -> None:
        assert self.switch is not None
        assert self.idempotency is not None
        self.switch.show_value(parameters.guarantee)
        word = parameters.effective_idempotency
        is_locked = parameters.guarantee == "exactly-once"
        if self.idempotency.currentText() != word:
            self.idempotency.setCurrentText(word)
        self.idempotency.setEnabled(not is_locked)
        self.idempotency.setToolTip(LOCKED if is_locked else "What makes a repeat harmless")
        commits = parameters.effective_how in TRANSACTIONS
        sentence = HOWS_TOLD[parameters.effective_how] if commits else dict(IDEMPOTENCIES)[word]
        if is_locked and commits:
            self.idempotency.setToolTip(LOCKED_BY_COMMIT[0].upper() + LOCKED_BY_COMMIT[1:] + ".")
        if self.sentence.text() != sentence:
            self.sentence.setText(sentence)
        how = self.editors.get("how")
        if isinstance(how, HowEditor):
            how.show_guarantee(parameters.guarantee, parameters.effective_how)

    def _show_checklists(self) -> None:
        """Look again only where the document is another one."""
        scenario = self.scenario()
        if scenario is not self._checked:
            self._checked = scenario
            self.checklist.show_checklists(checklists(scenario, self.name))
