"""Which deaths are marked, for how long, and which are buried where?

Pure: deaths and a moment in, marks and graves out. A dead packet is marked for a while; a lost
message stays at the place of its death and then travels to the grave of that place.
"""

from typing import NamedTuple

from playground.session.frame import Death
from playground.ui.canvas.motion import FASTEST_WITH_FLASHES, eased, wall_ms

PACKET_MARK_MS = 2_500.0
LOST_STAYS_MS = 600.0
TRAVEL_MS = 240.0
REASON_MS = 4_000.0
MOST_REASONS = 3


class Mark(NamedTuple):
    """A death that is still fresh."""

    death: Death
    travelled: float  # 0 at the place of death, 1 at the grave
    has_plate: bool


class Grave(NamedTuple):
    """All messages lost at one place."""

    place: str
    fraction: float  # where the first of them died, so that the grave stands still
    is_reply: bool
    lost: int
    reason: str  # of the newest; "" once it has been read
    newest_us: int  # when the last one died


def marks(
    deaths: tuple[Death, ...], now_us: int, speed: float, *, is_calm: bool = False
) -> tuple[Mark, ...]:
    """What is drawn at the places of death themselves, oldest first.

    Where motion is reduced a lost message stays as long and then is in its grave, without a way.
    """
    if speed > FASTEST_WITH_FLASHES:
        return ()
    life_ms = LOST_STAYS_MS + (0.0 if is_calm else TRAVEL_MS)
    lost = {
        (death.place, death.message, death.at_us) for death in deaths if death.kind == "message"
    }
    result: list[Mark] = []
    plated: set[tuple[str, bool]] = set()
    for death in reversed(deaths):
        age_ms = wall_ms(now_us - death.at_us, speed)
        if age_ms < 0:
            continue
        if death.kind == "message":
            if age_ms < life_ms:
                result.append(Mark(death, eased((age_ms - LOST_STAYS_MS) / TRAVEL_MS), False))
        elif age_ms < PACKET_MARK_MS:
            if (death.place, death.message, death.at_us) in lost:
                continue  # the message died with it, and that is the news
            lane = (death.place, death.is_reply)
            result.append(Mark(death, 0.0, lane not in plated))
            plated.add(lane)
    return tuple(reversed(result))


def graves(deaths: tuple[Death, ...], now_us: int, speed: float) -> tuple[Grave, ...]:
    """One grave per place, in the order in which they were dug; the newest few say why."""
    places: dict[str, list[Death]] = {}
    for death in deaths:
        if death.kind == "message" and death.at_us <= now_us:
            places.setdefault(death.place, []).append(death)
    newest = sorted(places.values(), key=lambda dead: dead[-1].at_us, reverse=True)
    result = []
    for dead in places.values():
        last, rank = dead[-1], newest.index(dead)
        is_fresh = wall_ms(now_us - last.at_us, speed) < REASON_MS and rank < MOST_REASONS
        first = dead[0]
        result.append(
            Grave(
                first.place,
                first.fraction,
                first.is_reply,
                len(dead),
                last.text if is_fresh else "",
                last.at_us,
            )
        )
    return tuple(result)


def grave_words(grave: Grave, *, is_stage: bool) -> str:
    """The count on the plate."""
    return f"{grave.lost} lost" if is_stage else f"{grave.lost} lost here"
