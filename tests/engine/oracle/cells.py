"""What can go wrong in each mode when each fault strikes once? Whatever is not named, cannot.

Found by exhaustive search over a small model without time: one message, two consumers in one
group, timers that fire early only where that is the fault. The letters are those of ``anomalies``;
"." is nothing. In "2c sync" the disk is written before the confirm, in "2c async" after it.
A crash inside an effect tears it (T) wherever it is neither a set nor in one transaction.
"""

from .anomalies import LETTERS

TABLE = """
2c sync        | AMO auto-ack | AMO ack-first | AMO commit-first
none           | .            | .             | .
drop SEND      | L            | L             | L
drop CONFIRM   | .            | .             | .
drop DELIVER   | L            | .             | .
drop ACK       | .            | dE            | .
drop ACK_OK    | .            | .             | .
dup SEND       | dE           | dE            | dE
dup DELIVER    | dE           | dE            | dE
ptimeout       | .            | .             | .
pause>lease    | .            | dE            | d
bcrash         | L            | LdE           | Ld
pcrash         | L            | L             | L
ccrash         | LT           | LdT           | LdT
reorder        | .            | .             | .
partition      | L            | LdE           | Ld
retention      | L            | L             | L
dlq            | Q            | Q             | Q
giveup         | .            | .             | .
pdexp          | .            | .             | .
ddupexp        | .            | .             | .
ack-unsynced   | .            | dE            | dE

2c sync        | ALO none | ALO outbox | ALO sequence | ALO sequence+outbox | ALO natural
none           | .        | .          | .            | .                   | .
drop SEND      | .        | .          | .            | .                   | .
drop CONFIRM   | dE       | dE         | .            | .                   | dr
drop DELIVER   | .        | .          | .            | .                   | .
drop ACK       | dE       | dE         | dE           | dE                  | dr
drop ACK_OK    | .        | .          | .            | .                   | .
dup SEND       | dE       | dE         | .            | .                   | dr
dup DELIVER    | dE       | dE         | dE           | dE                  | dr
ptimeout       | dE       | dE         | .            | .                   | dr
pause>lease    | dE       | dE         | dE           | dE                  | dr
bcrash         | dE       | dE         | dE           | dE                  | dr
pcrash         | L        | dE         | L            | dE                  | L
ccrash         | dET      | dET        | dET          | dET                 | dr
reorder        | .        | .          | .            | .                   | .
partition      | dE       | dE         | dE           | dE                  | dr
retention      | LC       | LC         | LC           | LC                  | LC
dlq            | Q        | Q          | Q            | Q                   | Q
giveup         | .        | .          | .            | .                   | .
pdexp          | .        | .          | .            | .                   | .
ddupexp        | .        | .          | .            | .                   | .
ack-unsynced   | dE       | dE         | dE           | dE                  | dr

2c sync        | ALO memory | ALO claim-first | ALO effect-first | ALO inbox
none           | .          | .               | .                | .
drop SEND      | .          | .               | .                | .
drop CONFIRM   | dE         | d               | dE               | d
drop DELIVER   | .          | .               | .                | .
drop ACK       | dE         | d               | d                | d
drop ACK_OK    | .          | .               | .                | .
dup SEND       | dE         | d               | dE               | d
dup DELIVER    | d          | d               | d                | d
ptimeout       | dE         | d               | dE               | d
pause>lease    | dE         | d               | dE               | d
bcrash         | dE         | d               | dE               | d
pcrash         | L          | L               | L                | L
ccrash         | dET        | LCdT            | dET              | d
reorder        | .          | .               | .                | .
partition      | dE         | d               | dE               | d
retention      | LC         | LC              | LC               | LC
dlq            | Q          | Q               | Q                | Q
giveup         | .          | .               | .                | .
pdexp          | .          | .               | .                | .
ddupexp        | .          | .               | .                | .
ack-unsynced   | dE         | d               | d                | d

2c sync        | EO inbox | T-EO ack-after | T-EO double-ack | T-EO double-ack fenced
none           | .        | .              | .               | .
drop SEND      | .        | .              | .               | .
drop CONFIRM   | .        | .              | .               | .
drop DELIVER   | .        | .              | .               | .
drop ACK       | d        | dE             | .               | .
drop ACK_OK    | .        | .              | .               | .
dup SEND       | .        | .              | .               | .
dup DELIVER    | d        | dE             | dE              | dE
ptimeout       | .        | .              | .               | .
pause>lease    | d        | dE             | dE              | dE
bcrash         | d        | dE             | dE              | dE
pcrash         | .        | .              | .               | .
ccrash         | d        | dET            | dET             | dET
reorder        | .        | .              | .               | .
partition      | d        | dE             | dE              | dE
retention      | LC       | LC             | LC              | LC
dlq            | Q        | Q              | Q               | Q
giveup         | .        | .              | .               | .
pdexp          | .        | .              | .               | .
ddupexp        | .        | .              | .               | .
ack-unsynced   | d        | dE             | dE              | dE

2c async       | AMO auto-ack | AMO ack-first | AMO commit-first
none           | .            | .             | .
bcrash         | L            | LdE           | Ld
ack-unsynced   | .            | dE            | dE

2c async       | ALO none | ALO outbox | ALO sequence | ALO sequence+outbox | ALO natural
none           | .        | .          | .            | .                   | .
bcrash         | LCdE     | LCdE       | LCdE         | LCdE                | LCdr
ack-unsynced   | dE       | dE         | dE           | dE                  | dr

2c async       | ALO memory | ALO claim-first | ALO effect-first | ALO inbox
none           | .          | .               | .                | .
bcrash         | LCdE       | LCd             | LCdE             | LCd
ack-unsynced   | dE         | d               | d                | d

2c async       | EO inbox | T-EO ack-after | T-EO double-ack | T-EO double-ack fenced
none           | .        | .              | .               | .
bcrash         | LCd      | LCdE           | LCdE            | LCdE
ack-unsynced   | d        | dE             | dE              | dE

2c sync        | EO txn fenced | EO txn
none           | .             | .
drop SEND      | .             | .
drop CONFIRM   | .             | .
drop DELIVER   | .             | .
drop ACK       | .             | .
drop ACK_OK    | .             | .
dup SEND       | .             | .
dup DELIVER    | dS            | dS
ptimeout       | .             | .
pause>lease    | dS            | dES
bcrash         | dS            | dES
pcrash         | .             | .
ccrash         | dS            | dES
reorder        | .             | .
partition      | dS            | dES
retention      | LC            | LC
dlq            | Q             | Q
giveup         | .             | .
pdexp          | .             | .
ddupexp        | .             | .
ack-unsynced   | dES           | dES

2c async       | EO txn fenced | EO txn
none           | .             | .
bcrash         | LCdES         | LCdES
ack-unsynced   | dES           | dES
"""


def cells() -> dict[tuple[str, str, str], frozenset[str]]:
    """(broker, mode, fault) -> the letters of what is possible."""
    found: dict[tuple[str, str, str], frozenset[str]] = {}
    for block in TABLE.strip().split("\n\n"):
        head, *rows = [[cell.strip() for cell in line.split("|")] for line in block.split("\n")]
        broker, *modes = head
        for fault, *row in rows:
            for mode, cell in zip(modes, row, strict=True):
                letters = frozenset(cell) - {"."}
                assert letters <= frozenset(LETTERS), f"{mode}, {fault}: {cell} is no cell"
                found[broker, mode, fault] = letters
    return found
