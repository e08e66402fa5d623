"""What does ``prove`` do in a terminal? It searches, prints a certificate, writes what is asked."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from playground import __version__
from playground.checker.bounds import Bounds
from playground.checker.certificate import (
    CertificateError,
    as_json,
    bounds_of,
    certificate,
    differences,
    method_of,
    was_stopped,
)
from playground.checker.certificate_text import certificate_text
from playground.checker.explore import Progress
from playground.checker.methods import search_of
from playground.checker.prove import fingerprint
from playground.checker.verdict import Method, Proof
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from playground.scenario.problem import ScenarioError
from playground.scenario.topology import groups


def bounds_from(options: Any) -> Bounds:
    """The bounds that the words of the command mean."""
    return Bounds(
        messages=options.messages,
        faults=options.faults,
        catalogue=options.catalogue,
        properties=options.property,
        groups=tuple(dict.fromkeys(options.group)),
        asynchronous=options.asynchronous,
        every_set=not options.first,
        seconds=options.seconds,
    )


def prove_scenario(options: Any, open_scenario: Callable[[str], Scenario]) -> int:
    """The command without ``--verify``. Returns the exit code."""
    if options.scenario is None:
        return _refuse("Name a scenario to prove, or a certificate with --verify")
    if options.asynchronous and not options.any_timing:
        return _refuse("--asynchronous lets timers fire at any moment: add --any-timing to it")
    scenario = open_scenario(options.scenario)
    known = groups(scenario.nodes)
    for group in options.group:
        if group not in known:
            return _refuse(f"There is no group {group!r}; there are {', '.join(known) or 'none'}")
    method: Method = "any timing" if options.any_timing else "these timings"
    proof = _searched(scenario, bounds_from(options), method, options.workers)
    for path, write in ((options.out, _write_certificate), (options.save, _write_scenarios)):
        if path:
            try:
                write(Path(path), proof, scenario)
            except OSError as error:
                return _refuse(f"{path}: cannot be written: {error.strerror}")
    _print(proof, options.json)
    return proof.exit_code


def verify(options: Any) -> int:
    """Run a certificate again. 2 where it is none, or where its verdicts do not come again."""
    path = options.verify
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
        if not isinstance(found, dict) or "certificate" not in found:
            raise CertificateError("it is not a certificate of this program")
        scenario = load_text(str(found.get("scenario_text", "")), path, runnable=True)
        bounds, method = bounds_of(found), method_of(found)
        if was_stopped(found):
            raise CertificateError("it was stopped before its end, so there is nothing to compare")
    except OSError as error:
        return _refuse(f"{path}: cannot be read: {error.strerror}")
    except (ValueError, RecursionError):
        return _refuse(f"{path}: this is no JSON file")
    except CertificateError as error:
        return _refuse(f"{path}: {error}")
    except ScenarioError as error:
        return _refuse(f"{path}: the scenario in it is wrong: {error.lines()[0]}")
    if fingerprint(scenario) != found.get("scenario_sha256"):
        return _refuse(f"{path}: the scenario in it is not the one that was proved")
    proof = _searched(scenario, bounds, method, options.workers)
    different = differences(found, certificate(proof, scenario))
    if different:
        lines = "\n  ".join(different[:20])
        return _refuse(f"{path}: it does not come out the same again\n  {lines}")
    _print(proof, options.json)
    if not options.json:
        maker = found.get("engine")
        since = "" if maker == __version__ else f", though version {maker} made it"
        print(f"The certificate came out the same again{since}.")  # noqa: T201
    return proof.exit_code


def _searched(scenario: Scenario, bounds: Bounds, method: Method, workers: int) -> Proof:
    with _live_progress(scenario.name) as tell, _ctrl_c() as is_cancelled:
        return search_of(method)(
            scenario, bounds, workers=workers, on_progress=tell, is_cancelled=is_cancelled
        )


def _print(proof: Proof, as_object: bool) -> None:
    if as_object:
        print(json.dumps(as_json(proof), ensure_ascii=False))  # noqa: T201
    else:
        print(certificate_text(proof), end="")  # noqa: T201


def _write_certificate(path: Path, proof: Proof, scenario: Scenario) -> None:
    text = json.dumps(certificate(proof, scenario), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _write_scenarios(folder: Path, proof: Proof, _: Scenario) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for verdict in proof.verdicts:
        for number, each in enumerate(verdict.minimal, 1):
            if each.scenario:
                # A group's name may be anything; a file's may not.
                group = "".join(c if c.isalnum() or c in "-_" else "_" for c in verdict.claim.group)
                name = f"{group}-{verdict.claim.property}-{number:03}.yaml"
                (folder / name).write_text(each.scenario, encoding="utf-8")


def _refuse(sentence: str) -> int:
    print(f"{sentence}.", file=sys.stderr)  # noqa: T201
    return 2


@contextmanager
def _ctrl_c() -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C ends the search with what it has; the next one is the usual one."""
    pressed = False

    def press(*_: object) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, before)

    try:
        before = signal.signal(signal.SIGINT, press)
    except ValueError:  # only the main thread hears signals
        yield lambda: False
        return
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _live_progress(title: str) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on stderr, if that is a terminal; else nothing at all."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[broken]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=1, count="", broken="")

        def tell(progress: Progress) -> None:
            faults = f"{progress.faults} fault{'' if progress.faults == 1 else 's'}"
            # Nobody knows beforehand how many states there are; schedules are counted exactly.
            count = (
                f"{progress.done} of {progress.of}" if progress.of else f"{progress.done} states"
            )
            part = f" (part {progress.part} of {progress.parts})" if progress.parts > 1 else ""
            bar.update(
                task,
                description=f"{title}{part}, {faults}",
                completed=progress.done,
                total=progress.of or None,
                count=count,
                broken=f"{len(progress.broken)} broken" if progress.broken else "",
            )

        yield tell
