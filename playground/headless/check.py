"""Are these scenario files right, and which promises do they not keep?"""

import sys

from playground.scenario.load import load_file
from playground.scenario.problem import ScenarioError


def check_files(files: list[str]) -> int:
    """Problems go to stderr, warnings to stdout. Returns 0 where no file is wrong, else 2."""
    from playground.catalogue import find
    from playground.scenario.caveats import warnings

    code = 0
    for file in files:
        try:
            path = find(file)
            scenario = load_file(path, runnable=True)
        except ScenarioError as error:
            sys.stderr.write("\n".join(error.lines()) + "\n")
            code = 2
            continue
        found = warnings(scenario)
        sys.stdout.write(f"{file}: right" + (", with warnings:\n" if found else "\n"))
        for caveat in found:
            sys.stdout.write(f"  {caveat.code} {caveat.place}: {caveat.sentence}\n")
    return code
