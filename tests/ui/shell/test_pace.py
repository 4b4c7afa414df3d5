"""How much one person may do: so that nobody else waits, and nothing is kept without end."""

from threading import Event, Thread

from orgdata.ui.shell.pace import AtOnce, Pace


def test_so_often_in_a_time_and_no_more():
    pace = Pace(3, 60)
    assert [pace.wait("ada", 100.0) for _ in range(4)] == [0, 0, 0, 20]
    assert (pace.wait("bo", 100.0), pace.wait("ada", 120.0)) == (0, 0)


def test_who_wants_more_at_once_is_told_so_and_nobody_else_is():
    at_once = AtOnce(2)
    with (at_once.of("ada", wait=False) as one, at_once.of("ada", wait=False) as two,
          at_once.of("ada", wait=False) as three, at_once.of("bo", wait=False) as other):
        assert (one, two, three, other) == (True, True, False, True)
    with at_once.of("ada", wait=False) as one:
        assert one
    assert at_once._held == {}


def test_or_waits_for_their_own():
    at_once, begun, done = AtOnce(1), Event(), []

    def another():
        begun.set()
        with at_once.of("ada"):
            done.append("ada")

    waiting = Thread(target=another)
    with at_once.of("ada"):
        waiting.start()
        begun.wait()
        with at_once.of("bo"):
            done.append("bo")
    waiting.join()
    assert done == ["bo", "ada"]


def test_nobody_who_signs_in_has_no_turn():
    at_once = AtOnce(1)
    with at_once.of(""), at_once.of(""):
        assert at_once._held == {}
