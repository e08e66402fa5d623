"""Has this message been applied before? A dedup memory with a window, a column of moments."""

from array import array


class Seen:
    """Remembers messages by their row, each with the moment; 8 bytes a message.

    ``window_us`` is given on asking, since it can be changed while running: ``None`` is for ever.
    """

    __slots__ = ("_moments",)

    def __init__(self) -> None:
        self._moments = array("q")  # moment + 1; 0: never seen

    @property
    def moments(self) -> "array[int]":
        """By message: the moment it was added + 1, or 0. It grows in place, but ``add`` does it."""
        return self._moments

    def has(self, message: int, now_us: int, window_us: int | None) -> bool:
        """Whether it was added and its window has not run out."""
        try:
            moment = self._moments[message]
        except IndexError:
            return False
        return moment != 0 and (window_us is None or now_us < moment - 1 + window_us)

    def add(self, message: int, now_us: int) -> None:
        """Remember it from now."""
        try:
            self._moments[message] = now_us + 1
        except IndexError:
            missing = message + 1 - len(self._moments)
            # An eighth more wastes little and keeps the number of moves small.
            self._moments.frombytes(bytes(8 * max(missing, len(self._moments) // 8, 64)))
            self._moments[message] = now_us + 1

    def forget(self, message: int | None) -> None:
        """Forget one message, or all of them."""
        if message is None:
            self._moments = array("q")
        elif message < len(self._moments):
            self._moments[message] = 0

    def fork(self) -> "Seen":
        """An independent copy."""
        twin = Seen()
        twin._moments = self._moments[:]
        return twin
