"""What strikes the scene, and what mends it?"""

from playground.ui.action_spec import ActionSpec, can, fault


def _strike(verb: str, text: str, key: str, tip: str) -> ActionSpec:
    return ActionSpec(verb, "Break it", text, (key,), tip, fault(verb), can(verb))


FAULTS: tuple[ActionSpec, ...] = (
    _strike("crash", "Crash or restart", "C", "Kill the selected node, or start it again"),
    _strike("pause", "Pause or resume", "P", "Stop the selected node, or let it go on"),
    _strike("lose-ack", "Lose the next ack", "L", "The next ack or confirm dies"),
    _strike("fail", "Fail next", "H", "The next handler fails"),
    _strike("cut", "Cut or heal", "X", "Cut the selected link, or heal it"),
    _strike("lose-request", "Lose the next packet", "K", "The next request packet dies"),
    _strike("drop", "Drop", "D", "The selected packet dies here"),
    _strike("duplicate", "Duplicate", "U", "A second copy of the selected packet"),
    _strike("delay", "Delay", "Y", "The selected packet arrives a second later"),
    ActionSpec(
        "storm",
        "Break it",
        "Storm…",
        ("W",),
        "Choose a storm: faults that strike everywhere, at random",
        lambda h: h.window.weather.toggle_card(),
    ),
    ActionSpec(
        "storm-on",
        "Break it",
        "Start or end the storm",
        ("Shift+W",),
        "Start the storm that is chosen, or end the one that blows",
        lambda h: h.window.weather.toggle_storm(),
    ),
    ActionSpec(
        "heal-all",
        "Break it",
        "Heal everything",
        ("Ctrl+H",),
        "Restart, resume, heal and disarm everything",
        lambda h: h.window.weather.heal(),
        lambda now: now.is_broken,
    ),
    ActionSpec(
        "disarm",
        "Break it",
        "Disarm",
        ("Shift+C",),
        "Drop what is armed on the selection",
        lambda h: h.disarm(),
        lambda now: now.selected in ("node", "link"),
    ),
)
"""What strikes one thing or everything, and what heals."""
