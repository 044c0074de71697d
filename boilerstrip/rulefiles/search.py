"""Rules compiled: all phrases of a file in one table, looked up once a line; patterns in bounded time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import thread_time

import regex

from boilerstrip.dom import SelectorError, select
from boilerstrip.filters.family import says_mark
from boilerstrip.filters.following import below_header, opened_by
from boilerstrip.measure import ends_sentence
from boilerstrip.page import Decision, Evidence, Page, PhraseHit, Source
from boilerstrip.rulefiles.schema import LineIs, Rule, strings
from boilerstrip.rulefiles.selectors import to_xpath
from boilerstrip.rules.match import LONGEST_CONTAINS, LONGEST_START, Words, words_of
from boilerstrip.rules.normalise import key_of, normalise

# How long one pattern, and all of a file, may look at one page: seconds of CPU time, so that a busy
# machine changes no outcome.
PATTERN_SECONDS = 0.1
PAGE_SECONDS = 0.5
_PHRASES = ("whole", "start", "contains")
_NUMBER = re.compile(r"[0-9]+")
_ANY_NUMBER = "0"
_ANY_LINE = LineIs()


@dataclass(slots=True)
class Found:
    """What the rules of one file say about one page.

    decisions  by family
    failed     by family: what could not be looked for to the end, and why
    """

    decisions: dict[str, list[Decision]] = field(default_factory=dict)
    failed: dict[str, list[str]] = field(default_factory=dict)

    def add(self, family: str, decisions: Iterable[Decision], failed: Iterable[str]) -> None:
        self.decisions.setdefault(family, []).extend(decisions)
        self.failed.setdefault(family, []).extend(failed)

    def update(self, other: Found) -> None:
        """Add what another search found."""
        for family, decisions in other.decisions.items():
            self.add(family, decisions, other.failed[family])


class Search:
    """Rules, ready to be looked for; made once per process and never pickled."""

    def __init__(self, file: str, rules: Sequence[Rule]) -> None:
        self._file = file
        self._rules = rules
        families: dict[str, dict[str, list[str]]] = {}
        longest = LONGEST_START
        for i, rule in enumerate(rules):
            kinds = {how: [" ".join(each.split()) for each in strings(getattr(rule, how))] for how in _PHRASES}
            if any(kinds.values()):
                # The table knows a rule by its number, as it does a family of the packs by its name.
                families[str(i)] = kinds
                longest = max([longest, _most_chars(rule), *(2 * len(phrase) for phrase in kinds["whole"])])
        self._longest = longest
        # The tables know one number, 0; a phrase with another means that one.
        said = {
            each: _NUMBER.findall(normalise(each))
            for kinds in families.values()
            for how in kinds.values()
            for each in how
        }
        self._numbers = {phrase: numbers for phrase, numbers in said.items() if set(numbers) - {_ANY_NUMBER}}
        self._words = Words([{"lang": file, "family": families}], longest=longest) if families else None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # notes of the compiler on style
            self._patterns = [[(each, regex.compile(each)) for each in strings(rule.pattern)] for rule in rules]
        self._selectors = [[(each, to_xpath(each)) for each in strings(rule.select)] for rule in rules]

    def __call__(self, page: Page) -> Found:
        """What the rules say about a page, in time linear in its lines, patterns within their bounds."""
        found = Found()
        hits = self._hits(page)
        end = thread_time() + PAGE_SECONDS
        for i, rule in enumerate(self._rules):
            if rule.langs and page.lang not in rule.langs:
                continue
            failed: list[str] = []
            lines = self._said(page, rule, hits.get(str(i), ()))
            for written, pattern in self._patterns[i]:
                try:
                    for line in _matching(page, rule, pattern, min(thread_time() + PATTERN_SECONDS, end)):
                        lines.setdefault(line, self._evidence(rule, "pattern", written))
                except TimeoutError:
                    failed.append(f"pattern “{written}” took too long; it did not see all lines")
            decisions = [Decision([line], why, keep=rule.keeps_lines) for line, why in lines.items()]
            for written, xpath in self._selectors[i]:
                try:
                    inside = selected(page, xpath)
                except SelectorError as error:
                    failed.append(f"select “{written}”: {error}")
                    continue
                inside = [line for line in inside if _is(page, line, rule.line or _ANY_LINE)]
                why = self._evidence(rule, "select", written)
                decisions.append(Decision(inside, why, keep=rule.keeps_lines))
                lines.update(dict.fromkeys(inside, why))
            if rule.then is not None:
                why = self._evidence(rule, "then", rule.then)
                decisions += [
                    Decision(run, why.beside(line), keep=rule.keeps_lines)
                    for line, run in _followers(page, rule, sorted(lines))
                ]
            found.add(rule.family, decisions, [f"{self._file}: {rule.name}: {each}" for each in failed])
        return found

    def _said(self, page: Page, rule: Rule, hits: Sequence[PhraseHit]) -> dict[int, Evidence]:
        """The lines that a rule finds by its phrases or, where it has nothing else, by what they are like."""
        lines: dict[int, Evidence] = {}
        for hit in hits:
            if hit.phrase in self._numbers and not _counts(page, hit, self._numbers[hit.phrase]):
                continue
            if hit.line not in lines and _may_speak(page, rule, hit):
                lines[hit.line] = self._evidence(rule, hit.how, hit.phrase)
        if rule.line is not None and not _finds(rule):
            why = self._evidence(rule, "line", _worded(rule.line))
            for line in range(len(page.lines)):
                if _is(page, line, rule.line) and (rule.prose or not page.prose[line]):
                    lines[line] = why
        return lines

    def _hits(self, page: Page) -> dict[str, list[PhraseHit]]:
        """The phrases on a page, by the number of their rule."""
        hits: dict[str, list[PhraseHit]] = {}
        if self._words is None:
            return hits
        find = self._words.phrases_in
        longest = self._longest
        for i, key in enumerate(page.keys):
            if key:
                find(i, key, words_of(key), hits)
            elif LONGEST_CONTAINS < longest and LONGEST_CONTAINS < len(page.lines[i].text) <= longest:
                long = key_of(normalise(page.lines[i].text))
                find(i, long, words_of(long), hits)
        return hits

    def _evidence(self, rule: Rule, how: str, what: str) -> Evidence:
        return Evidence("rule", f"{self._file}: {rule.name}: {how} “{what}”")


def selected(page: Page, xpath: str) -> list[int]:
    """The lines inside the elements that an XPath selects, in order; none in flattened text."""
    if page.tree is None:
        return []
    inside: list[int] = []
    end = 0
    # Elements come in document order: one within another adds nothing, however deep they are nested.
    for element in select(page.tree, xpath):
        lines = page.lines_of(element)
        if lines.stop > end:
            inside.extend(range(max(lines.start, end), lines.stop))
            end = lines.stop
    return inside


def _finds(rule: Rule) -> bool:
    return bool(rule.whole or rule.start or rule.contains or rule.pattern or rule.select)


def _most_chars(rule: Rule) -> int:
    """The longest line that a phrase or pattern of a rule is looked for in."""
    said = rule.line.most_chars if rule.line is not None else None
    return LONGEST_CONTAINS if said is None else said


def _may_speak(page: Page, rule: Rule, hit: PhraseHit) -> bool:
    """Whether a phrase, where it stands, is what its rule means."""
    if not says_mark(page, hit):
        return False
    if hit.how != "whole" and not _is_loose(page, rule, hit.line):
        return False
    return _is(page, hit.line, rule.line or _ANY_LINE)


def _counts(page: Page, hit: PhraseHit, numbers: Sequence[str]) -> bool:
    """Whether the numbers of a line are those of its phrase, in which 0 stands for any."""
    there = _NUMBER.findall(page.norms[hit.line] or normalise(page.lines[hit.line].text))
    places = len(there) - len(numbers) + 1
    for start in range(places if hit.how == "contains" else min(places, 1)):
        if all(n in (_ANY_NUMBER, m) for n, m in zip(numbers, there[start:], strict=False)):
            return True
    return False


def _is_loose(page: Page, rule: Rule, line: int) -> bool:
    """Whether a line may be furniture by a part of it alone: short, and no running prose."""
    return len(page.lines[line].text) <= _most_chars(rule) and (rule.prose or not page.prose[line])


def _is(page: Page, i: int, wanted: LineIs) -> bool:
    """Whether a line is as a rule demands."""
    line = page.lines[i]
    words = page.units[i]
    return (
        wanted.least_words <= words
        and (wanted.most_words is None or words <= wanted.most_words)
        and wanted.least_chars <= len(line.text)
        and (wanted.most_chars is None or len(line.text) <= wanted.most_chars)
        and wanted.least_linked <= line.link_share <= wanted.most_linked
        and (wanted.ends_sentence is None or ends_sentence(line.text) is wanted.ends_sentence)
        and (not wanted.tags or line.tag in wanted.tags)
        and (not wanted.zones or page.zone(i) in wanted.zones)
    )


def _worded(wanted: LineIs) -> str:
    """The conditions that are set, in words."""
    return ", ".join(
        f"{key} = {value!r}"
        for key in wanted.__struct_fields__
        if (value := getattr(wanted, key)) != getattr(_ANY_LINE, key)
    )


def _matching(page: Page, rule: Rule, pattern: regex.Pattern[str], end: float) -> Iterator[int]:
    """The lines in which a pattern is found; raises TimeoutError at ``end`` of its time."""
    wanted = rule.line or _ANY_LINE
    for i, line in enumerate(page.lines):
        if _is_loose(page, rule, i) and _is(page, i, wanted):
            left = end - thread_time()
            if left <= 0.0:
                raise TimeoutError
            if pattern.search(line.text, timeout=left) is not None:
                yield i


def _followers(page: Page, rule: Rule, headers: Sequence[int]) -> Iterator[tuple[int, Iterable[int]]]:
    """(header, lines that go with it) for the lines that a rule found."""
    end = 0
    for header in headers:
        if rule.then == "links":
            yield from ((header, decision.lines) for decision in below_header(page, header, rule.family))
        elif header >= end:
            # One that goes with another goes as far: each line is looked at once.
            end = _next_prose(page, header) if rule.then == "prose" else _block_end(page, header, rule.family)
            yield header, range(header + 1, end)


def _next_prose(page: Page, header: int) -> int:
    """The next line of running prose below one."""
    size = len(page.lines)
    return next((i for i in range(header + 1, size) if page.prose[i]), size)


def _block_end(page: Page, header: int, family: str) -> int:
    """Where the block ends that a line opens: its paragraph; in HTML, the largest element without prose."""
    block = page.lines[header].block
    end = header + 1
    while end < len(page.lines) and page.lines[end].block == block:
        end += 1
    if page.source is Source.HTML:
        box = opened_by(page, header, family)
        end = max(end, page.lines[header].box.end, box.end if box is not None else 0)
    return end
