"""The round numbers of a scale. Sole importer of leather."""

from decimal import Decimal


def ticks(least: float, most: float) -> tuple[float, ...]:
    """From four to ten round numbers at equal distances, from the least value or less to the most or more."""
    from leather.ticks.score import ScoreTicker  # few articles have a chart

    if least == most:
        least, most = (0.0, most) if most > 0 else (least, 0.0) if least else (0.0, 1.0)
    found = ScoreTicker(Decimal(str(least)), Decimal(str(most))).ticks
    return tuple(map(float, found))
