"""A chart of a content as SVG that stands alone."""

from __future__ import annotations

from constancia.apps.publishing.outputs.charts.announced import draw_announced
from constancia.apps.publishing.outputs.charts.daily import draw_daily
from constancia.apps.publishing.outputs.charts.drawing import Drawing
from constancia.apps.publishing.outputs.charts.finishing import finished
from constancia.apps.publishing.outputs.charts.house import Size
from constancia.apps.publishing.outputs.charts.levels import draw_levels
from constancia.apps.publishing.outputs.charts.pairs import draw_pairs
from constancia.apps.publishing.outputs.charts.tables import draw_bars
from constancia.apps.publishing.outputs.charts.theirs import draw_theirs
from constancia.apps.publishing.outputs.charts.tilemap import draw_map
from constancia.apps.publishing.outputs.charts.waterfall import draw_balance
from constancia.domain.language import Language
from constancia.domain.publishing.charts import announced, described, pairs, theirs, waterfall
from constancia.domain.publishing.charts.described import key_of, plain
from constancia.domain.publishing.charts.naming import MAP, table_of
from constancia.domain.publishing.content import Content


def svg(content: Content, name: str, language: Language, size: Size = "page") -> str:
    """The chart `name`, 620 pixels wide for a page or 340 for a telephone, without its title.

    The same content has the same bytes. It holds no script, no font and no reference to anything outside.
    InputRefused `edition.chart_unknown` for a name that the content has no chart of.
    """
    told = described(content, name, language)
    drawing = drawn(content, name, language, size)
    return finished(
        drawing.raw_svg(),
        title=plain(told.title),
        description=told.alt,
        ident=f"{key_of(name)}-{language}-{size}",
    )


def drawn(content: Content, name: str, language: Language, size: Size) -> Drawing:
    """The drawing of a chart that is known to be there."""
    for series in content.daily:
        if series.name == name:
            return draw_daily(content, series, language, size)
    for stock in content.levels:
        if stock.name == name:
            return draw_levels(content, stock, language, size)
    if name == waterfall.NAME and content.balance is not None:
        return draw_balance(content, content.balance, language, size)
    if name == announced.NAME:
        return draw_announced(content, language, size)
    if name == pairs.NAME:
        return draw_pairs(content, language, size)
    if name.startswith(theirs.PREFIX):
        return draw_theirs(content, name.removeprefix(theirs.PREFIX), language, size)
    table = table_of(content, name)
    return draw_map(table, language, size) if name.startswith(MAP) else draw_bars(table, language, size)
