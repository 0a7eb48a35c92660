"""A drawing of Altair layers over one plane, and how it becomes an SVG.

Both axes of the plane are pixels from the top left corner unless a chart gives a scale of its own. Rows of
data carry positions, texts and colours; nothing in a row is ever read as an expression or an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import altair as alt
import vl_convert

from constancia.apps.publishing.outputs.charts.house import INK, SANS, config
from constancia.apps.publishing.outputs.charts.measure import fonts

Row = dict[str, Any]
_PIXELS = alt.Scale(domain=[0, 1000], range=[0, 1000], nice=False, zero=False)
"""One unit of data is one pixel, whatever the height will be in the end."""

Align = Literal["left", "center", "right"]


@dataclass(slots=True)
class Drawing:
    """Layers, the first at the bottom. `width` and `height` in pixels."""

    width: float
    height: float
    layers: list[Row] = field(default_factory=list)

    def bars(self, rows: Sequence[Row], *, stroke: str | None = None, stroke_width: float = 0.8) -> None:
        """Filled rectangles: x, x2, y, y2, fill."""
        mark: Row = {"stroke": stroke, "strokeWidth": stroke_width} if stroke else {}
        self._add(rows, alt.Chart().mark_rect(**mark), "x", "x2", "y", "y2", colour="fill")

    def lines(self, rows: Sequence[Row], *, width: float = 1, dash: Sequence[float] = ()) -> None:
        """Straight lines: x, y to x2, y2, in the colour `stroke`."""
        mark: Row = {"strokeWidth": width, **({"strokeDash": list(dash)} if dash else {})}
        self._add(rows, alt.Chart().mark_rule(**mark), "x", "x2", "y", "y2", colour="stroke")

    def dots(self, rows: Sequence[Row], *, size: float = 90, stroke: str | None = None) -> None:
        """Circles of `size` square pixels: x, y, fill."""
        mark: Row = {"size": size, "opacity": 1, "shape": "circle", **({"stroke": stroke} if stroke else {})}
        self._add(rows, alt.Chart().mark_point(filled=True, **mark), "x", "y", colour="fill")

    def path(self, rows: Sequence[Row], *, colour: str, width: float = 2) -> None:
        """One line through all rows: x, y."""
        self._add(rows, alt.Chart().mark_line(color=colour, strokeWidth=width), "x", "y", order=True)

    def band(self, rows: Sequence[Row], *, colour: str) -> None:
        """The area between y and y2 along x."""
        self._add(rows, alt.Chart().mark_area(color=colour, opacity=1), "x", "y", "y2")

    def texts(
        self,
        rows: Sequence[Row],
        *,
        size: float,
        align: Align = "left",
        bold: bool = False,
        halo: bool = False,
        middle: bool = True,
    ) -> None:
        """Texts at x, y: `text` in the colour `fill` (else ink). `halo`: a white edge round the letters."""
        rows = [{**row, "fill": row.get("fill", INK)} for row in rows if row["text"]]
        mark: Row = {
            "fontSize": size,
            "font": SANS,
            "align": align,
            "baseline": "middle" if middle else "alphabetic",
            "fontWeight": 600 if bold else 400,
        }
        if halo:
            edge = {**mark, "stroke": "#ffffff", "strokeWidth": 3.5, "strokeJoin": "round"}
            self._add(rows, alt.Chart().mark_text(**edge), "x", "y", text=True)
        self._add(rows, alt.Chart().mark_text(**mark), "x", "y", colour="fill", text=True)

    def _add(
        self,
        rows: Sequence[Row],
        chart: alt.Chart,
        *places: str,
        colour: str | None = None,
        text: bool = False,
        order: bool = False,
    ) -> None:
        if not rows:
            return
        channels: Row = {}
        for place in places:
            if place == "x":
                channels[place] = alt.X("x:Q", scale=_PIXELS, axis=None)
            elif place == "y":
                channels[place] = alt.Y("y:Q", scale=_PIXELS, axis=None, stack=None)
            else:
                channels[place] = alt.X2("x2") if place == "x2" else alt.Y2("y2")
        if colour == "fill":
            channels["fill" if not text else "color"] = alt.Color("fill:N", scale=None, legend=None)
        elif colour == "stroke":
            channels["color"] = alt.Color("stroke:N", scale=None, legend=None)
        if text:
            channels["text"] = alt.Text("text:N")
        if order:
            channels["order"] = alt.Order("x:Q")
        # Neither copied nor checked by Altair for every drawing, which would take most of the time: a test
        # holds the specifications of all charts against Vega-Lite's schema.
        layer: Row = chart.encode(**channels).to_dict(validate=False)
        self.layers.append(
            {"data": {"values": list(rows)}, "mark": layer["mark"], "encoding": layer["encoding"]}
        )

    def specification(self) -> dict[str, Any]:
        """The drawing in Vega-Lite."""
        return {
            "$schema": alt.SCHEMA_URL,
            "width": self.width,
            "height": self.height,
            "autosize": "none",
            "layer": self.layers,
            "config": config(),
        }

    def raw_svg(self) -> str:
        """The drawing as Vega makes it; nothing may be fetched for it."""
        fonts()
        svg: str = vl_convert.vegalite_to_svg(self.specification(), allowed_base_urls=[])
        return svg
