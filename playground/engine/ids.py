"""What are the things of a world called?"""

from typing import NewType

NodeId = NewType("NodeId", str)
"""A node's key in the scenario; its identity for the random draws."""

GroupId = NewType("GroupId", str)
"""Consumers of one group compete; each group gets its own copy."""

Message = NewType("Message", int)
"""A business intent: its row in the ledger, from 0. A retry keeps it. Shown as ``producer#n``."""

FlightId = NewType("FlightId", int)
"""One packet on one link: the ``seq`` of the record of its sending."""
