"""What does ``delivery-playground`` understand, and with which exit code does it end?

0 done, and every claim holds · 1 done, a claim is broken · 2 bad input or usage · 3 inconclusive.
Only the window and the snapshot import Qt, and only when they are asked for.
"""

import argparse
import contextlib
import errno
import json
import os
import sys
from typing import Any, NoReturn

from playground import __version__

SUBCOMMANDS = ("presets", "run", "check", "prove", "snapshot", "schema")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. '{self.prog} --help' lists what there is.\n")


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8 shall show a question mark, not a traceback.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has gone (``| head``): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        # What is left in the buffer has no place either, and shall not complain on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"The result cannot be written: {error.strerror}.", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2


def _dispatch(arguments: list[str]) -> int:
    from playground.scenario.problem import ScenarioError

    if arguments and arguments[0] in SUBCOMMANDS:
        options = _subcommand_parser().parse_args(arguments)
    else:
        options = _window_parser().parse_args(arguments)
    try:
        code: int = options.do(options)
        return code
    except ScenarioError as error:
        print("\n".join(error.lines()), file=sys.stderr)  # noqa: T201
        return 2


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="delivery-playground",
        description="Opens the playground's window.",
        epilog=f"Further commands: {', '.join(SUBCOMMANDS)}; each has its own --help.",
    )
    parser.add_argument("scenario", nargs="?", help="a preset's name or a file")
    parser.add_argument("--seed", type=_seed, help="another seed than the scenario's")
    parser.add_argument("--speed", type=_speed, default=1.0, help="1/100 to 1000, default 1")
    parser.add_argument("--present", action="store_true", help="begin in presentation mode")
    parser.add_argument("--theme", choices=("light", "dark", "projector"), help="not the system's")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(do=_window)
    return parser


def _subcommand_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="delivery-playground")
    commands = parser.add_subparsers(required=True, parser_class=_Parser)

    presets = commands.add_parser("presets", help="list the presets")
    presets.set_defaults(do=_presets)

    run = commands.add_parser("run", help="run without a window")
    run.add_argument("scenario", help="a preset's name or a file")
    run.add_argument("--seed", type=_seed)
    run.add_argument("--until", type=_duration_us, help="virtual time, for example 60s")
    run.add_argument("--settle", action="store_true", help="stop faults and drain, then judge")
    run.add_argument("--json", action="store_true", help="print one JSON object")
    run.add_argument("--trace", metavar="FILE", help="write every record as a JSON line")
    run.set_defaults(do=_run)

    check = commands.add_parser("check", help="validate scenario files")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.set_defaults(do=_check)

    from playground.headless.prove_options import add_prove

    add_prove(commands).set_defaults(do=_prove)

    schema = commands.add_parser("schema", help="print the JSON Schema of scenario files")
    schema.set_defaults(do=_schema)

    snapshot = commands.add_parser("snapshot", help="draw the window at a moment")
    snapshot.add_argument("scenario", help="a preset's name or a file")
    snapshot.add_argument("--at", type=_duration_us, required=True, help="virtual time: 12s")
    snapshot.add_argument("--out", required=True, metavar="FILE.png")
    snapshot.add_argument("--size", type=_size, default=(1600, 900), help="1600x900")
    snapshot.add_argument("--theme", choices=("light", "dark", "projector"), default="light")
    snapshot.add_argument("--scale", type=_scale, default=1.0, help="device pixels a pixel")
    snapshot.add_argument("--seed", type=_seed)
    snapshot.set_defaults(do=_snapshot)
    return parser


# ---------------------------------------------------------------------- values


def _seed(text: str) -> int:
    if not text.isdigit() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"a seed is a whole number from 0, not {text!r}")
    return int(text)


def _duration_us(text: str) -> int:
    from fractions import Fraction

    from playground.engine.units import LONGEST_US
    from playground.scenario.quantities import read_quantity

    value = read_quantity(text, "us")
    if not isinstance(value, Fraction) or not 0 <= value <= LONGEST_US:
        raise argparse.ArgumentTypeError(f"a time has a unit, like 60s or 20ms; not {text!r}")
    return round(value)


def _speed(text: str) -> float:
    try:
        above, _, below = text.rstrip("x×").partition("/")
        speed = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        speed = 0.0
    if not 0.01 <= speed <= 1000:
        raise argparse.ArgumentTypeError(f"a speed lies between 1/100 and 1000, not {text!r}")
    return speed


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 1.0 <= scale <= 4.0:
        raise argparse.ArgumentTypeError(f"a scale lies between 1 and 4, not {text!r}")
    return scale


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit()) or not (
        320 <= int(width) <= 7680 and 240 <= int(height) <= 4320
    ):
        raise argparse.ArgumentTypeError(f"a size is like 1600x900, not {text!r}")
    return int(width), int(height)


# ---------------------------------------------------------------------- commands


def _presets(_: Any) -> int:
    from playground.catalogue import presets
    from playground.scenario.load import load_file

    for preset in presets():
        print(f"{preset.name}  {load_file(preset.path).name}")  # noqa: T201
    return 0


def _run(options: Any) -> int:
    from playground.catalogue import open_scenario
    from playground.headless.run import run
    from playground.headless.show import live_progress, print_report

    scenario = open_scenario(options.scenario, runnable=True)
    try:
        with contextlib.ExitStack() as stack:
            trace = None
            if options.trace:
                trace = stack.enter_context(open(options.trace, "w", encoding="utf-8"))
            progress = stack.enter_context(live_progress(scenario.name))
            outcome = run(
                scenario,
                seed=options.seed,
                until_us=options.until,
                settle=options.settle,
                trace=trace,
                progress=progress,
            )
    except BrokenPipeError:
        raise
    except OSError as error:
        # Opening, writing and closing can each fail: a folder that is missing, a disk that is full.
        print(f"{options.trace}: cannot be written: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 2
    if options.json:
        print(json.dumps(outcome.report, ensure_ascii=False))  # noqa: T201
    else:
        print_report(outcome.report)
    if outcome.inconclusive:
        print(f"{outcome.inconclusive}.", file=sys.stderr)  # noqa: T201
    return outcome.exit_code


def _check(options: Any) -> int:
    from playground.headless.check import check_files

    return check_files(options.files)


def _prove(options: Any) -> int:
    from playground.catalogue import open_scenario
    from playground.headless.prove import prove_scenario, verify

    if options.verify:
        return verify(options)
    return prove_scenario(options, lambda name: open_scenario(name, runnable=True))


def _schema(_: Any) -> int:
    from playground.scenario.schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))  # noqa: T201
    return 0


def _window(options: Any) -> int:
    from playground.ui.guard import refuse_bad_pyside, refuse_no_display

    refusal = refuse_bad_pyside()
    if refusal is None:
        refusal = refuse_no_display()
        if refusal is not None:
            refusal += " 'delivery-playground run SCENARIO' plays it here in the terminal, "
            refusal += "'delivery-playground snapshot SCENARIO --at 12s --out FILE.png' draws it."
    if refusal is not None:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 2
    from playground.app import open_window

    return open_window(
        options.scenario, options.seed, options.speed, options.present, options.theme
    )


def _snapshot(options: Any) -> int:
    from playground.catalogue import find, open_scenario
    from playground.ui.guard import refuse_bad_pyside

    refusal = refuse_bad_pyside()
    if refusal is not None:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 2
    scenario = open_scenario(options.scenario)
    from playground.ui.file_names import preset_of
    from playground.ui.snapshot import SnapshotError, snapshot

    try:
        snapshot(
            scenario,
            options.at,
            options.out,
            options.size,
            options.theme,
            options.scale,
            options.seed,
            preset_of(find(options.scenario)),
        )
    except SnapshotError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0
