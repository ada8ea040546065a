"""The command line: measures, prints each table when it is ready, keeps it, and writes docs/benchmarks.md."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from bench import (
    again,
    cluster,
    cold,
    editions,
    growth,
    kept,
    library,
    limits,
    machine,
    preview,
    report,
    resumed,
    scale,
    stages,
    start,
    waits,
)
from bench.report import Part, Shown, Table
from bench.scale import Scale

TABLES: Mapping[str, Callable[[Scale], Iterator[Table]]] = {
    "cold": cold.tables,
    "start": start.tables,
    "again": again.tables,
    "preview": preview.tables,
    "waits": waits.tables,
    "editions": editions.tables,
    "library": library.tables,
    "resumed": resumed.tables,
    "cluster": cluster.tables,
    "growth": growth.tables,
    "stages": stages.tables,
    "limits": limits.tables,
}


def main() -> None:
    """Measure the requested tables, in the order of the page."""
    options = _options()
    size = scale.QUICK if options.quick else scale.LONG if options.long else scale.WHOLE
    facts, measured = dict(machine.facts()), dict[str, Part]()
    for name in options.only or TABLES:
        print(f"bench: {name}", file=sys.stderr)
        day, tables = f"{datetime.now(UTC):%-d %B %Y}", list[Shown]()
        for table in TABLES[name](size):
            tables.append(table.shown)
            print(tables[-1].section(), flush=True)
        measured[name] = Part(day=day, machine=facts, tables=tables)
        if not options.quick and (said := kept.add(measured, tuple(TABLES))):
            print(f"bench: {said}", file=sys.stderr)
    print(report.asked(table for part in measured.values() for table in part.tables))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="How fast Triptych is.")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=tuple(TABLES),
        metavar="table",
        help="only these tables; the others stay as they were measured: %(choices)s",
    )
    parser.add_argument("--quick", action="store_true", help="one run of each, at small sizes; keeps nothing")
    parser.add_argument(
        "--long", action="store_true", help="include long ones: 500 pages, 200 articles, 500 by one worker"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
