"""What can be done with the document as a whole?"""

from playground.ui.action_spec import ActionSpec

DOCUMENTS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "Document", "New", ("Ctrl+N",), "An empty scenario", lambda h: h.new()),
    ActionSpec("open", "Document", "Open…", ("Ctrl+O",), "Open a file", lambda h: h.ask_open()),
    ActionSpec("save", "Document", "Save", ("Ctrl+S",), "Save", lambda h: h.save()),
    ActionSpec(
        "save-as",
        "Document",
        "Save as…",
        ("Ctrl+Shift+S",),
        "Save under another name",
        lambda h: h.ask_save_as(),
    ),
    ActionSpec(
        "save-run",
        "Document",
        "Save this run as a scenario…",
        ("Ctrl+Alt+S",),
        "A file that begins as this run began, with every click in its script",
        lambda h: h.window.past.ask_save_run(),
    ),
    ActionSpec(
        "presets",
        "Document",
        "Presets…",
        ("Ctrl+P",),
        "Choose a preset by its picture",
        lambda h: h.show_presets(),
    ),
    ActionSpec("quit", "Document", "Quit", ("Ctrl+Q",), "Close the window", lambda h: h.quit()),
)
"""What opens, saves and leaves."""
