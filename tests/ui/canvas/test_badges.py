"""Do the badges of packets that are close together stay legible?"""

import numpy as np

from playground.ui.canvas.badge_layer import owners

SIZE = (24.0, 14.0)


def test_badges_that_are_apart_speak_for_themselves() -> None:
    places = np.array([(0.0, 0.0), (24.0, 0.0), (24.0, 14.0), (-500.0, 3.0)])
    assert owners(places, SIZE) == [0, 1, 2, 3]


def test_of_badges_that_would_touch_the_one_on_top_speaks() -> None:
    places = np.array([(0.0, 0.0), (10.0, 0.0), (100.0, 0.0), (12.0, 5.0)])
    assert owners(places, SIZE) == [3, 3, 2, 3]


def test_those_that_speak_never_touch_one_another() -> None:
    places = np.array([(x * 7.0 % 211, x * 11.0 % 97) for x in range(300)])
    found = owners(places, SIZE)
    speakers = [i for i, owner in enumerate(found) if owner == i]
    for i, owner in enumerate(found):
        assert owner in speakers
        assert tuple(np.abs(places[i] - places[owner]) < SIZE) == (True, True)
    for i in speakers:
        gaps = np.abs(places[speakers] - places[i])
        assert int(((gaps[:, 0] < SIZE[0]) & (gaps[:, 1] < SIZE[1])).sum()) == 1
