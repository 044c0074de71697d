"""``boilerstrip rules test``: do rule files keep what their examples promise?"""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from boilerstrip.cli.pages import note, out
from boilerstrip.pipeline import Pipeline
from boilerstrip.rulefiles import RuleError, load_rules
from boilerstrip.testing import checks_of


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False))
@click.option("-v", "--verbose", is_flag=True, help="List the checks that pass, too.")
@click.pass_context
def test(context: click.Context, files: tuple[str, ...], *, verbose: bool) -> None:
    """Run the examples of rule files, and the saved pages beside them.

    What a rule's "drops" show it must take, what its "keeps" show it must leave. The pages of
    my.toml stand in folders my/NAME/ with page.html or page.txt, expected.txt and, where it
    matters, removed.jsonl and url.txt. The exit code is 1 if anything fails.
    """
    passed = failed = 0
    for name in files:
        try:
            checks = checks_of(Path(name))
        except RuleError as error:
            out(f"FAIL  {error}".replace("\n", "\n      "))
            failed += 1
            continue
        except (OSError, ValueError) as error:
            note(name, f"the pages beside it cannot be read: {error}")
            failed += 1
            continue
        for check in checks:
            if check.problem:
                failed += 1
                out(f"FAIL  {name}: {check}\n      " + check.problem.replace("\n", "\n      "))
            else:
                passed += 1
                if verbose:
                    out(f"ok    {name}: {check}")
        _remarks(name)
    out(f"{passed} passed, {failed} failed")
    context.exit(1 if failed else 0)


def _remarks(name: str) -> None:
    """What is no mistake and may be none: a new family that is called almost as another, a rule without examples."""
    rules = load_rules(Path(name))
    known = Pipeline.default().names
    for family in dict.fromkeys(rule.family for rule in rules.rules if not rule.keeps_lines):
        near = difflib.get_close_matches(family, known, n=1, cutoff=0.8)
        if family not in known and near:
            note(name, f"family {family!r} is new; did you mean {near[0]!r}?")
    bare = [rule.name for rule in rules.rules if not rule.drops and not rule.keeps]
    if bare:
        note(name, f"no examples: {', '.join(bare)}")
