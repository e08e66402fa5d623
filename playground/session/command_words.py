"""How is a wish told in a few words, as in a list of what was clicked?"""

from collections.abc import Callable
from typing import Any

from playground.engine import commands as c
from playground.engine.units import format_us


def _way(wish: Any) -> str:
    return f"{wish.source} → {wish.target}"


def _for(wish: Any) -> str:
    return "" if wish.for_us is None else f" for {format_us(wish.for_us)}"


def _of(wish: Any) -> str:
    return f" of {wish.message}" if wish.message is not None else ""


def _set(wish: Any, place: str) -> str:
    return f"set {place}: {', '.join(name.removesuffix('_us') for name, _ in wish.changes)}"


_TOLD: dict[type, Callable[[Any], str]] = {
    c.CrashNode: lambda wish: f"crash {wish.node}{_for(wish)}",
    c.RestartNode: lambda wish: f"restart {wish.node}",
    c.PauseNode: lambda wish: f"pause {wish.node}{_for(wish)}",
    c.ResumeNode: lambda wish: f"resume {wish.node}",
    c.ArmCrash: lambda wish: f"arm a crash of {wish.node} at {wish.point}",
    c.ArmPause: lambda wish: f"arm a pause of {wish.node} at {wish.point}",
    c.Disarm: lambda wish: f"disarm {wish.node}",
    c.ArmPacketFault: lambda wish: f"{wish.fault} the next {wish.packet}{_of(wish)}, {_way(wish)}",
    c.StrikePacket: lambda wish: f"{wish.fault} {wish.packet}{_of(wish)}, {_way(wish)}",
    c.CutLink: lambda wish: f"cut {_way(wish)}{_for(wish)}",
    c.HealLink: lambda wish: f"heal {_way(wish)}",
    c.ExpireEntry: lambda wish: f"expire {wish.message} in {wish.queue}",
    c.DeadLetterEntry: lambda wish: f"dead-letter {wish.message} in {wish.queue}",
    c.ForgetDedup: lambda wish: f"{wish.node} forgets what it has seen",
    c.FailNext: lambda wish: f"the next handler of {wish.node} fails",
    c.Burst: lambda wish: f"{wish.count} messages of {wish.node} at once",
    c.SetNode: lambda wish: _set(wish, wish.node),
    c.SetLink: lambda wish: _set(wish, _way(wish)),
    c.AddNode: lambda wish: f"add {wish.node}",
    c.RemoveNode: lambda wish: f"remove {wish.node}",
    c.RenameNode: lambda wish: f"rename {wish.old} to {wish.new}",
    c.AddLink: lambda wish: f"link {_way(wish)}",
    c.RemoveLink: lambda wish: f"unlink {_way(wish)}",
    c.Settle: lambda _: "settle",
}


def told(wish: c.Command) -> str:
    """The wish in a few words: ``crash billing for 2 s``."""
    write = _TOLD.get(type(wish))
    return write(wish) if write is not None else type(wish).__name__
