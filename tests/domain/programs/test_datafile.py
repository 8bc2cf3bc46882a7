"""A data file is read strictly: what cannot be meant is refused with file, line and reason."""

import hashlib
from decimal import Decimal

import pytest

from programs.domain.datafile import BadData, Row, parse, read

LIFTS = """\
version = 1

[[lift]]
id = "thrust"
kind = "hip"
ratio = 0.65
sets = 3
heavy = true
cues = ["gaze", "chin"]
band = [0.5, 0.75, 1]

[[lift]]
id = "squat"
kind = "knee"
[[lift.option]]
id = "a"
days = 14
[[lift.option]]
id = "b"
days = 21
"""


def lift(text: str = LIFTS, number: int = 0) -> Row:
    return parse(text, "lifts.toml").rows("lift")[number]


def test_every_getter_gives_its_type_exactly_as_written() -> None:
    row = lift()
    assert row.text("id") == "thrust"
    assert row.one_of("kind", ("hip", "knee")) == "hip"
    assert row.number("ratio") == Decimal("0.65")
    assert row.whole("sets") == 3
    assert row.flag("heavy") is True
    assert row.list_of("cues", ("gaze", "chin", "ribs")) == ("gaze", "chin")
    assert row.numbers("band", count=3) == (Decimal("0.5"), Decimal("0.75"), Decimal(1))
    row.done()
    assert row.keys() == ("id", "kind", "ratio", "sets", "heavy", "cues", "band")


def test_a_missing_key_takes_the_default_or_is_refused() -> None:
    row = lift()
    assert row.text("note", "") == ""
    assert row.one_of("side", ("left",), "") == ""
    assert row.list_of("tags", default=()) == ()
    assert row.number("step", Decimal("2.5")) == Decimal("2.5")
    with pytest.raises(BadData, match=r"^lifts.toml:3: lift thrust: side is missing$"):
        row.text("side")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('kind = "hip"', 'kind = "arm"', 5, "kind is 'arm'; accepted: one of hip, knee"),
        ("ratio = 0.65", "ratio = 6.5", 6, "ratio is 6.5; accepted: a number from 0 to 2"),
        ("ratio = 0.65", 'ratio = "x"', 6, "ratio is 'x'; accepted: a number from 0 to 2"),
        ("sets = 3", "sets = 3.5", 7, "sets is 3.5; accepted: a whole number from 1 to 10"),
        ("sets = 3", "sets = true", 7, "sets is True; accepted: a whole number from 1 to 10"),
        ("heavy = true", "heavy = 1", 8, "heavy is 1; accepted: true or false"),
        ('"gaze", "chin"', '"gaze", "x"', 9, "accepted: a list out of gaze, chin"),
        ('["gaze", "chin"]', '"gaze"', 9, "accepted: a list out of gaze, chin"),
        ("[0.5, 0.75, 1]", '[0.5, 0.75, "1"]', 10, "accepted: a list of 3 numbers"),
        ('"gaze", "chin"', '"gaze", "gaze"', 9, "accepted: a list out of gaze, chin"),
        ("[0.5, 0.75, 1]", "[0.5]", 10, "accepted: a list of 3 numbers"),
        ("heavy = true", "heavvy = true", 3, "heavy is missing"),
        ("sets = 3", "sets = 3\nreps = 4", 8, "unknown key reps; known here"),
        ('id = "thrust"', 'id = " "', 4, "id is ' '; accepted: text that is not empty"),
    ],
)
def test_nonsense_is_refused_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    row = lift(LIFTS.replace(old, new))
    with pytest.raises(BadData) as refusal:
        row.text("id")
        row.one_of("kind", ("hip", "knee"))
        row.number("ratio", most=2)
        row.whole("sets", least=1, most=10)
        row.flag("heavy")
        row.list_of("cues", ("gaze", "chin"))
        row.numbers("band", count=3)
        row.done()
    assert str(refusal.value).startswith(f"lifts.toml:{line}: lift ")
    assert reason in str(refusal.value)


def test_rows_inside_a_row_keep_their_own_lines() -> None:
    squat = lift(number=1)
    second = squat.rows("option")[1]
    assert second.whole("days") == 21
    assert second.line == 18
    with pytest.raises(BadData, match=r"lifts.toml:20: lift.option b: days is 21; accepted"):
        second.whole("days", most=14)


def test_a_second_row_of_the_same_id_is_refused() -> None:
    with pytest.raises(BadData, match=r"^lifts.toml:13: lift thrust: this id is used twice$"):
        lift(LIFTS.replace("squat", "thrust"))


def test_rows_written_inline_are_found_by_their_id() -> None:
    text = 'cue = [\n  { id = "gaze", said = "eyes" },\n  { id = "chin", said = 3 },\n]\n'
    row = parse(text, "cues.toml").rows("cue")[1]
    with pytest.raises(BadData, match=r"^cues.toml:3: cue chin: said is 3"):
        row.text("said")


def test_an_unknown_table_is_refused_by_the_file_itself() -> None:
    top = parse(LIFTS, "lifts.toml").top()
    top.whole("version")
    with pytest.raises(BadData, match=r"^lifts.toml:3: file: unknown key lift; known here"):
        top.done()


def test_broken_toml_is_refused_with_its_line() -> None:
    with pytest.raises(BadData, match=r"^x.toml:2: "):
        parse('a = 1\nb = "\n', "x.toml")


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadData, match="programs.domain has no such data file"):
        read("programs.domain", "nowhere.toml")


def test_the_digest_is_the_sha256_of_the_text() -> None:
    assert parse("a = 1\n", "x.toml").digest == hashlib.sha256(b"a = 1\n").hexdigest()


def test_a_table_inside_a_row_is_read_strictly_too() -> None:
    text = '[[lift]]\nid = "thrust"\nwhen = { least = 3, most = 9 }\nthen = 4\n'
    row = parse(text, "lifts.toml").rows("lift")[0]
    when = row.row("when")
    assert when.whole("least") == 3
    with pytest.raises(BadData, match=r"^lifts.toml:3: lift.when: unknown key most"):
        when.done()
    with pytest.raises(BadData, match=r"lifts.toml:4: lift thrust: then is 4; accepted: a table"):
        row.row("then")


def test_a_table_that_is_no_list_of_rows_is_refused() -> None:
    with pytest.raises(BadData, match=r"^x.toml:2: file: lift must be rows"):
        parse("a = 1\n[lift]\nb = 2\n", "x.toml").rows("lift")
