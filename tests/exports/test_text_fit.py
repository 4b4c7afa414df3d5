"""How much room text takes on a slide."""

from orgdata.exports.deck.text_fit import cut, fitted, lines, width


def test_text_is_measured_rather_too_wide():
    assert width("Hello", 10) > 22.8  # Arial: 722 + 556 + 222 + 222 + 556 thousandths
    assert width("Hello", 10, bold=True) > width("Hello", 10)
    assert lines("one two three", 10, 1000) == 1
    assert lines("one two three", 10, 30) == 3
    assert lines("x" * 100, 10, 100) >= 5
    assert lines("", 10, 100) == 1
    assert width("日本", 10) >= 20


def test_text_is_cut_to_the_lines_there_are():
    assert cut("one two three four", 10, 50, 1) == "one two…"
    assert cut("short", 10, 500, 1) == "short"
    assert fitted("short", 500, 20, (16, 12)) == ("short", 16)
    said, size = fitted("word " * 100, 200, 40, (16, 12))
    assert size == 12
    assert said.endswith("…")
    assert lines(said, 12, 200) <= 2
