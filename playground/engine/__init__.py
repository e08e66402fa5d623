"""The pure engine: a world of producers, queues, consumers and links, and its ledger.

Standard library and ``annotated_types`` only: no Qt, no asyncio, no clock, no random module.
"""
