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


def write(name: str, data: Any) -> None:
    """One line a table: small enough to read, and a change shows where it is."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    lines: list[str] = []
    depth = 0
    for line in text.split("\n"):
        inside = depth > 0
        depth += line.count("[") - line.count("]")
        if inside:
            lines[-1] += line.strip() if lines[-1].endswith("[") or line.strip().startswith("]") else " " + line.strip()
        else:
            lines.append(line)
    (TARGET / f"{name}.json").write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--mode", choices=["html", "text"], action="append", dest="modes")
    parser.add_argument("--pairs", type=int, default=30, help="most pairs of features on a card")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--held-out", action="store_true", help="write nothing: score cards on domains they did not see"
    )
    args = parser.parse_args()
    points, kinds = learn_kinds(samples(args.data, list(SETS), "html", {}, args.workers))
    if not args.held_out:
        write("kind", points)
    for mode in args.modes or ["html", "text"]:
        pages = samples(args.data, list(SETS), mode, kinds if mode == "html" else {}, args.workers)
        lines = lines_of(pages, SETS)
        if args.held_out:
            print(f"{mode}, domains not seen:")
            print(held_out(args.data, list(SETS), mode, lines, args.pairs, args.workers), flush=True)
        else:
            write(mode, learn_card(lines, args.pairs))


if __name__ == "__main__":
    main()
