from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract import ruler
from extract.normal import plain_form
from extract.ruler import Ruler

PIECES = st.lists(
    st.sampled_from(["總（zǒng）體", "情況", "一、", "。", "某局abc", "公(gōng)開", "(一)", "　"])
)


@given(PIECES, st.integers(0, 400))
def test_a_place_in_the_cleaned_line_is_found_in_the_printed_one(
    pieces: list[str], place: int
) -> None:
    line = "".join(pieces)
    clean = plain_form(line)
    length = min(place, len(clean))
    assert plain_form(line[: Ruler(line, clean).printed(length)]) == clean[:length]


def test_a_long_line_is_measured_in_pieces_that_part_no_annotation() -> None:
    line = "總（zǒng）體情況已經向社會公開。" * 300
    clean = plain_form(line)
    assert len(clean) < len(line)
    measure = Ruler(line, clean)
    for length in range(0, len(clean), 7):
        assert plain_form(line[: measure.printed(length)]) == clean[:length]


def test_a_line_of_many_headings_is_not_cleaned_anew_for_each(monkeypatch) -> None:
    cleaned = 0

    def counted(text: str) -> str:
        nonlocal cleaned
        cleaned += len(text)
        return plain_form(text)

    monkeypatch.setattr(ruler, "plain_form", counted)
    line = "一、總（zǒng）體情況。" * 500
    clean = plain_form(line)
    measure = Ruler(line, clean)
    for place in range(0, len(clean), 8):
        measure.printed(place)
    assert cleaned < 200 * len(line)
