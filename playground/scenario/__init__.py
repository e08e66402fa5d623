"""The document: a scenario file as data, read with positions, written back, built into a world."""
