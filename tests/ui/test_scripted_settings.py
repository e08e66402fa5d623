"""What can a hand do with what a script has set?"""

from playground.engine.commands import SetNode
from playground.engine.parameters import ConsumerParameters
from playground.ui.main_window import MainWindow
from tests.ui.real import go, real_window, ticks

ZOMBIES = "13-the-zombie-and-the-fence"
AFTER_US = 14_500_000  # its script has made all of them exactly-once


def promised(window: MainWindow) -> str:
    parameters = window.bridge.in_force.nodes["open-a"]
    assert isinstance(parameters, ConsumerParameters)
    return parameters.guarantee


def test_the_inspector_shows_the_guarantee_that_the_script_has_set() -> None:
    with real_window(ZOMBIES) as window:
        go(window, AFTER_US)
        window.select(("node", "open-a"))
        page = window.panes.inspector.page
        assert page is not None
        assert page.switch.value == "exactly-once"  # type: ignore[attr-defined]


def test_what_the_document_says_can_be_chosen_again_after_the_script_has_changed_it() -> None:
    with real_window(ZOMBIES) as window:
        go(window, AFTER_US)
        assert promised(window) == "exactly-once"
        window.hands.submit(SetNode("open-a", (("guarantee", "at-least-once"),)))
        ticks(window, 0.016, 2)
        assert promised(window) == "at-least-once"
