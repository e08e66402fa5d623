"""Is a file that was spoilt at random a scenario or a list of problems, and never a traceback?"""

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from playground.scenario.caveats import warnings
from playground.scenario.load import load_text
from playground.scenario.problem import ScenarioError
from playground.scenario.save import to_text
from tests.scenario.scenario_samples import EVERY_KEY

WORDS = [
    *("", " ", "\n", "\t", "{", "}", "[", "]", ":", ": ", "- ", "#", "&a ", "*a", "!!int ", "\0"),
    *("null", "~", "no", ".inf", "-1", "0", "1e9", "9" * 30, "5 /s", "10 %", "-3 s", "\u202e"),
    *("shop", "orders", "billing", "kind", "set", "node", "exactly-once", "stream", "memory"),
    *("{}", "[]", "[[]]", "{a: b}", '""', "'", "|", ">", "---", "...", "? ", "<<: ", "%YAML 1.1"),
]
PIECES = [piece for line in EVERY_KEY.splitlines() for piece in line.split(" ")]


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    text = EVERY_KEY
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 12)))
        text = text[:begin] + draw(st.sampled_from(WORDS + PIECES)) + text[end:]
    return text


@st.composite
def with_a_value_exchanged(draw: st.DrawFn) -> str:
    lines = EVERY_KEY.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        index = draw(st.integers(0, len(lines) - 1))
        key, colon, _value = lines[index].rpartition(": ")
        lines[index] = key + colon + draw(st.sampled_from(WORDS + PIECES))
    return "\n".join(lines) + "\n"


@given(st.one_of(spoilt(), with_a_value_exchanged(), st.text(max_size=50), st.binary(max_size=50)))
def test_a_spoilt_file_is_read_or_refused(text: str | bytes) -> None:
    with contextlib.suppress(ScenarioError):
        scenario = load_text(text)
        assert load_text(to_text(scenario)) == scenario
        warnings(scenario)
