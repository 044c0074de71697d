"""``python -m benchmarks quality|speed|worst|profile|sites|packs --data DIR``; ``… growth``, ``… guard``."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import growth, guard, tables
from benchmarks.bootstrap import LEVEL, RESAMPLES, SEED
from benchmarks.data import sets_in
from benchmarks.hostile import FAMILIES
from benchmarks.packs import packs_table
from benchmarks.peers import choose, extractor
from benchmarks.quality import Row, compare
from benchmarks.sites import sites_table
from benchmarks.speed import SpeedTable, speed_table
from benchmarks.stages import profile
from benchmarks.worst import worst


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(prog="python -m benchmarks", description="Quality and speed on labelled pages.")
    commands = main.add_subparsers(dest="command", required=True)
    helps = {
        "quality": "text quality, ours and peers' side by side",
        "speed": "CPU time as a multiple of lxml's parse, and peak memory",
        "worst": "the pages that cost most, line by line",
        "profile": "where our own time goes",
        "sites": "what sections for sites in rule files cost by the thousand",
        "packs": "what the packs of all languages cost beside one alone",
    }
    for command, text in helps.items():
        sub = commands.add_parser(command, help=text, description=text)
        sub.add_argument("--data", type=Path, required=True, help="folder of *.jsonl.xz and score.py")
        sub.add_argument("--set", action="extend", nargs="+", dest="sets", help="names of sets (default: all)")
        if command in ("quality", "worst"):
            sub.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes")
        if command in ("quality", "speed"):
            sub.add_argument(
                "--peer", action="extend", nargs="*", dest="peers", help="names of peers; without one: all installed"
            )
            sub.add_argument("--out", type=Path, help="folder for the figures as JSON and Markdown")
        if command not in ("speed", "sites", "packs"):
            sub.add_argument("--mode", choices=["html", "text"], default="html")
        if command in ("speed", "profile", "sites", "packs"):
            sub.add_argument("--pages", type=int, default=100, help="so many first pages of each set")
            sub.add_argument("--rounds", type=int, default=3)
    quality, speed, pages = (commands.choices[c] for c in ("quality", "speed", "worst"))
    quality.add_argument("--by", choices=["lang", "page_type", "domain"], help="also a table a value of this key")
    quality.add_argument("--resamples", type=int, default=RESAMPLES, help="of the bootstrap; 0 for no intervals")
    speed.add_argument("--no-memory", action="store_true", help="leave out peak memory")
    commands.choices["sites"].add_argument("--sites", type=int, default=10_000, help="so many sections")
    commands.choices["packs"].add_argument("--lang", default="en", help="the pack that stands alone")
    pages.add_argument("--most", type=int, default=10)
    pages.add_argument("--page-type")
    pages.add_argument("--id")
    text = "how CPU time grows with the size of bad pages, a row a family"
    growing = commands.add_parser("growth", help=text, description=text)
    growing.add_argument("--family", action="append", dest="families", choices=list(FAMILIES), metavar="NAME")
    growing.add_argument("--seconds", type=float, default=0.5, help="CPU time of the larger page to aim at")
    text = "whether our own pages cost over a fifth more than was recorded, beside lxml's parse"
    guarding = commands.add_parser("guard", help=text, description=text)
    guarding.add_argument("--record", action="store_true", help="write down today's figure instead")
    return main


def main(argv: Sequence[str] | None = None) -> None:
    args = parser().parse_args(argv)
    if args.command == "growth":
        print(growth.table(args.families, args.seconds))
        return
    if args.command == "guard":
        well, told = (True, guard.record()) if args.record else guard.guard()
        print(told)
        sys.exit(0 if well else 1)
    logging.disable(logging.CRITICAL)  # some peers log every page they fail on
    sets = args.sets or sets_in(args.data)
    if args.command == "quality":
        _quality(args, sets)
    elif args.command == "speed":
        _speed(args, sets)
    elif args.command == "profile":
        print(profile(args.data, sets, args.mode, args.pages, args.rounds))
    elif args.command == "sites":
        for name in sets:
            print(sites_table(args.data, name, args.sites, args.pages, args.rounds))
    elif args.command == "packs":
        for name in sets:
            print(packs_table(args.data, name, args.lang, args.pages, args.rounds))
    else:
        for name in sets:
            print(worst(args.data, name, args.mode, args.most, args.page_type, args.workers, args.id))


def _quality(args: argparse.Namespace, sets: list[str]) -> None:
    run, missing = _choose(args, args.mode)
    rows: list[Row] = []
    for part in compare(args.data, sets, run, args.mode, args.by, args.workers, args.resamples):
        rows += part
        print(tables.quality_text(part), end="\n\n", flush=True)
        if args.out:
            details = {
                "mode": args.mode,
                "bootstrap": {"resamples": args.resamples, "level": LEVEL, "seed": SEED, "unit": "page"},
                "rows": tables.as_dicts(rows),
            }
            document = _document(args, run, missing, args.mode) | details
            tables.write(args.out, f"quality-{args.mode}", document, tables.quality_markdown(rows, _command(args)))


def _speed(args: argparse.Namespace, sets: list[str]) -> None:
    run, missing = _choose(args, "html")
    done: list[SpeedTable] = []
    for name in sets:
        table = speed_table(args.data, name, run, args.pages, args.rounds, not args.no_memory)
        done.append(table)
        print(table.text(), end="\n\n", flush=True)
    if args.out:
        document = _document(args, run, missing, "html") | {"sets": [table.as_dict() for table in done]}
        text = "\n\n".join([f"`{_command(args)}`", *(table.markdown() for table in done)]) + "\n"
        tables.write(args.out, "speed", document, text)


def _choose(args: argparse.Namespace, mode: str) -> tuple[list[str], dict[str, str]]:
    run, missing = choose(args.peers, mode)
    for name, why in missing.items():
        print(f"{name} left out: {why}", file=sys.stderr)
    return run, missing


def _command(args: argparse.Namespace) -> str:
    """The command to repeat a run, without the paths of this machine."""
    words = ["python", "-m", "benchmarks", args.command, "--data", "DIR"]
    for option, values in (("--set", args.sets), ("--peer", args.peers)):
        words += [] if values is None else [option, *values]
    if args.command == "quality":
        words += ["--mode", args.mode]
        words += ["--by", args.by] if args.by else []
    else:
        words += ["--pages", str(args.pages), "--rounds", str(args.rounds)]
    return shlex.join(words)


def _document(args: argparse.Namespace, run: list[str], missing: dict[str, str], mode: str) -> dict[str, Any]:
    return {
        "command": _command(args),
        "python": platform.python_version(),
        "versions": {name: extractor(name, mode).version for name in run},
        "left_out": missing,
    }


if __name__ == "__main__":
    main()
