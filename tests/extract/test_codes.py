from __future__ import annotations

import pytest

from extract.codes import org_code, uscc


@pytest.mark.parametrize(
    ("text", "whole", "short"),
    [
        ("11341702486344515H/202110-00013", "11341702486344515H", "486344515"),
        ("12620600MB0523338C/2025-04735", "12620600MB0523338C", "MB0523338"),
        ("area=113325000026455663", "113325000026455663", "002645566"),
        ("014314799/2024-00002", None, "014314799"),
        ("01431479-9/2024-00002", None, "014314799"),
        ("11341702486344515A/202110-00013", None, None),
        ("014314798/2024-00002", None, None),
        ("000014349/2013-00123/x", None, "000014349"),
        ("30642-2025-001", None, None),
        ("", None, None),
    ],
)
def test_only_codes_with_a_right_check_digit(
    text: str, whole: str | None, short: str | None
) -> None:
    assert (uscc(text), org_code(text)) == (whole, short)
