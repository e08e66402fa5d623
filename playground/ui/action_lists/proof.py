"""What searches for the faults that break a promise?"""

from playground.ui.action_spec import ActionSpec, is_at_the_desk

PROOF: tuple[ActionSpec, ...] = (
    ActionSpec(
        "prove-page",
        "Prove it",
        "Prove it…",
        ("V",),
        "The page that searches every schedule of faults",
        lambda h: h.window.proving.open_page(),
        is_at_the_desk,
    ),
    ActionSpec(
        "prove",
        "Prove it",
        "Prove, or cancel",
        ("Ctrl+Return",),
        "Prove the promises of this scene, or stop the proof that runs",
        lambda h: h.window.proving.toggle(),
    ),
    ActionSpec(
        "play-counterexample",
        "Prove it",
        "Play the counterexample",
        ("Shift+V",),
        "The plainest one on the canvas, slowed, up to where the promise breaks",
        lambda h: h.window.proving.play_first(),
    ),
)
"""From the question to the counterexample on the canvas."""
