"""The examples and pages of a rule file as checks, each of which says what leaked or was lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape
from pathlib import Path

import msgspec

import boilerstrip
from boilerstrip import Document, Pipeline
from boilerstrip.rulefiles import Rules, RuleSource, load_rules
from boilerstrip.rulefiles.schema import LineIs, Rule, strings
from boilerstrip.testing.cases import Case, cases_in, differences

# A page of invented prose that the examples are put into: first, in the middle, last.
_PROSE = (
    "The reading room of the old customs house will stay open for another year, the board decided on Monday.",
    "Its members had heard for three hours how the roof was mended, and who had paid for the slates.",
    "Visitors numbered eleven thousand last summer, twice as many as in the year before the stairs were rebuilt.",
    "A new lamp over the door is all that is missing now, said the keeper, who has had the key since 1994.",
)
_PLACES = {"first": 0, "in the middle": 2, "last": 4}
_FAR = 100_000


@dataclass(frozen=True)
class Check:
    """One thing that a rule file promises; called, it raises AssertionError if that is not so.

    name  for people: ``drop.promo drops "Get our app"``
    """

    name: str
    _work: partial[str]

    def __call__(self) -> None:
        if self.problem:
            raise AssertionError(f"{self.name}: {self.problem}")

    @cached_property
    def problem(self) -> str:
        """What is wrong, in a line or several; empty if nothing is."""
        return self._work()

    def __str__(self) -> str:
        return self.name


def checks_of(source: RuleSource, pages: Path | None = None) -> list[Check]:
    """All checks of a rule file: its ``drops`` and ``keeps`` examples, and the saved pages beside it.

    source  the file: its path, its text, or Rules
    pages   folder of the saved pages, each in a folder of its own (``cases_in``); by default the one
            beside the file that is called as the file is, without ``.toml``

    Raises RuleError for a file with mistakes.
    """
    rules = load_rules(source)
    folder = Path(rules.file).with_suffix("") if pages is None else pages
    return [*_examples(rules), *(_of_page(rules, case) for case in cases_in(folder))]


def _examples(rules: Rules) -> Iterator[Check]:
    keeping = tuple(rule for rule in rules.rules if rule.keeps_lines)
    for rule in rules.rules:
        top = "keep" if rule.keeps_lines else "drop"
        beside = () if rule.keeps_lines else keeping
        for example in strings(rule.drops):
            yield Check(f'{top}.{rule.name} drops "{example}"', partial(_drops, rules.file, rule, beside, example))
        for example in strings(rule.keeps):
            yield Check(f'{top}.{rule.name} keeps "{example}"', partial(_keeps, rules.file, rule, beside, example))


def _drops(file: str, rule: Rule, beside: tuple[Rule, ...], example: str) -> str:
    if rule.keeps_lines:
        return _left_alone(file, rule, (), example, "kept")
    return _found(file, rule, beside, example, "dropped")


def _keeps(file: str, rule: Rule, beside: tuple[Rule, ...], example: str) -> str:
    if rule.keeps_lines:
        return _found(file, rule, (), example, "kept")
    return _left_alone(file, rule, beside, example, "lost")


def _found(file: str, rule: Rule, beside: tuple[Rule, ...], example: str, done: str) -> str:
    """A rule must find all lines of its example in one of the places at least."""
    missed: list[str] = []
    for place in _PLACES:
        trial = _Trial(file, (rule, *beside), example, place)
        missed = trial.missed(rule)
        if not missed:
            return ""
        if trial.protected:
            return f"leaked: {trial.protected[0]} (a keep rule of the file protects it)"
    said = "leaked" if done == "dropped" else "not kept"
    return "\n".join(f"{said}: {line}" for line in missed) + _hint(file, rule, example)


def _left_alone(file: str, rule: Rule, beside: tuple[Rule, ...], example: str, done: str) -> str:
    """A rule must not find any line of an example, wherever it stands."""
    wrong: dict[str, list[str]] = {}
    for place in _PLACES:
        for line in _Trial(file, (rule, *beside), example, place).found(rule):
            wrong.setdefault(line, []).append(place)
    return "\n".join(f"{done} ({', '.join(places)}): {line}" for line, places in wrong.items())


def _hint(file: str, rule: Rule, example: str) -> str:
    """Which of a rule's own limits keeps it from its example, if one alone does."""
    line = rule.line or LineIs()
    trials = {
        "it is running prose; prose = true takes such lines": msgspec.structs.replace(rule, prose=True),
        "it is longer than the rule looks; line = { most_chars = … } lets it": msgspec.structs.replace(
            rule, line=msgspec.structs.replace(line, most_chars=_FAR)
        ),
        "it is long and running prose; prose = true and line = { most_chars = … } take such lines": (
            msgspec.structs.replace(rule, prose=True, line=msgspec.structs.replace(line, most_chars=_FAR))
        ),
        "it is not as its conditions (line) demand": msgspec.structs.replace(rule, line=None),
    }
    for hint, other in trials.items():
        if other != rule and any(not _Trial(file, (other,), example, place).missed(other) for place in _PLACES):
            return f"\n({hint})"
    return ""


class _Trial:
    """An example in a place of the page of prose, and what rules make of it."""

    def __init__(self, file: str, rules: tuple[Rule, ...], example: str, place: str) -> None:
        if example.lstrip().startswith("<"):
            shown = example
        else:
            shown = "".join(f"<p>{escape(line)}</p>" for line in example.split("\n"))
        blocks = [f"<p>{sentence}</p>" for sentence in _PROSE]
        blocks.insert(_PLACES[place], shown)
        lang = next((rule.langs[0] for rule in rules if rule.langs), "en")
        page = f'<html lang="{lang}"><head><title>Customs house</title></head><body>{"".join(blocks)}</body></html>'
        pipeline = Pipeline().with_rules(Rules(file, rules))
        self._document: Document = boilerstrip.extract(page, source="html", pipeline=pipeline)
        self.lines = [line.index for line in self._document.lines if line.text not in _PROSE]
        self.protected = [self._document.lines[r.line].text for r in self._document.protections]

    def found(self, rule: Rule) -> list[str]:
        """The lines of the example that the rule finds."""
        return [self._document.lines[i].text for i in self.lines if i in self._taken(rule)]

    def missed(self, rule: Rule) -> list[str]:
        """The lines of the example that it does not find."""
        return [self._document.lines[i].text for i in self.lines if i not in self._taken(rule)] or (
            [] if self.lines else ["(the example shows no line)"]
        )

    def _taken(self, rule: Rule) -> set[int]:
        records: Sequence[boilerstrip.Removal] = (
            self._document.protections if rule.keeps_lines else self._document.removals
        )
        return {record.line for record in records}


def _of_page(rules: Rules, case: Case) -> Check:
    return Check(f"page {case.id}", partial(_page_problem, rules, case))


def _page_problem(rules: Rules, case: Case) -> str:
    return "\n".join(differences(case, case.run(Pipeline.default().with_rules(rules))))
