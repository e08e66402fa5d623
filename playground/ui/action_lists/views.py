"""What changes what is shown, and nothing that happens?"""

from playground.ui.action_spec import ActionSpec, is_at_the_desk
from playground.ui.canvas.camera import ZOOM_STEP

VIEWS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "zoom-in", "View", "Zoom in", ("Ctrl++", "Ctrl+="), "Nearer", lambda h: h.zoom(ZOOM_STEP)
    ),
    ActionSpec(
        "zoom-out", "View", "Zoom out", ("Ctrl+-",), "Farther", lambda h: h.zoom(1 / ZOOM_STEP)
    ),
    ActionSpec("fit", "View", "Fit", ("F", "Ctrl+0"), "Show the whole scene", lambda h: h.fit()),
    ActionSpec(
        "palette",
        "View",
        "Command palette",
        ("Ctrl+K",),
        "Find anything that can be done, by a few letters of it",
        lambda h: h.window.companions.open_palette(),
    ),
    ActionSpec(
        "outline",
        "View",
        "Outline",
        ("Ctrl+Shift+O",),
        "The canvas as a list: nodes, links, packets and their verbs",
        lambda h: h.window.companions.open_outline(),
        is_at_the_desk,
    ),
    ActionSpec(
        "settings",
        "View",
        "Settings…",
        ("Ctrl+,",),
        "Theme, size, motion, cue cards",
        lambda h: h.window.companions.open_settings(),
    ),
    ActionSpec(
        "theme", "View", "Light or dark", ("T",), "Light or dark", lambda h: h.toggle_theme()
    ),
    ActionSpec(
        "leave",
        "View",
        "Leave",
        ("Esc",),
        "Leave the presentation, close the drawer, drop the selection",
        lambda h: h.leave(),
    ),
    ActionSpec("help", "View", "All keys", ("?",), "All keys", lambda h: h.show_keys()),
)
"""What opens, closes and dresses."""
