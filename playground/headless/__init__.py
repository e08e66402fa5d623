"""The command without a window: runs and checks in the terminal. No Qt here."""
