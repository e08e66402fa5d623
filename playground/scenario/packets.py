"""Which packets travel between which kinds of node, and which way?"""

from playground.scenario.problem import Suggest, nearest, one_of, quoted

WAYS: dict[str, tuple[str, str]] = {
    "SEND": ("producer", "queue"),
    "CONFIRM": ("queue", "producer"),
    "REFUSE": ("queue", "producer"),
    "DELIVER": ("queue", "consumer"),
    "ACK": ("consumer", "queue"),
    "NACK": ("consumer", "queue"),
    "EXTEND": ("consumer", "queue"),
    "ACK_OK": ("queue", "consumer"),
    "ACK_FAIL": ("queue", "consumer"),
    "TXN_SEND": ("consumer", "queue"),
    "TXN_OFFSETS": ("consumer", "queue"),
    "TXN_OK": ("queue", "consumer"),
    "TXN_FAIL": ("queue", "consumer"),
    "INIT_PID": ("consumer", "coordinator"),
    "PID_OK": ("coordinator", "consumer"),
    "ADD_PARTITIONS": ("consumer", "coordinator"),
    "ADD_OK": ("coordinator", "consumer"),
    "END_TXN": ("consumer", "coordinator"),
    "END_OK": ("coordinator", "consumer"),
    "END_FAIL": ("coordinator", "consumer"),
    "REQ": ("consumer", "coordinator"),
    "REQ_OK": ("coordinator", "consumer"),
    "MARKER": ("coordinator", "queue"),
    "MARKER_OK": ("queue", "coordinator"),
    "PREPARE": ("coordinator", "queue"),
    "VOTE": ("queue", "coordinator"),
    "DECIDE": ("coordinator", "queue"),
    "DECIDED": ("queue", "coordinator"),
    "INQUIRE": ("queue", "coordinator"),
}
"""The kind of node that sends each packet, and the kind that it reaches."""
_TO_DATABASE = ("PREPARE", "VOTE", "DECIDE", "DECIDED", "INQUIRE")
"""What a coordinator and a group's database say to each other, as it and a queue do."""


def packet_fault(
    packet: str, source: tuple[str, str], target: tuple[str, str], suggest: Suggest = nearest
) -> str | None:
    """Why this packet never travels from one node to the other; a node is its id and its kind."""
    if packet not in WAYS:
        meant = suggest(packet, WAYS)
        remedy = f"Did you mean {quoted(meant)}?" if meant else f"Write {one_of(tuple(WAYS))}."
        return f"{quoted(packet)} is not a packet. {remedy}"
    way = (source[1], target[1])
    if way in _ways(packet):
        return None
    if way[::-1] in _ways(packet):
        return (
            f"{packet} travels from {quoted(target[0])} to {quoted(source[0])}. Swap from and to."
        )
    fitting = tuple(name for name in WAYS if way in _ways(name))
    return f"{packet} never travels from a {way[0]} to a {way[1]}. Write {one_of(fitting)}."


def _ways(packet: str) -> tuple[tuple[str, str], ...]:
    source, target = WAYS[packet]
    if packet not in _TO_DATABASE:
        return ((source, target),)
    of_database = {"queue": "database"}
    return ((source, target), (of_database.get(source, source), of_database.get(target, target)))
