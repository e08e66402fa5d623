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


def packet_fault(
    packet: str, source: tuple[str, str], target: tuple[str, str], suggest: Suggest = nearest
) -> str | None:
    """Why this packet never travels from one node to the other; a node is its id and its kind."""
    if packet not in WAYS:
        meant = suggest(packet, WAYS)
        remedy = f"Did you mean {quoted(meant)}?" if meant else f"Write {one_of(tuple(WAYS))}."
        return f"{quoted(packet)} is not a packet. {remedy}"
    way = (source[1], target[1])
    if way == WAYS[packet]:
        return None
    if way[::-1] == WAYS[packet]:
        return (
            f"{packet} travels from {quoted(target[0])} to {quoted(source[0])}. Swap from and to."
        )
    fitting = tuple(name for name, ends in WAYS.items() if ends == way)
    return f"{packet} never travels from a {way[0]} to a {way[1]}. Write {one_of(fitting)}."
