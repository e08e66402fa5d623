"""How do nodes get onto the canvas, and in line?"""

from playground.ui.action_spec import ActionSpec, can_line_up, is_at_the_desk


def _line_up(edge: str, text: str, key: str) -> ActionSpec:
    return ActionSpec(
        f"align-{edge}",
        "Build",
        text,
        (key,),
        f"{text} of the selected nodes",
        lambda h: h.build.line_up(edge),
        can_line_up,
    )


def _add(kind: str, key: str) -> ActionSpec:
    return ActionSpec(
        f"add-{kind}",
        "Build",
        f"Add a {kind}",
        (key,),
        f"A new {kind} where there is room",
        lambda h: h.build.add_part(kind),
        is_at_the_desk,
    )


PARTS: tuple[ActionSpec, ...] = (
    _add("producer", "Ctrl+1"),
    _add("queue", "Ctrl+2"),
    _add("consumer", "Ctrl+3"),
    _add("coordinator", "Ctrl+4"),
    ActionSpec(
        "link",
        "Build",
        "Link to…",
        ("Ctrl+L",),
        "Choose what the selected node is linked to",
        lambda h: h.build.link(),
        lambda now: now.nodes == 1,
    ),
    ActionSpec(
        "rename",
        "Build",
        "Rename",
        ("F2",),
        "Give the selected node another name",
        lambda h: h.build.begin_rename(),
        lambda now: now.nodes == 1 and not now.is_presenting,
    ),
    ActionSpec(
        "arrange",
        "Build",
        "Arrange everything",
        ("Ctrl+Shift+A",),
        "Every node in its column",
        lambda h: h.build.arrange(),
        is_at_the_desk,
    ),
    _line_up("left", "Align the left edges", "Ctrl+Shift+Left"),
    _line_up("centre", "Align the centres", "Ctrl+Shift+C"),
    _line_up("right", "Align the right edges", "Ctrl+Shift+Right"),
    _line_up("top", "Align the top edges", "Ctrl+Shift+Up"),
    _line_up("middle", "Align the middles", "Ctrl+Shift+M"),
    _line_up("bottom", "Align the bottom edges", "Ctrl+Shift+Down"),
)
"""What adds, links, names and places nodes."""
