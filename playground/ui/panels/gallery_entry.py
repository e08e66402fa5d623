"""What is known of a preset, and to which words does it answer?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playground.engine.parameters import KIND_OF, ConsumerParameters
from playground.scenario.load import load_file
from playground.scenario.model import Scenario
from playground.scenario.problem import ScenarioError
from playground.scenario.verbs import verb_of
from playground.ui.panels.presets import Preset
from playground.ui.theme import GUARANTEE_SIGNS

WORDS = re.compile(r"[^\s,;:()\"']+")
UNREADABLE = "This file cannot be opened; choose it to see why."


@dataclass(slots=True)
class Entry:
    """One preset, and its scenario once it has been read."""

    preset: Preset
    scenario: Scenario | None = None
    fault: str = ""
    words: frozenset[str] = frozenset()  # all that can be searched for, in small letters

    @property
    def is_read(self) -> bool:
        """Whether its file has been looked at."""
        return self.scenario is not None or bool(self.fault)

    @property
    def story(self) -> str:
        """The story on one line, or why there is none."""
        return " ".join(self.scenario.story.split()) if self.scenario else self.fault

    @property
    def guarantees(self) -> tuple[str, ...]:
        """The guarantees of its consumers, weakest first."""
        nodes = self.scenario.nodes.values() if self.scenario else ()
        found = {node.guarantee for node in nodes if isinstance(node, ConsumerParameters)}
        return tuple(each for each in GUARANTEE_SIGNS if each in found)

    def read(self) -> None:
        """Look at the file."""
        preset = self.preset
        try:
            self.scenario = load_file(preset.path)
        except ScenarioError:
            self.fault = UNREADABLE
            return
        self.words = words_of(
            preset.number, preset.title, *texts_of(self.scenario), *self.guarantees
        )

    def answers_to(self, words: Sequence[str]) -> bool:
        """Whether each of these is the beginning of a word of this preset."""
        return all(any(each.startswith(word) for each in self.words) for word in words)

    def is_called(self, words: Sequence[str]) -> bool:
        """Whether they are all in its title or its number."""
        title = words_of(self.preset.number, self.preset.title)
        return all(any(each.startswith(word) for each in title) for word in words)


def words_of(*texts: str) -> frozenset[str]:
    """Every word of some texts, in small letters."""
    return frozenset(word.casefold() for text in texts for word in WORDS.findall(text))


def texts_of(scenario: Scenario) -> Iterator[str]:
    """What is said in a scenario, and what is set in it."""
    yield from (scenario.story, scenario.learn, scenario.watch, scenario.try_)
    for node, parameters in scenario.nodes.items():
        yield node
        yield KIND_OF[type(parameters)]
        if isinstance(parameters, ConsumerParameters):
            yield f"{parameters.idempotency} {GUARANTEE_SIGNS[parameters.guarantee]}"
    for entry in scenario.script:
        yield verb_of(entry.command).word
