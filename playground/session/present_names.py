"""What are the nodes of old records called today?"""

from collections.abc import Sequence
from typing import Any

from playground.engine.records import NodeRenamed, Record

_FIELDS = (
    "producer", "queue", "consumer", "coordinator", "source", "target", "node", "place", "group",
)  # fmt: skip


def in_present_names(records: Sequence[Record]) -> list[Record]:
    """The same records with the names that hold now; untouched where nothing was renamed."""
    if not any(isinstance(record, NodeRenamed) for record in records):
        return list(records)
    alias: dict[str, str] = {}
    result: list[Record] = []
    for record in reversed(records):  # a name is that of its time, so the newest come first
        if isinstance(record, NodeRenamed):
            alias[record.old] = alias.get(record.new, record.new)
        else:
            result.append(_renamed(record, alias))
    result.reverse()
    return result


def _renamed(record: Any, alias: dict[str, str]) -> Any:
    changes = {
        name: ">".join(alias.get(part, part) for part in str(getattr(record, name)).split(">"))
        for name in _FIELDS
        if isinstance(getattr(record, name, None), str)
    }
    return record._replace(**changes) if changes else record
