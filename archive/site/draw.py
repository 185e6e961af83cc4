"""Charts as SVG, drawn here: they need no script, and a table beside them says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_COLOURS = ("#1f5fa8", "#b3261e", "#4b7f2b", "#7a4fa3")
_DASHES = ("", "6 3", "2 3", "8 3 2 3")
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 240, 64, 12, 14, 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart.

    Attributes:
        label: Its name.
        values: A value for each place of the axis, None where there is none.
    """

    label: str
    values: Sequence[float | None]


def lines(title: str, axis: Sequence[str], drawn: Sequence[Line]) -> Markup:
    """Draw lines over an axis; a gap stays a gap.

    Args:
        title: What a screen reader says.
        axis: The names of the places.
        drawn: At most four lines; they differ in dashes too, not in colour alone.
    """
    top = max((value for line in drawn for value in line.values if value is not None), default=0)
    if len(axis) < 2 or top <= 0:
        return Markup("")
    ceiling = _ceiling(top)
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" class="chart" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>'
    ]
    for share in (0, 0.5, 1):
        y = _y(ceiling * share, ceiling)
        parts.append(
            f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="#ddd"/><text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" '
            f'font-size="12" fill="#444">{ceiling * share:,.0f}</text>'
        )
    for place, name in enumerate(axis):
        parts.append(
            f'<text x="{_x(place, axis):.1f}" y="{_HEIGHT - 8}" text-anchor="middle" '
            f'font-size="12" fill="#444">{escape(name)}</text>'
        )
    for number, line in enumerate(drawn[: len(_COLOURS)]):
        parts += _line(line, axis, ceiling, _COLOURS[number], _DASHES[number])
    parts.append("</svg>")
    legend = "".join(
        f'<li class="key{number}">{escape(line.label)}</li>' for number, line in enumerate(drawn)
    )
    return Markup(f'{"".join(parts)}<ul class="legend">{legend}</ul>')


def _line(
    line: Line, axis: Sequence[str], ceiling: float, colour: str, dashes: str
) -> list[str]:
    parts: list[str] = []
    run: list[str] = []
    for place, value in enumerate([*line.values, None]):
        if value is not None:
            x, y = _x(place, axis), _y(value, ceiling)
            run.append(f"{x:.1f},{y:.1f}")
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}">'
                f"<title>{escape(axis[place])}: {value:,.0f}</title></circle>"
            )
        elif run:
            parts.append(
                f'<polyline points="{" ".join(run)}" fill="none" stroke="{colour}" '
                f'stroke-width="2" stroke-dasharray="{dashes}"/>'
            )
            run = []
    return parts


def _ceiling(top: float) -> float:
    step = 10.0 ** (len(str(int(top))) - 1)
    return next(step * factor for factor in (1, 2, 4, 5, 8, 10, 20) if step * factor >= top)


def _x(place: int, axis: Sequence[str]) -> float:
    return _LEFT + 20 + place * (_WIDTH - _LEFT - _RIGHT - 40) / (len(axis) - 1)


def _y(value: float, ceiling: float) -> float:
    return _HEIGHT - _BOTTOM - value / ceiling * (_HEIGHT - _TOP - _BOTTOM)
