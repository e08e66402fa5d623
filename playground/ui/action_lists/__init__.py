"""What can a person do in the window? One module a section, each an explicit list."""
