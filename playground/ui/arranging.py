"""Where do cards stand when they are lined up?"""

from collections.abc import Mapping

Box = tuple[float, float, float, float]  # left, top, width, height
Place = tuple[float, float]

EDGES: dict[str, str] = {
    "left": "align the left edges of",
    "centre": "align the centres of",
    "right": "align the right edges of",
    "top": "align the top edges of",
    "middle": "align the middles of",
    "bottom": "align the bottom edges of",
}
"""What can be lined up, and what that edit is called."""


def lined_up(boxes: Mapping[str, Box], edge: str) -> dict[str, Place]:
    """The new corners: edges go to the outermost one, centres to the middle of all."""
    if len(boxes) < 2:
        return {}
    axis = 0 if edge in ("left", "centre", "right") else 1
    starts = {node: box[axis] for node, box in boxes.items()}
    ends = {node: box[axis] + box[axis + 2] for node, box in boxes.items()}
    first, last = min(starts.values()), max(ends.values())
    result: dict[str, Place] = {}
    for node, box in boxes.items():
        size = box[axis + 2]
        if edge in ("left", "top"):
            at = first
        elif edge in ("right", "bottom"):
            at = last - size
        else:
            at = (first + last - size) / 2
        result[node] = (at, box[1]) if axis == 0 else (box[0], at)
    return result
