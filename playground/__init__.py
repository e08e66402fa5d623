"""A playground for delivery semantics: what a guarantee really promises, seen and counted."""

__version__ = "0.1.0"
