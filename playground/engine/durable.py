"""What does a group keep outside the processes of its consumers, where no crash reaches it?"""

from array import array

from playground.engine.seen import Seen


class Database:
    """What a group's consumers keep outside their processes: applied ids, marks, fences."""

    __slots__ = ("fences", "inbox", "marks", "message_fences")

    def __init__(self) -> None:
        self.marks = Seen()
        self.inbox = Seen()
        self.fences: dict[tuple[int, int], int] = {}  # by key: the highest token that wrote
        self.message_fences = array("q")  # competing: by message

    def passes_message(self, message: int, token: int) -> bool:
        """The fence before one message; it rises to the token that passes."""
        fences = self.message_fences
        missing = message + 1 - len(fences)
        if missing > 0:
            fences.frombytes(bytes(8 * max(missing, len(fences) // 8, 64)))
        if token < fences[message]:
            return False
        fences[message] = token
        return True

    def fork(self) -> "Database":
        """An independent copy."""
        twin = Database()
        twin.marks, twin.inbox = self.marks.fork(), self.inbox.fork()
        twin.fences, twin.message_fences = self.fences.copy(), self.message_fences[:]
        return twin
