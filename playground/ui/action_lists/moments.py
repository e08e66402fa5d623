"""How does a person move through the time of the run?"""

from playground.ui.action_spec import ActionSpec

TIME: tuple[ActionSpec, ...] = (
    ActionSpec("run", "Time", "Run", ("Space",), "Run or pause", lambda h: h.toggle_running()),
    ActionSpec(
        "step", "Time", "Step", ("N",), "To the next thing that happens", lambda h: h.step()
    ),
    ActionSpec("start", "Time", "To the start", ("Home",), "Back to 0 s", lambda h: h.to_start()),
    ActionSpec(
        "reset",
        "Time",
        "Reset everything",
        ("R",),
        "Back to the start: faults, speed and seed as in the file",
        lambda h: h.reset(),
    ),
    ActionSpec(
        "before",
        "Time",
        "Back to just before",
        ("Shift+N",),
        "Back to just before the last fault, loss or repeat; again: the one before that",
        lambda h: h.window.past.go_before(),
    ),
    ActionSpec(
        "end",
        "Time",
        "As far as it was played",
        ("End",),
        "To the farthest moment that this run has been played to",
        lambda h: h.window.past.go_to_end(),
        lambda now: now.has_end,
    ),
    ActionSpec(
        "branch",
        "Time",
        "The other branch",
        ("Ctrl+Shift+B",),
        "The run as it went before you clicked something else in its past",
        lambda h: h.window.past.go_to_branch(),
        lambda now: now.has_branch,
    ),
    ActionSpec("faster", "Time", "Faster", ("+", "="), "Faster", lambda h: h.change_speed(1)),
    ActionSpec("slower", "Time", "Slower", ("-",), "Slower", lambda h: h.change_speed(-1)),
)
"""What moves through the time of the run."""
