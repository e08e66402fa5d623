"""Frame in, texts out: what do cards, links and numbers say?"""

from playground.ui import format
from playground.ui.canvas import words
from playground.ui.canvas.words import LOST, QUIET
from tests.ui.canvas import frames
from tests.ui.canvas.frames import MS, NOW_US, S


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def line(view: frames.ConsumerView, link: frames.LinkView | None = None) -> tuple[str, str]:
    found = words.consumer_line(view, NOW_US, link)
    return plain(found.left), plain(found.right)


def test_numbers_are_parted_by_a_thin_space_and_negative_ones_have_a_true_minus() -> None:
    assert format.number(-1234567) == "−1\u202f234\u202f567"
    assert format.signed(300) == "+300"


def test_durations_have_two_digits_that_matter() -> None:
    found = [plain(format.duration(us)) for us in (40, 20 * MS, 1400 * MS, 5 * S, 150 * S)]
    assert found == ["40 µs", "20 ms", "1.4 s", "5 s", "2.5 min"]


def test_the_clock_and_shares() -> None:
    assert plain(format.clock(NOW_US)) == "12.480 s"
    assert plain(format.clock(725 * S)) == "12:05.000"
    assert [plain(format.percent(p)) for p in (0.1, 0.089, 0.0005)] == ["10 %", "8.9 %", "0.05 %"]
    assert [format.speed(f) for f in (0.1, 0.01, 1, 100, 0.5)] == [
        "1/10×",
        "1/100×",
        "1×",
        "100×",
        "1/2×",
    ]


def test_a_name_that_is_too_long_loses_its_middle_or_its_end() -> None:
    assert format.elided("billing-europe", 8, len, "middle") == "bill…ope"
    assert format.elided("billing-europe", 8, len) == "billing…"
    assert format.elided("billing", 8, len) == "billing"


def test_a_working_consumer_says_how_far_it_is() -> None:
    assert line(frames.working()) == ("effect 63 %", "prefetch 2 of 4")


def test_an_armed_consumer_says_where_it_will_die() -> None:
    found = words.consumer_line(frames.working(armed=("before-mark",)), NOW_US)
    assert (found.right, found.right_tone, found.short) == (
        "armed: crash before mark",
        LOST,
        "before mark",
    )


def test_a_paused_consumer_says_for_how_long_and_what_its_lease_does() -> None:
    view = frames.working(
        is_paused=True, paused_us=NOW_US - 3100 * MS, lease_until_us=NOW_US + 1900 * MS
    )
    assert line(view) == ("Paused 3.1 s", "lease ends in 1.9 s")


def test_a_cut_off_consumer_says_when_it_is_healed() -> None:
    link = frames.link(cut_request=True, cut_reply=True, heals_us=NOW_US + 2100 * MS)
    assert line(frames.working(cut=True), link) == ("Cut off", "heals in 2.1 s")


def test_a_failing_handler_counts_its_failures() -> None:
    assert line(frames.working(failed=(3, 5))) == ("failed 3 of 5", "nack")


def test_an_idle_consumer_is_idle() -> None:
    found = words.consumer_line(frames.consumer(), NOW_US)
    assert (found.left, found.left_tone) == ("idle", QUIET)


def test_a_recognised_duplicate_is_named() -> None:
    assert line(frames.exactly_once(suppressed=43)) == ("43 again: suppressed", "one transaction")


def test_a_crash_says_when_it_is_over_and_what_it_took() -> None:
    view = frames.crashed(frames.consumer())
    assert [plain(text) for text in words.crash_lines(view, NOW_US)] == [
        "back in 1.4 s · took 45 with it",
        "took 45 with it",
        "back in 1.4 s",
    ]
    forever = view._replace(restarts_us=None, took=(1, 2, 3, 4))
    assert (
        words.crash_lines(forever, NOW_US)[0] == "until it is restarted · took 1, 2, 3 and 1 more"
    )


def test_a_crashed_queue_says_what_its_memory_lost() -> None:
    view = frames.queue(is_up=False, crash_took=9, durability="memory")
    assert words.crash_took(view) == "9 entries gone (memory)"


def test_a_queue_says_how_it_keeps_or_how_full_it_is() -> None:
    assert plain(words.queue_fact(frames.queue(), NOW_US)[0]) == "sync · lease 5 s"
    full = frames.queue(held=18, capacity=20)
    assert plain(words.queue_fact(full, NOW_US)[0]) == "18 of 20"
    assert words.queue_fact(frames.queue(is_connected=False), NOW_US) == ("not connected", QUIET)


def test_a_producer_says_its_rate_and_whether_it_waits_for_confirms() -> None:
    assert plain(words.producer_line(frames.producer(), NOW_US)[0]) == "4 /s · confirmed"
    blind = frames.producer(publish="fire-and-forget")
    assert plain(words.producer_line(blind, NOW_US)[0]) == "4 /s · unconfirmed"


def test_the_weather_of_a_link_is_written_where_it_acts() -> None:
    assert words.weather_words(frames.link()) == ""
    rainy = frames.link(loss_reply=0.1)
    assert plain(words.weather_words(rainy)) == "20 ms · loses 10 % of replies"
    both = frames.link(loss_request=0.05, loss_reply=0.1, duplicate=0.02)
    assert plain(words.weather_words(both)) == "20 ms · loses 5 % out, 10 % back · doubles 2 %"


def test_a_cut_link_says_which_way_and_how_long() -> None:
    half = frames.link(cut_reply=True)
    assert words.cut_words(half, NOW_US) == ("replies cut", "until it is healed")


def test_an_effect_that_was_applied_before_is_called_again() -> None:
    assert line(frames.working(is_repeat=True))[0] == "effect again 63 %"


def test_a_producer_with_little_room_says_what_matters_more() -> None:
    assert plain(words.producer_short(frames.producer())).endswith("/s")
    assert words.producer_short(frames.producer(publish="fire-and-forget")) == "unconfirmed"
