"""Which faults can strike what is selected, right now, and which command does it?

The inspector's buttons and the keys grow from here. A verb that would change nothing has no
command and says why.
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
)
from playground.session.frame import (
    ConsumerView,
    Frame,
    LinkView,
    NodeView,
    ProducerView,
)
from playground.ui.canvas.verbs import packet_names, points

Selection = tuple[str | int, ...] | None
"""``("node", id)``, ``("link", source, target)``, ``("packet", flight)`` or nothing."""


class Verb(NamedTuple):
    """One thing that can be done to what is selected."""

    id: str
    text: str
    tip: str
    command: Command | None
    why_not: str = ""


def node_view(frame: Frame, node: str) -> NodeView | None:
    """The card of this name, if it is still there."""
    return next((view for view in frame.nodes if view.id == node), None)


def link_view(frame: Frame, source: str, target: str) -> LinkView | None:
    """The link between these two, if it is still there."""
    return next(
        (link for link in frame.links if (link.source, link.target) == (source, target)), None
    )


def verbs_for(selection: Selection, frame: Frame) -> tuple[Verb, ...]:
    """Every verb for the selection, the most used first."""
    if selection is None:
        return ()
    if selection[0] == "packet":
        return _packet_verbs(int(selection[1]))
    if selection[0] == "link":
        link = link_view(frame, str(selection[1]), str(selection[2]))
        return _link_verbs(link, frame) if link is not None else ()
    view = node_view(frame, str(selection[1]))
    return _node_verbs(view, frame) if view is not None else ()


def _node_verbs(view: NodeView, frame: Frame) -> tuple[Verb, ...]:
    name = view.id
    crash = (
        Verb("crash", "Crash", f"Kill {name} now.", CrashNode(name))
        if view.is_up
        else Verb("crash", "Restart", f"Start {name} again now.", RestartNode(name))
    )
    if not view.is_up:
        pause = Verb("pause", "Pause", "", None, f"{name} is down.")
    elif view.is_paused:
        pause = Verb("pause", "Resume", f"Let {name} go on.", ResumeNode(name))
    else:
        pause = Verb("pause", "Pause", f"Stop {name}; nobody notices.", PauseNode(name))
    if isinstance(view, ConsumerView):
        return (crash, pause, _lose_ack(view, frame), _fail_next(view))
    if isinstance(view, ProducerView):
        burst = Verb("burst", "Burst of 10", "Ten messages at once.", Burst(name))
        return (crash, pause, burst, _lose_confirm(view, frame))
    return (crash, pause)


def _lose_ack(view: ConsumerView, frame: Frame) -> Verb:
    queue = next((link.source for link in frame.links if link.target == view.id), None)
    text, tip = "Lose next ack", f"The next ack of {view.id} dies on its way."
    if queue is None:
        return Verb("lose-ack", text, tip, None, f"{view.id} is not connected.")
    if view.how == "auto-ack":
        return Verb("lose-ack", text, tip, None, f"{view.id} auto-acks, no ack is sent.")
    if view.how in ("transaction", "two-phase"):
        return _lose_answer(view, frame)
    return Verb("lose-ack", text, tip, ArmPacketFault("drop", view.id, queue, "ACK"))


def _lose_answer(view: ConsumerView, frame: Frame) -> Verb:
    """Who commits through a coordinator sends no ack; the answer to its commit can be lost."""
    coordinator = next((link.target for link in frame.links if link.source == view.id), None)
    text, tip = (
        "Lose answer",
        f"The next answer to a commit of {view.id} dies on its way; it asks again.",
    )
    if coordinator is None:
        return Verb("lose-ack", text, tip, None, f"{view.id} has no coordinator.")
    reply = "REQ_OK" if view.how == "two-phase" else "END_OK"
    return Verb("lose-ack", text, tip, ArmPacketFault("drop", coordinator, view.id, reply))


def _lose_confirm(view: ProducerView, frame: Frame) -> Verb:
    queue = next((link.target for link in frame.links if link.source == view.id), None)
    text, tip = "Lose confirm", f"The next confirm to {view.id} dies on its way."
    if queue is None:
        return Verb("lose-ack", text, tip, None, f"{view.id} is not connected.")
    if view.publish != "confirmed":
        return Verb("lose-ack", text, tip, None, f"{view.id} asks for no confirms.")
    return Verb("lose-ack", text, tip, ArmPacketFault("drop", queue, view.id, "CONFIRM"))


def _fail_next(view: ConsumerView) -> Verb:
    tip = f"The next handler of {view.id} fails; the process lives."
    if view.armed_failure:
        return Verb("fail", "Fail next", tip, None, "The next handler fails already.")
    return Verb("fail", "Fail next", tip, FailNext(view.id))


def _link_verbs(link: LinkView, frame: Frame) -> tuple[Verb, ...]:
    source, target = link.source, link.target
    is_cut = link.cut_request or link.cut_reply
    cut = (
        Verb("cut", "Heal", "Packets pass again.", HealLink(source, target))
        if is_cut
        else Verb("cut", "Cut", "Nothing passes until you heal it.", CutLink(source, target))
    )
    request, reply = packet_names(node_view(frame, source), node_view(frame, target))
    lose_request = f"Lose next {request}"
    lose_reply = f"Lose next {reply}"
    if link.transport == "stream":
        why = "On a stream a single packet cannot be lost: cut the link."
        return (
            cut,
            Verb("lose-request", lose_request, "", None, why),
            Verb("lose-ack", lose_reply, "", None, why),
            Verb("duplicate-next", f"Double next {request}", "", None, why),
        )
    return (
        cut,
        Verb(
            "lose-request",
            lose_request,
            "It dies on its way.",
            ArmPacketFault("drop", source, target, request),
        ),
        _lose_reply(link, frame, lose_reply, reply),
        Verb(
            "duplicate-next",
            f"Double next {request}",
            "A second copy travels with it.",
            ArmPacketFault("duplicate", source, target, request),
        ),
    )


def _lose_reply(link: LinkView, frame: Frame, text: str, reply: str) -> Verb:
    consumer = node_view(frame, link.target)
    if isinstance(consumer, ConsumerView) and consumer.how == "two-phase":
        return Verb("lose-ack", text, "", None, f"{consumer.id} commits, no ack is sent.")
    if isinstance(consumer, ConsumerView) and reply == "ACK":
        return _lose_ack(consumer, frame)._replace(text=text)
    return Verb(
        "lose-ack",
        text,
        "It dies on its way.",
        ArmPacketFault("drop", link.target, link.source, reply),
    )


def _packet_verbs(flight: int) -> tuple[Verb, ...]:
    return (
        Verb("drop", "Drop", "This packet dies here.", DropPacket(flight)),
        Verb("duplicate", "Duplicate", "A second copy leaves from here.", DuplicatePacket(flight)),
        Verb("delay", "Delay", "It arrives a second later.", DelayPacket(flight)),
    )


def armed_texts(selection: Selection, frame: Frame) -> tuple[str, ...]:
    """What waits to strike the selection, in words."""
    if selection is None or selection[0] == "packet":
        return ()
    if selection[0] == "link":
        link = link_view(frame, str(selection[1]), str(selection[2]))
        return () if link is None else tuple(f"{fault} next {what}" for fault, what in link.armed)
    view = node_view(frame, str(selection[1]))
    if view is None:
        return ()
    texts = [f"crash {point.replace('-', ' ')}" for point in view.armed]
    if isinstance(view, ConsumerView) and view.armed_failure:
        texts.append("next handler fails")
    return tuple(texts)


def disarm(selection: Selection) -> Command | None:
    """What drops everything armed on the selection."""
    if selection is None or selection[0] == "packet":
        return None
    return Disarm(str(selection[1]))


def heal_everything(frame: Frame) -> tuple[Command, ...]:
    """What restarts, resumes, heals and disarms whatever needs it; nothing where all is well."""
    commands: list[Command] = []
    armed: dict[str, None] = {}
    for view in frame.nodes:
        if not view.is_up:
            commands.append(RestartNode(view.id))
        elif view.is_paused:
            commands.append(ResumeNode(view.id))
        if armed_texts(("node", view.id), frame):
            armed[view.id] = None
    for link in frame.links:
        if link.cut_request or link.cut_reply:
            commands.append(HealLink(link.source, link.target))
        if link.armed and link.source not in armed and link.target not in armed:
            armed[link.target] = None
    return (*commands, *(Disarm(node) for node in armed))


def arm_crash(view: NodeView) -> tuple[tuple[str, Command], ...]:
    """The points of its program at which this node can be armed to crash, in order."""
    every = points(view)
    if isinstance(view, ConsumerView):
        every = tuple(dict.fromkeys(point for point in view.gates if point))
    return tuple((point.replace("-", " "), ArmCrash(view.id, point)) for point in every)
