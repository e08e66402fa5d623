"""Where does a link run, and where on it is a packet?

Pure geometry in numpy, scene pixels, y downwards. A link leaves one port along its outward normal
and enters another against it. The middle line is a cubic, or a detour where the target lies behind;
both lanes are offsets along its normals, requests to the left of their travel, replies to the left
of theirs. Sampled once per move; a place is then one interpolation for all packets together.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # shape (n, 2)

SAMPLES = 96
DENSE = 385
LEAST_HANDLE_PX, MOST_HANDLE_PX = 32.0, 200.0
AHEAD_PX = 48.0  # a target nearer than this along the normal needs a detour
OUT_PX = 44.0
CLEAR_PX = 64.0  # between two nodes that a level run may pass between
BELOW_PX = 32.0
CORNER_PX = 28.0


@dataclass(frozen=True, slots=True)
class Port:
    """The end of a link: a point and the direction out of its node."""

    x: float
    y: float
    out_x: float
    out_y: float

    @property
    def at(self) -> Points:
        """The point."""
        return np.array((self.x, self.y))

    @property
    def normal(self) -> Points:
        """The direction out of the node, of length 1."""
        return np.array((self.out_x, self.out_y))


@dataclass(frozen=True, slots=True)
class Span:
    """How far a node reaches from top to bottom, for a detour to go round it."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True, eq=False)
class LinkPath:
    """A link's lines, each with ``SAMPLES`` points evenly spaced along it."""

    middle: Points
    normals: Points  # of the middle line, to the left of a request's travel
    request: Points  # from source to target
    reply: Points  # from target to source
    request_way: Points  # where the middles of packets are, from their sending to their arrival
    reply_way: Points
    length_px: float

    def lane(self, is_reply: bool) -> Points:
        """The rail of requests or of replies, in their direction."""
        return self.reply if is_reply else self.request

    def way(self, is_reply: bool) -> Points:
        """The part of the rail that the middles of its packets travel."""
        return self.reply_way if is_reply else self.request_way


def link_path(
    source: Port,
    target: Port,
    lane_px: float,
    around: tuple[Span, Span] | None = None,
    inset_px: float = 0.0,
) -> LinkPath:
    """The lines of a link between two ports.

    ``around`` are the nodes a detour must clear; ``inset_px`` is how far from the ports a packet is
    when it leaves and when it has arrived, so that no port hides its number.
    """
    dense = middle_line(source, target, lane_px, around)
    middle = even(dense)
    normals = normals_of(middle)
    # The ends must stand square to their ports, whatever the sampling says.
    normals[0] = left_of(source.normal)
    normals[-1] = left_of(-target.normal)
    request = even(middle + lane_px * normals)
    reply = even((middle - lane_px * normals)[::-1])
    ways = trimmed(request, inset_px), trimmed(reply, inset_px)
    return LinkPath(middle, normals, request, reply, *ways, float(arc_length(middle)[-1]))


def middle_line(
    source: Port, target: Port, lane_px: float, around: tuple[Span, Span] | None = None
) -> Points:
    """The dense middle line between two ports."""
    ahead = float((target.at - source.at) @ source.normal)
    if ahead < AHEAD_PX and source.normal @ target.normal < -0.5:
        return detour(source, target, around)
    return cubic(source, target, lane_px)


def handle_px(source: Port, target: Port, lane_px: float) -> float:
    """How far the control points stand out: enough that no lane ever folds over itself."""
    d = target.at - source.at
    along = abs(float(d @ source.normal))
    across = abs(float(d @ left_of(source.normal)))
    wanted = max(along / 2, math.sqrt(4 / 3 * lane_px * across))
    return min(max(wanted, LEAST_HANDLE_PX), MOST_HANDLE_PX)


def cubic(source: Port, target: Port, lane_px: float) -> Points:
    """The plain curve."""
    reach = handle_px(source, target, lane_px)
    p0, p3 = source.at, target.at
    p1, p2 = p0 + reach * source.normal, p3 + reach * target.normal
    t = np.linspace(0, 1, DENSE)[:, None]
    u = 1 - t
    result: Points = u**3 * p0 + 3 * u**2 * t * p1 + 3 * u * t**2 * p2 + t**3 * p3
    return result


def detour(source: Port, target: Port, around: tuple[Span, Span] | None) -> Points:
    """Out, to a level run between or below the nodes, and in from outside."""
    first = around[0] if around else Span(source.y - CLEAR_PX, source.y + CLEAR_PX)
    second = around[1] if around else Span(target.y - CLEAR_PX, target.y + CLEAR_PX)
    upper, lower = (first, second) if first.top <= second.top else (second, first)
    if lower.top - upper.bottom >= CLEAR_PX:
        level = (upper.bottom + lower.top) / 2
    else:
        level = max(first.bottom, second.bottom) + BELOW_PX
    out, back = source.at + OUT_PX * source.normal, target.at + OUT_PX * target.normal
    corners = (
        source.at,
        out,
        np.array((out[0], level)),
        np.array((back[0], level)),
        back,
        target.at,
    )
    return rounded(corners)


def rounded(corners: tuple[Points, ...]) -> Points:
    """A polyline with arcs of ``CORNER_PX``, at most half the shorter leg, as dense points."""
    kept = [corners[0]]
    for corner in corners[1:]:
        if np.hypot(*(corner - kept[-1])) > 1e-6:
            kept.append(corner)
    parts: list[Points] = [kept[0][None, :]]
    for i in range(1, len(kept) - 1):
        before, here, after = kept[i - 1], kept[i], kept[i + 1]
        legs = (here - before, after - here)
        lengths = [float(np.hypot(*leg)) for leg in legs]
        usable = [
            length if end else length / 2
            for length, end in zip(lengths, (i == 1, i == len(kept) - 2), strict=True)
        ]
        radius = min(CORNER_PX, *usable)
        parts.append(_arc(here, legs[0] / lengths[0], legs[1] / lengths[1], radius))
    parts.append(kept[-1][None, :])
    return densified(np.concatenate(parts))


def _arc(corner: Points, come: Points, go: Points, radius: float) -> Points:
    """The quarter circle that replaces a right-angled corner; straight on, the corner itself."""
    if abs(float(come @ go)) > 0.99:
        return corner[None, :]
    centre = corner - radius * come + radius * go
    angle = np.linspace(0, math.pi / 2, 24)[:, None]
    result: Points = centre - radius * go * np.cos(angle) + radius * come * np.sin(angle)
    return result


def densified(points: Points) -> Points:
    """The same polyline with ``DENSE`` evenly spaced points."""
    return even(points, DENSE)


def arc_length(points: Points) -> NDArray[np.float64]:
    """The length of the way from the first point to each."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    return np.concatenate(((0.0,), np.cumsum(steps)))


def even(points: Points, count: int = SAMPLES) -> Points:
    """The polyline, resampled at ``count`` points of equal distance along it."""
    length = arc_length(points)
    wanted = np.linspace(0, length[-1], count)
    return np.stack([np.interp(wanted, length, points[:, axis]) for axis in (0, 1)], axis=1)


def trimmed(points: Points, inset_px: float) -> Points:
    """The line without its ends, evenly spaced; a short one keeps two thirds of itself."""
    length = arc_length(points)
    inset = min(inset_px, length[-1] / 6)
    wanted = np.linspace(inset, length[-1] - inset, len(points))
    return np.stack([np.interp(wanted, length, points[:, axis]) for axis in (0, 1)], axis=1)


def left_of(direction: Points) -> Points:
    """The normal to the left of a direction, as seen on the screen (y points down)."""
    return np.array((direction[1], -direction[0]))


def normals_of(points: Points) -> Points:
    """Unit normals to the left of the travel along a polyline."""
    tangents = np.gradient(points, axis=0)
    tangents /= np.maximum(np.hypot(*tangents.T), 1e-9)[:, None]
    return np.stack((tangents[:, 1], -tangents[:, 0]), axis=1)


def place(line: Points, fraction: float) -> tuple[float, float]:
    """The point at a fraction of an evenly sampled line."""
    at = min(max(fraction, 0.0), 1.0) * (len(line) - 1)
    i = min(int(at), len(line) - 2)
    x, y = line[i] + (at - i) * (line[i + 1] - line[i])
    return float(x), float(y)


def direction(line: Points, fraction: float) -> tuple[float, float]:
    """The direction of travel at a fraction of a line, of length 1."""
    i = min(int(min(max(fraction, 0.0), 1.0) * (len(line) - 1)), len(line) - 2)
    dx, dy = line[i + 1] - line[i]
    size = math.hypot(dx, dy) or 1.0
    return float(dx / size), float(dy / size)


def places(
    lanes: NDArray[np.float64], lane: NDArray[np.intp], fraction: NDArray[np.float64]
) -> Points:
    """The points of many packets; ``lanes`` is (lanes, samples, 2), the others are (packets,)."""
    last = lanes.shape[1] - 1
    at = np.clip(fraction, 0.0, 1.0) * last
    i = np.minimum(at.astype(np.intp), last - 1)
    rest = (at - i)[:, None]
    result: Points = lanes[lane, i] * (1 - rest) + lanes[lane, i + 1] * rest
    return result


def smallest_radius(points: Points) -> float:
    """The radius of the tightest bend of a dense line, in pixels."""
    first = np.gradient(points, axis=0)
    second = np.gradient(first, axis=0)
    cross = np.abs(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0])
    size = np.hypot(*first.T) ** 3
    return float(1 / max(float(np.max(cross[2:-2] / np.maximum(size[2:-2], 1e-9))), 1e-9))


def distance_to(line: Points, x: float, y: float) -> tuple[float, float]:
    """How far a point is from a line, and at which fraction of it."""
    gaps = np.hypot(line[:, 0] - x, line[:, 1] - y)
    i = int(np.argmin(gaps))
    return float(gaps[i]), i / (len(line) - 1)
