"""Is the promise kept whatever the clocks do? The engine's own handlers, in every order."""

from playground.checker.any_timing.prove import prove_any_timing

__all__ = ["prove_any_timing"]
