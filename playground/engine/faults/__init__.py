"""What can break: one file a fault, whether a click, a script or a draw asks for it."""
