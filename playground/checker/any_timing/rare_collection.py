"""How does a search that keeps all it finds spare the collector the trouble of looking through it?

States are tuples of numbers and hold no cycles; the collector would look at them again and again
for nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 100_000
"""New objects until it looks at the youngest; 700 is usual."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Inside, garbage in cycles is looked for far less often."""
    usual = gc.get_threshold()
    if usual[0]:
        gc.set_threshold(max(YOUNG, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
