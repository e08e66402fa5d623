"""What can be done to a thing on the canvas, in words?

Pure: views in, verbs out. A verb carries the command that it wishes for; one that would change
nothing says why instead. The toolbar, the context menu and the keys all read these lists.
"""

from typing import NamedTuple

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    Burst,
    Command,
    CrashNode,
    CutLink,
    DelayPacket,
    Disarm,
    DropPacket,
    DuplicatePacket,
    FailNext,
    HealLink,
    PauseNode,
    RestartNode,
    ResumeNode,
    SetLink,
)
from playground.engine.parameters import Spread
from playground.scenario.points import DATABASE_POINTS
from playground.session.frame import (
    ConsumerView,
    CoordinatorView,
    DatabaseView,
    LinkView,
    ProducerView,
    QueueView,
)
from playground.ui.canvas.words import NodeView, point_words

ON_A_STREAM = "on a stream a single packet cannot be lost: cut the link"
IS_DOWN = "it is down: restart it first"
SLOWER = 10
FOLLOW = "Follow"
QUEUE_POINTS = ("received", "appended", "confirmed")
COMMIT_POINTS = {"two-phase": DATABASE_POINTS, "transaction": DATABASE_POINTS[2:]}
COORDINATOR_POINTS = ("received", "before-log", "after-log", "mid-decide", "decided")


class Verb(NamedTuple):
    """One word on a toolbar."""

    word: str
    command: Command | None = None
    key: str = ""
    reason: str = ""  # why it cannot be done now
    choices: tuple["Verb", ...] = ()
    action: str = ""  # the window's action that it stands for, with its target selected

    @property
    def is_enabled(self) -> bool:
        """Whether a click does something."""
        return not self.reason


def node_verbs(view: NodeView) -> tuple[Verb, ...]:
    """The verbs of a node."""
    down = "" if view.is_up else IS_DOWN
    if view.is_up:
        first = Verb("Crash", CrashNode(view.id), "C")
    else:
        first = Verb("Restart", RestartNode(view.id), "C")
    if view.is_paused and view.is_up:
        second = Verb("Resume", ResumeNode(view.id), "P")
    else:
        second = Verb("Pause", PauseNode(view.id), "P", down)
    result = [first, second]
    arms = tuple(
        Verb(point_words(point).capitalize(), ArmCrash(view.id, point)) for point in points(view)
    )
    if arms:
        result.append(Verb("Arm crash", reason=down, choices=arms))
    if isinstance(view, ConsumerView):
        reason = down or ("it is armed already" if view.armed_failure else "")
        result.append(Verb("Fail next", FailNext(view.id), "", reason))
    elif isinstance(view, ProducerView):
        result.append(Verb("Burst of 10", Burst(view.id, 10), "", down))
    if view.armed or (isinstance(view, ConsumerView) and view.armed_failure):
        result.append(Verb("Disarm", Disarm(view.id)))
    return tuple(result)


def points(view: NodeView) -> tuple[str, ...]:
    """The points of a node's program where a crash can be armed, in its order."""
    if isinstance(view, ProducerView):
        return ("before-send", "after-send")
    if isinstance(view, QueueView):
        return (*QUEUE_POINTS, *COMMIT_POINTS.get(view.commits, ()))
    if isinstance(view, CoordinatorView):
        return COORDINATOR_POINTS
    if isinstance(view, DatabaseView):
        return DATABASE_POINTS
    result: list[str] = []
    for index, stage in enumerate(view.stages):
        if stage == "effect" and "mid-effect" not in view.gates:
            result.append("mid-effect")
        if index < len(view.gates) and view.gates[index]:
            result.append(view.gates[index])
    return tuple(dict.fromkeys(result))


def link_verbs(
    link: LinkView, source: NodeView | None, target: NodeView | None
) -> tuple[Verb, ...]:
    """The verbs of a link; the rarer ones under *More*."""
    is_cut = link.cut_request or link.cut_reply
    if is_cut:
        first = Verb("Heal", HealLink(link.source, link.target), "X")
    else:
        first = Verb("Cut", CutLink(link.source, link.target), "X")
    slower = Spread(
        mean_us=link.latency_us * SLOWER,
        distribution=link.distribution,  # type: ignore[arg-type]
    )
    slow = Verb("Slow", SetLink(link.source, link.target, (("latency", slower),)))
    request, reply = packet_names(source, target)
    stream = ON_A_STREAM if link.transport == "stream" else ""
    silent = no_reply(source, target)
    lose = _fault(link, "drop", "Lose", request, is_reply=False, reason=stream)
    lose_reply = _fault(link, "drop", "Lose", reply, is_reply=True, reason=stream or silent)
    more = (
        _fault(link, "duplicate", "Double", request, is_reply=False, reason=stream),
        _fault(link, "delay", "Delay", request, is_reply=False, reason=""),
        _fault(link, "duplicate", "Double", reply, is_reply=True, reason=stream or silent),
        _fault(link, "delay", "Delay", reply, is_reply=True, reason=silent),
        Verb("Cut requests only", CutLink(link.source, link.target, "request")),
        Verb("Cut replies only", CutLink(link.source, link.target, "reply")),
    )
    found = (first, slow, lose, lose_reply._replace(key="L"), Verb("More", choices=more))
    # The way to a group's database is the coordinator's own: nothing can be set on it.
    return tuple(v for v in found if v is not slow or not isinstance(target, DatabaseView))


def packet_names(source: NodeView | None, target: NodeView | None = None) -> tuple[str, str]:
    """The request and the reply that matter most on a link."""
    if isinstance(target, CoordinatorView):
        is_two_phase = isinstance(source, ConsumerView) and source.how == "two-phase"
        return ("REQ", "REQ_OK") if is_two_phase else ("END_TXN", "END_OK")
    if isinstance(source, CoordinatorView):
        is_read_process_write = isinstance(target, QueueView) and target.commits == "transaction"
        return ("MARKER", "MARKER_OK") if is_read_process_write else ("DECIDE", "VOTE")
    if isinstance(target, ConsumerView) and target.how == "transaction":
        return "DELIVER", "TXN_OFFSETS"
    return ("SEND", "CONFIRM") if isinstance(source, ProducerView) else ("DELIVER", "ACK")


def no_reply(source: NodeView | None, target: NodeView | None) -> str:
    """Why no reply travels on a link; "" where one does."""
    if isinstance(source, ProducerView) and source.publish != "confirmed":
        return f"{source.id} fires and forgets: no confirm is sent"
    if isinstance(target, ConsumerView) and target.how == "auto-ack":
        return f"{target.id} auto-acks: no ack is sent"
    if isinstance(target, ConsumerView) and target.how == "two-phase":
        return f"{target.id} commits: no ack is sent"
    return ""


def _fault(
    link: LinkView, fault: str, verb: str, packet: str, *, is_reply: bool, reason: str
) -> Verb:
    ends = (link.target, link.source) if is_reply else (link.source, link.target)
    if not reason and (fault, packet) in link.armed:
        reason = "it is armed already"
    command = ArmPacketFault(fault, *ends, packet)  # type: ignore[arg-type]
    return Verb(f"{verb} next {packet}", command, "", reason)


def packet_verbs(flight: int, transport: str) -> tuple[Verb, ...]:
    """The verbs of a packet; *Follow* is the canvas' own."""
    stream = ON_A_STREAM if transport == "stream" else ""
    return (
        Verb("Drop", DropPacket(flight), "D", stream),
        Verb("Duplicate", DuplicatePacket(flight), "", stream),
        Verb("Delay", DelayPacket(flight)),
        Verb(FOLLOW),
    )


def by_key(verbs: tuple[Verb, ...], key: str) -> Verb | None:
    """The verb that a key stands for."""
    return next((verb for verb in verbs if verb.key == key), None)
