"""The command line: measures, prints each table when it is ready, and after a full run writes docs/benchmarks.md."""

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
from bench.measure import PROJECT
from bench.report import Table
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
    facts, began = machine.facts(), datetime.now(UTC)
    measured = []
    for name in options.only or TABLES:
        print(f"bench: {name}", file=sys.stderr)
        for table in TABLES[name](size):
            print(table, flush=True)
            measured.append(table)
    print(report.asked(measured))
    if not options.only and not options.quick:
        minutes = (datetime.now(UTC) - began).total_seconds() / 60
        page = report.page(measured, f"{began:%-d %B %Y}", minutes, facts)
        (PROJECT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="How fast Triptych is.")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=tuple(TABLES),
        metavar="table",
        help="only these tables, without a page: %(choices)s",
    )
    parser.add_argument("--quick", action="store_true", help="one run of each, at small sizes; writes no page")
    parser.add_argument(
        "--long", action="store_true", help="include long ones: 500 pages, 200 articles, 500 by one worker"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
