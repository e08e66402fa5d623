"""Which search answers which question: these timings, or any timing?"""

from collections.abc import Callable

from playground.checker.prove import prove
from playground.checker.verdict import Method, Proof

Search = Callable[..., Proof]
"""Called with a scenario and bounds, and by keyword workers, on_progress, is_cancelled."""


def search_of(method: Method) -> Search:
    """The search of this method; the second one is imported only where it is asked for."""
    if method == "these timings":
        return prove
    from playground.checker.any_timing import prove_any_timing

    return prove_any_timing
