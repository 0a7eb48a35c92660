"""Six simple charts as SVG, in the style and with the type of the real ones, to set documents with."""

from __future__ import annotations

from collections.abc import Sequence

INK, MUTED, HAIR, BLUE, LIGHT, OCHRE = "#1d2330", "#5b6472", "#d5d9e0", "#1f4e79", "#9dbdd9", "#b5651d"
SANS = 'font-family="Source Sans Pro, system-ui, sans-serif"'
WIDE = 660


def svg(height: int, parts: Sequence[str]) -> str:
    inside = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{height}" '
        f'viewBox="0 0 {WIDE} {height}">{inside}</svg>'
    )


def words(x: float, y: float, text: str, *, anchor: str = "start", fill: str = MUTED, size: int = 11) -> str:
    return (
        f'<text x="{x}" y="{y}" {SANS} font-size="{size}" text-anchor="{anchor}" fill="{fill}">{text}</text>'
    )


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def daily(values: Sequence[int], first: str, last: str, mark: str) -> str:
    """Bars day by day, one of them marked."""
    highest, step = max(values), (WIDE - 40) / len(values)
    parts = [
        f'<line x1="30" x2="{WIDE}" y1="{200 - level * 160 / highest:.1f}" '
        f'y2="{200 - level * 160 / highest:.1f}" stroke="{HAIR}"/>'
        + words(24, 204 - level * 160 / highest, str(level), anchor="end")
        for level in range(0, highest + 1, 20)
    ]
    for n, value in enumerate(values):
        tall = value * 160 / highest
        parts.append(box(32 + n * step, 200 - tall, step - 2, tall, BLUE if n < len(values) - 7 else LIGHT))
    parts += [words(32, 218, first), words(WIDE, 218, last, anchor="end"), words(80, 24, mark, fill=INK)]
    return svg(226, parts)


def across(rows: Sequence[tuple[str, int]]) -> str:
    """Bars from left to right with their numbers."""
    highest = max(value for _, value in rows)
    parts = []
    for n, (label, value) in enumerate(rows):
        y = 8 + n * 26
        parts += [
            words(150, y + 14, label, anchor="end", fill=INK),
            box(160, y, value * 420 / highest, 18, BLUE),
        ]
        parts.append(words(166 + value * 420 / highest, y + 14, str(value), fill=INK))
    return svg(16 + 26 * len(rows), parts)


def line(values: Sequence[int], first: str, last: str) -> str:
    """A stepped line with its last value beside it."""
    highest, step = max(values), (WIDE - 90) / (len(values) - 1)
    path = " ".join(
        f"{'L' if n else 'M'}{30 + n * step:.1f} {180 - value * 150 / highest:.1f}"
        for n, value in enumerate(values)
    )
    end = 180 - values[-1] * 150 / highest
    return svg(
        206,
        [
            f'<line x1="30" x2="{WIDE - 60}" y1="180" y2="180" stroke="{MUTED}"/>',
            f'<path d="{path}" fill="none" stroke="{BLUE}" stroke-width="2.4"/>',
            words(WIDE - 54, end + 4, str(values[-1]), fill=BLUE, size=16),
            words(30, 198, first),
            words(WIDE - 60, 198, last, anchor="end"),
        ],
    )


def tiles(names: Sequence[str]) -> str:
    """A grid of small squares, as of states."""
    parts = []
    for n, name in enumerate(names):
        x, y = 20 + (n % 8) * 78, 8 + (n // 8) * 62
        fill = BLUE if n % 5 == 0 else LIGHT if n % 2 else HAIR
        parts += [box(x, y, 72, 56, fill), words(x + 6, y + 18, name, fill="#ffffff" if n % 5 == 0 else INK)]
    return svg(20 + 62 * ((len(names) + 7) // 8), parts)


def charts() -> dict[str, str]:
    """All six, by the names under which the sample document asks for them."""
    values = [(n * 37) % 23 + (60 if n in (0, 31) else 0) + (n % 7 == 2) * 24 for n in range(54)]
    states = ["DC", "MI", "ZU", "LA", "CA", "AN", "BO", "TA", "ME", "TR", "BA", "PO", "FA", "AP", "GU", "SU"]
    return {
        "daily": daily(values, "8/01", "2/03", "← 42 el primer día"),
        "levels": line([910, 868, 801, 744, 690, 655, 612, 573], "8/01", "2/03"),
        "states": across(
            [("Distrito Capital", 201), ("Miranda", 98), ("Zulia", 71), ("Lara", 44), ("Táchira", 22)]
        ),
        "tiles": tiles(states),
        "claims": across([("Anunciadas", 406), ("Verificadas", 268), ("Informadas", 31)]),
        "bridge": across(
            [("Regla A", 759), ("Sin reconocimiento", 112), ("Menos de 48 h", 79), ("Regla B", 568)]
        ),
    }
