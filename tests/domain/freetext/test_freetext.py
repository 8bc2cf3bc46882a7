"""Reading a note only ever raises: it stays inside its bounds whatever is typed."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.domain import words
from clients.domain.freetext import MOST_CHARACTERS, Note, read_note
from clients.domain.words import compiled
from programs.domain.datafile import BadData, parse
from programs.domain.regions import Side, region
from tests.domain.freetext.corpus import at, flag_ids, messages

SOURCE = (Path(words.__file__).parent / "data" / "words.en.toml").read_text("utf-8")
WARNINGS = [row["text"] for row in messages() if "flags" in row]
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(" ".join(WARNINGS).split() + ["no", ".", ","]), max_size=60).map(
        " ".join
    ),
)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_note_whose_parts_fit_together(text: str) -> None:
    note = read_note(text)
    for part in (*note.mentions, *note.flags):
        start, end = part.span
        assert 0 <= start < end <= len(text)
    for mention in note.mentions:
        assert mention.side is None or mention.side in region(mention.region).sides
    if note.flags or note.mentions or note.pain_score:
        assert note.kind == "symptom"
    assert len(set(flag_ids(note))) == len(note.flags)
    assert note == read_note(text)


@given(st.sampled_from(WARNINGS), st.sampled_from(["thanks coach", "slept well", "knee is fine"]))
@settings(max_examples=100, deadline=None)
def test_kind_words_in_another_sentence_take_no_warning_away(warning: str, kind: str) -> None:
    alone = set(flag_ids(read_note(warning)))
    assert alone <= set(flag_ids(read_note(f"{warning}\n{kind}.")))
    assert alone <= set(flag_ids(read_note(f"{kind}.\n{warning}")))


@pytest.mark.parametrize("shout", [str.upper, str.title, lambda text: text.replace("'", "’")])
def test_capitals_and_curly_apostrophes_change_no_warning(shout: Callable[[str], str]) -> None:
    for text in WARNINGS:
        assert flag_ids(read_note(shout(text))) == flag_ids(read_note(text)), text


def test_a_note_beyond_the_field_is_read_to_its_length_and_marked() -> None:
    note = read_note("numb between my legs. " + "x" * MOST_CHARACTERS)
    assert flag_ids(note) == ["L1"]
    assert "cut_short" in note.tags
    late = read_note("x" * MOST_CHARACTERS + " numb between my legs")
    assert late.flags == ()
    assert "cut_short" in late.tags
    assert "cut_short" not in read_note("x" * MOST_CHARACTERS).tags


def test_an_empty_note_says_nothing() -> None:
    assert read_note("") == Note(kind="other")
    assert read_note(" \n\t ") == Note(kind="other")


def test_a_span_points_at_the_clients_own_letters() -> None:
    text = "Ok so… my LEFT Knee hurts and I’ve gone numb between my legs"
    note = read_note(text)
    (mention,) = note.mentions
    assert at(mention) == "knee.left"
    assert text[slice(*mention.span)] == "Knee"
    assert text[slice(*note.flags[0].span)] == "gone numb between my legs"


def test_no_word_for_a_condition_leaves_the_reader() -> None:
    note = read_note(
        "I think it's a hernia, or sciatica, maybe tennis elbow, cauda equina or rhabdo"
    )
    ids = {mention.region for mention in note.mentions} | set(flag_ids(note)) | note.tags
    assert {"H4b", "L7", "L1", "U7", "elbow_outer", "back_low"} <= ids
    assert not any(word in str(ids) for word in ("hernia", "sciatica", "tennis", "rhabdo", "cauda"))


def test_loads_are_read_in_kilograms_pounds_and_stone() -> None:
    note = read_note("3 x 10 @ 132 lb then 12 stone 4 and 62,5 kg for 8, for 3 weeks")
    assert [(m.kg, m.reps, m.sets, m.entered) for m in note.numbers] == [
        (Decimal("59.9"), 10, 3, "3 x 10 @ 132 lb"),
        (Decimal("78.0"), None, None, "12 stone 4"),
        (Decimal("62.5"), 8, None, "62,5 kg for 8"),
    ]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("pain 0/10", 0),
        ("knee pain 10 out of 10", 10),
        ("hurts, 11/10", None),
        ("RPE 9/10, knee hurts", None),
        ("my wife says her pain is 8/10", None),
        ("used to be 9/10", None),
        ("knee pain for 3 weeks", None),
        ("five out of ten in my hip", 5),
    ],
)
def test_a_pain_score_is_the_clients_own_and_of_now(text: str, score: int | None) -> None:
    assert read_note(text).pain_score == score


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(BadData, match="no such data file"):
        read_note("hola", language="xx")
    with pytest.raises(BadData, match="small letters"):
        read_note("hola", language="../en")


@pytest.mark.parametrize(
    ("written", "instead", "reason"),
    [
        ('"<chest> ~5 <squeeze>"', '"<chst> ~5 <squeeze>"', r"flag U1: no words named chst"),
        ('id = "knee_back"', 'id = "kneeback"', r"accepted: .*knee_back"),
        ("past_counts = true", "past_count = true", r"unknown key past_count"),
        ('negators = ["no"', 'negatorz = ["no"', r"negators is missing or empty"),
        ('says = ["wrist"]', 'says = ["Wri.st"]', None),
        ('id = "opinion"', 'id = "opinions"', r"opinions.*accepted"),
        ('numb = ["numb"', 'numb = ["num-b"', r"not words in lower case"),
        ('says = ["wrist"]', 'says = ["~3"]', r"an empty phrase"),
    ],
)
def test_a_bad_word_file_is_refused_with_its_line(
    written: str, instead: str, reason: str | None
) -> None:
    assert written in SOURCE
    with pytest.raises(BadData, match=r"words\.en\.toml:\d+: ") as refused:
        compiled(parse(SOURCE.replace(written, instead, 1), "words.en.toml"))
    line = int(re.search(r":(\d+):", str(refused.value)).group(1))  # type: ignore[union-attr]
    assert 1 <= line <= SOURCE.count("\n") + 1
    if reason:
        assert re.search(reason, str(refused.value))


def test_every_place_of_the_word_file_may_have_the_sides_it_is_given() -> None:
    assert at(read_note("my tailbone hurts").mentions[0]) == "tailbone.midline"
    assert read_note("middle of my left knee hurts").mentions[0].side == Side.LEFT
