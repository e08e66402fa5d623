"""A run as the window sees it: a paced simulator, its journal, and one frame a tick. No Qt here."""
