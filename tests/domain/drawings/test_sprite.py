"""The sprite …"""

from xml.etree import ElementTree

from coachapi.drawings.sprite import ICONS, LEVELS, sprite

SVG = "{http://www.w3.org/2000/svg}"
SEVEN = ("emergency", "urgent", "refer", "incomplete", "modify", "monitor", "log")
PAGES = (
    "inbox clients programs check clock phone undo move search chart note send lock more back plus"
    " minus sun moon outcomes settings alert person calendar"
).split()


def test_holds_the_seven_levels_and_the_icons_of_the_pages() -> None:
    assert {f"level-{name}" for name in SEVEN} <= set(LEVELS)
    assert {f"i-{name}" for name in PAGES} == set(ICONS)
    symbols = [each.attrib["id"] for each in ElementTree.fromstring(sprite()).iter(f"{SVG}symbol")]
    assert symbols == [*LEVELS, *ICONS]


def test_gives_every_symbol_a_shape_of_its_own() -> None:
    shapes = [(shape.fill, shape.line, shape.broken) for shape in (*LEVELS | ICONS,)
              for shape in [(LEVELS | ICONS)[shape]]]  # fmt: skip
    assert len(set(shapes)) == len(shapes)
    assert all(any(shape) for shape in shapes)


def test_is_small_and_takes_the_colour_of_the_text() -> None:
    text = sprite()
    assert len(text.encode()) <= 8_000
    assert "style" not in text and "#" not in text
    for path in ElementTree.fromstring(text).iter(f"{SVG}path"):
        assert {path.get("fill"), path.get("stroke")} & {"currentColor"}
        assert {path.get("fill"), path.get("stroke")} <= {"currentColor", "none", None}
