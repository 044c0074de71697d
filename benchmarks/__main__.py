"""``python -m benchmarks quality|speed|worst --data DIR``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from benchmarks.data import sets_in
from benchmarks.quality import table
from benchmarks.speed import speed
from benchmarks.worst import worst


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in ("quality", "speed", "worst"):
        sub = commands.add_parser(command)
        sub.add_argument("--data", type=Path, required=True, help="folder of *.jsonl.xz and score.py")
        sub.add_argument("--set", action="append", dest="sets", help="name of a set (repeatable; default: all)")
        sub.add_argument("--workers", type=int, default=os.cpu_count())
        if command != "speed":
            sub.add_argument("--mode", choices=["html", "text"], default="html")
    commands.choices["quality"].add_argument("--by", choices=["lang", "page_type", "domain"])
    commands.choices["speed"].add_argument("--pages", type=int, default=100)
    commands.choices["speed"].add_argument("--rounds", type=int, default=3)
    commands.choices["worst"].add_argument("--most", type=int, default=10)
    commands.choices["worst"].add_argument("--page-type")
    commands.choices["worst"].add_argument("--id")
    args = parser.parse_args()
    sets = args.sets or sets_in(args.data)
    if args.command == "quality":
        print(table(args.data, sets, args.mode, args.by, args.workers))
    elif args.command == "speed":
        print(speed(args.data, sets, args.pages, args.rounds))
    else:
        for name in sets:
            print(worst(args.data, name, args.mode, args.most, args.page_type, args.workers, args.id))


if __name__ == "__main__":
    main()
