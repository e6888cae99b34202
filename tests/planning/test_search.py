"""Searches end when told, and ask only the clock they are given."""

from titian.planning.search import First, Iterations, Seconds, WithoutGain, spent


def test_so_many_rounds_are_enough() -> None:
    stop = Iterations(2)

    assert [stop(rounds, 0) for rounds in (0, 1, 2)] == [False, False, True]


def test_rounds_without_gain_are_enough() -> None:
    assert (WithoutGain(3)(9, 2), WithoutGain(3)(9, 3)) == (False, True)


def test_seconds_count_from_the_first_question() -> None:
    ticks = iter([100.0, 101.9, 102.0])
    stop = Seconds(2.0, lambda: next(ticks))

    assert [stop(n, n) for n in range(3)] == [False, False, True]


def test_the_first_rule_to_say_so_ends_the_search() -> None:
    stop = First((Iterations(5), WithoutGain(2)))

    assert [stop(1, 1), stop(3, 2), stop(5, 0)] == [False, True, True]


def test_a_search_knows_how_much_of_it_is_spent() -> None:
    ticks = iter([0.0, 1.0, 3.0, 9.0])
    clock = Seconds(4.0, lambda: next(ticks))
    both = First((Iterations(10), clock))

    told = []
    for rounds in range(3):
        both(rounds, 0)
        told.append(spent(both, rounds))

    assert told == [0.0, 0.25, 0.75]
    assert spent(WithoutGain(3), 9) == 0.0
    assert spent(Iterations(0), 0) == 1.0
