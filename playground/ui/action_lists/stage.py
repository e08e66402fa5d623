"""What does a speaker do before an audience?"""

from playground.ui.action_spec import ActionSpec, has_cues, is_on_the_stage

STAGE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "present",
        "Stage",
        "Present",
        ("F5",),
        "Canvas and scoreboard only, on the whole screen; again: back",
        lambda h: h.present(),
    ),
    ActionSpec(
        "next-cue",
        "Stage",
        "Next cue",
        ("Ctrl+PgDown",),
        "Play until the next cue card and rest there; twice: be there at once",
        lambda h: h.window.presenter.next_cue(),
        has_cues,
    ),
    ActionSpec(
        "last-cue",
        "Stage",
        "Back to the last cue",
        ("Ctrl+PgUp",),
        "To the beginning of this cue card, or of the one before",
        lambda h: h.window.presenter.last_cue(),
        has_cues,
    ),
    ActionSpec(
        "clicker-next",
        "Stage",
        "Clicker: on",
        ("PgDown", "Right"),
        "While presenting: to the next cue",
        lambda h: h.window.presenter.next_cue(),
        is_on_the_stage,
    ),
    ActionSpec(
        "clicker-back",
        "Stage",
        "Clicker: back",
        ("PgUp", "Left"),
        "While presenting: to the last cue",
        lambda h: h.window.presenter.last_cue(),
        is_on_the_stage,
    ),
    ActionSpec(
        "blank",
        "Stage",
        "Blank the screen",
        ("B", "."),
        "While presenting: black, and the run rests; any key goes on",
        lambda h: h.window.presenter.blank(),
        is_on_the_stage,
    ),
    ActionSpec(
        "cues",
        "Stage",
        "Cue cards at the desk",
        ("Ctrl+Shift+U",),
        "Show the cue cards at the desk and wait at them, or not",
        lambda h: h.window.presenter.toggle_cues(),
        has_cues,
    ),
)
"""What a speaker does."""
