"""Why can an action not be done now?

An action knows when it is possible; here stands, in words, what is missing when it is not.
"""

from playground.ui.actions import ActionSpec, Situation

A_NODE = "select a node first"
ONE_NODE = "select one node first"
TWO_NODES = "select two nodes or more first"
A_LINK = "select a link first"
A_PACKET = "select a packet first"
PRESENTING = "not while presenting"
ON_STAGE = "only while presenting"
NO_CUES = "this scenario has no cue cards"
NOT_THIS = "what is selected does not allow it now"

MISSING: dict[str, str] = {
    "cut-out": A_NODE,
    "copy": A_NODE,
    "double": A_NODE,
    "delete": "select a node or a link first",
    "link": ONE_NODE,
    "rename": ONE_NODE,
    "undo": "nothing has been edited",
    "redo": "nothing has been undone",
    "end": "this is as far as it was played",
    "branch": "nothing was clicked in the past of this run",
    "heal-all": "nothing is broken",
    "crash": A_NODE,
    "pause": A_NODE,
    "fail": "select a consumer first",
    "lose-ack": "select a consumer, a producer or a link first",
    "cut": A_LINK,
    "lose-request": A_LINK,
    "drop": A_PACKET,
    "duplicate": A_PACKET,
    "delay": A_PACKET,
    "disarm": "select a node or a link first",
    "next-cue": NO_CUES,
    "last-cue": NO_CUES,
    "cues": NO_CUES,
    "clicker-next": ON_STAGE,
    "clicker-back": ON_STAGE,
    "blank": ON_STAGE,
}
WANTED: dict[str, str] = {
    "crash": "node",
    "pause": "node",
    "fail": "node",
    "cut": "link",
    "lose-request": "link",
    "drop": "packet",
    "duplicate": "packet",
    "delay": "packet",
}
"""What must be selected for a fault; with it selected, something else stands in the way."""


def why_not(spec: ActionSpec, now: Situation) -> str:
    """What stands in the way; "" where nothing does."""
    if spec.when(now):
        return ""
    if now.is_presenting and spec.when(now._replace(is_presenting=False)):
        return PRESENTING
    if spec.id.startswith("align-"):
        return TWO_NODES
    if WANTED.get(spec.id) == now.selected and now.selected:
        return NOT_THIS
    return MISSING.get(spec.id, "not possible now")
