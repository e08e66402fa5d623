"""How does ``python -m playground`` start?"""

import multiprocessing
import sys


def main() -> int:
    """Run the command line; the value is the exit code."""
    # In a frozen app a worker process starts here too, and must go no further.
    multiprocessing.freeze_support()

    # Imported late, because a spawned worker imports this module and needs none of it.
    from playground.cli import main as run_command

    return run_command()


if __name__ == "__main__":
    sys.exit(main())
