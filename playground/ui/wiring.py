"""Who answers to whom in the window?

Every wish of a panel goes to the hands, every change of the run to the window.
"""

from typing import TYPE_CHECKING

from playground.ui.panels.menus import drop_down, main_menu, names_menu

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow


def connect(window: "MainWindow") -> None:
    """Tie a window's panels, canvas and run together; once, when all of them are there."""
    panes, hands = window.panes, window.hands
    window.bridge.frame_ready.connect(window.show_frame)
    window.bridge.opened.connect(window.on_opened)
    window.bridge.restarted.connect(window.on_restarted)
    panes.top.menu_asked.connect(lambda: drop_down(main_menu(window), panes.top.menu))
    panes.top.names_asked.connect(lambda: drop_down(names_menu(window), panes.top.name))
    panes.top.speed_chosen.connect(window.bridge.set_speed)
    panes.dock.preset_chosen.connect(hands.open_preset)
    panes.dock.part_wanted.connect(hands.build.add_part)
    panes.dock.gallery_asked.connect(hands.show_presets)
    panes.rail.part_wanted.connect(hands.build.add_part)
    panes.rail.presets_asked.connect(hands.show_presets)
    panes.board.group_picked.connect(window.on_group)
    panes.tabs.chosen.connect(window.open_page)
    panes.charts.time_clicked.connect(hands.go_to)
    panes.timeline.time_clicked.connect(hands.go_to)
    panes.inspector.set_source(lambda: window.bridge.in_force)
    panes.inspector.command_requested.connect(hands.submit)
    window.canvas.command_requested.connect(hands.submit)
    window.canvas.nodes_moved.connect(hands.build.move)
    window.canvas.rename_requested.connect(hands.build.rename)
    window.canvas.selection_changed.connect(window.on_selection)
    window.canvas.group_changed.connect(window.on_group_of_nodes)
    window.canvas.part_dropped.connect(hands.build.drop_part)
    window.canvas.building.actions = window.actions_by_id
    window.canvas.building.fault_of_name = hands.build.fault_of_name
    window.canvas.open_preset_requested.connect(hands.show_presets)
    hands.editor.stack.indexChanged.connect(window.refresh_actions)
    hands.editor.stack.cleanChanged.connect(window.show_title)
