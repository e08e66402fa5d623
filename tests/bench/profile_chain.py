"""Where does the engine spend its time? ``python -m tests.bench.profile_chain [SECONDS]``"""

import cProfile
import pstats
import sys

from tests.bench.scenes import chain, produced_by, run_headless, say, seconds_of

SECONDS = 100
FUNCTIONS = 25


def main(seconds: int) -> None:
    """The bare cost of a message, then the functions by their own time."""
    bare = chain()
    cost = seconds_of(lambda: run_headless(bare, seconds))
    say(f"{1e6 * cost / produced_by(bare):.1f} µs a message without the profiler")
    profiled = chain()
    profile = cProfile.Profile()
    profile.runcall(run_headless, profiled, seconds)
    pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(FUNCTIONS)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
