"""``python -m training --data DIR``: learns the cards and the kinds; ``--held-out`` says how well they do."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from training.cards import learn_card, lines_of
from training.held_out import held_out
from training.kinds import learn_kinds
from training.pages import samples

TARGET = Path(__file__).resolve().parent.parent / "boilerstrip" / "scorecard"
# Sets to learn from, and what one of their pages weighs; "trafilatura" has snippets only.
SETS = {"wcxb": 1.0, "fundus": 4.0, "trafilatura": 1.0}


def write(name: str, data: dict[str, Any]) -> None:
    """One line a tree or number: small enough to read, and a change shows where it is."""
    (TARGET / f"{name}.json").write_text(_lines(data, "") + "\n", "utf-8")


def _lines(data: Any, indent: str) -> str:
    inner = indent + " "
    if isinstance(data, dict):
        rows = [f"{inner}{json.dumps(key, ensure_ascii=False)}: {_lines(value, inner)}" for key, value in data.items()]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(data, list):
        rows = [inner + json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in data]
        return "[\n" + ",\n".join(rows) + f"\n{indent}]"
    return json.dumps(data)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--mode", choices=["html", "text"], action="append", dest="modes")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--held-out", action="store_true", help="write nothing: score cards on domains they did not see"
    )
    args = parser.parse_args()
    for mode in args.modes or ["html", "text"]:
        points, told = learn_kinds(samples(args.data, list(SETS), mode, {}, args.workers))
        if not args.held_out:
            write(f"{mode}_kind", points)
        pages = samples(args.data, list(SETS), mode, told, args.workers)
        lines = lines_of(pages, SETS)
        if args.held_out:
            print(f"{mode}, domains not seen:")
            print(held_out(args.data, list(SETS), mode, lines, told, args.workers), flush=True)
        else:
            write(mode, learn_card(lines, mode))


if __name__ == "__main__":
    main()
