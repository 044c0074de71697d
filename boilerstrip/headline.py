"""The headline of a page and the names of its site, from metadata, markup and repetition."""

from __future__ import annotations

from collections.abc import Iterable

from boilerstrip.lazy import lazy_re
from boilerstrip.measure import bars_in, is_flat_menu, says_twice
from boilerstrip.page import Page, Source, host_of
from boilerstrip.rules import load
from boilerstrip.rules.normalise import key_of, normalise

# A run of white space is entered at its beginning only, or each place in it would be tried to its end.
_SEPARATOR = lazy_re(r"(?<!\s)\s++[|\-–—•·:»«/ـ]++\s++|(?:(?<!\s)\s++)?\|\s*+")
# Characters: a longer title is not taken apart, and one that is longer still is no headline.
_LONGEST_SPLIT = 300
_LONGEST_DECLARED = 1000
_LONGEST_TITLE = 40.0
_SHORTEST_TITLE = 2.5
_LONGEST_SITE = 6
# Where the headline of flattened text is looked for, in lines from the top and above the body.
_TOP_LINES = 6
_ABOVE_BODY = 12
_LEAST_HEADLINE = 3.5
# Two bars or bullets, or three of these, part headlines.
_LEAST_BARS = 2
_RULES = (" — ", " – ", " - ", " // ", " /// ", " *** ", " +++ ")
_LONGEST_HEADLINE = 28.0
# So many stray short lines may stand between the headline and the body.
_MOST_SHORT = 3
# What menus, paths and contact lines have and headlines have not.
_MARKS = lazy_re(r"[|›>©@/\t]|^[^«]*»|\.{3}|https?:|\[[0-9]+\]")
# A name in the head of the page: how far down, how short in characters, how long in words.
_HEAD_LINES = 40
# A longer line that begins with a phrase may still be a headline.
_LONGEST_LABEL = 6.0
_LEAST_NAME = 4
_LONGEST_NAME = 6.0
_LEAST_PART = 6
# Families whose header a short line may hang on.
_LINK_WORDS = frozenset(["search_box", "most_read", "read_also", "ticker", "tags"])
_WORD = lazy_re(r"\w+")


def find_headline(page: Page) -> None:
    """Fill ``title`` and ``site_names``; ``norms`` must be there."""
    sites: list[str] = []
    if page.source is Source.HTML:
        page.title = _from_markup(page, sites)
        sites.extend(_beside_copyright(page, sites))
    else:
        sites.extend(_beside_copyright(page, ()))
        masthead = None if sites else _masthead(page)
        if masthead is not None:
            sites.append(page.lines[masthead].text)
        title = _from_repetition(page, sites)
        # "# Headline" in Markdown
        page.title = title.lstrip("#").strip() if title is not None and title.startswith("#") else title
    host = host_of(page.url) or host_of(page.meta.get("url"))
    if host:
        host = host.removeprefix("www.")
        sites.append(host)
        label = host.rpartition(".")[0].rpartition(".")[2]
        if len(label) > 2:
            sites.append(label)
    page.site_names = tuple(dict.fromkeys(s for s in sites if s))


def _from_markup(page: Page, sites: list[str]) -> str | None:
    named = page.meta.get("site_name")
    if named:
        sites.append(named)
    h1 = [page.lines[i].text for i in page.h1]
    # An h1 of several lines (kicker and headline) is one headline.
    known = {key_of(normalise(text)) for text in h1}
    best: str | None = None
    for candidate in (page.meta.get("title"), page.meta.get("head_title")):
        if not candidate or len(candidate) > _LONGEST_DECLARED:
            continue
        if not h1 and (line := _line_in_title(page, candidate)):
            _note_site(candidate.replace(line, " "), sites)
            return line
        stripped = _without_site(candidate, sites, known)
        if best is None:
            best = stripped
    if len(h1) == 1 and (best is None or _similar(h1[0], best)):
        return h1[0]
    for text in h1:
        if best is not None and _similar(text, best):
            return text
    return best or (h1[0] if h1 else None)


def _line_in_title(page: Page, title: str) -> str | None:
    """The line above the body, or the first of it, that the title begins or ends with: the longest, as the name of
    the site is one too. Old pages set their headline in bold type.
    """
    said = key_of(normalise(title))
    best: str | None = None
    for i in range(min(page.body[0] + 1, _HEAD_LINES, len(page.lines))):
        key, text = page.keys[i], page.lines[i].text
        if _LEAST_HEADLINE <= page.units[i] <= _LONGEST_HEADLINE and (best is None or len(text) > len(best)):
            behind, before = said.removeprefix(key), said.removesuffix(key)
            if (behind != said and not behind[:1].isalnum()) or (before != said and not before[-1:].isalnum()):
                best = text
    return best


def _similar(a: str, b: str) -> bool:
    mine = set(_WORD.findall(normalise(a)))
    other = set(_WORD.findall(normalise(b)))
    return bool(mine) and len(mine & other) >= 0.6 * min(len(mine), len(other))


def _without_site(title: str, sites: list[str], known: set[str]) -> str:
    """A <title> without the site's name at its end (or start), which is noted in ``sites``."""
    if len(title) > _LONGEST_SPLIT:
        return title
    parts = [p.strip() for p in _SEPARATOR.split(title)]
    parts = [p for p in parts if p]
    if len(parts) < 2:
        return title
    site_keys = {key_of(normalise(s)) for s in sites}
    cuts = [m.span() for m in _SEPARATOR.finditer(title)]
    # Known headline first: what stands beside it is the site (and its section).
    for start, end in cuts:
        left, right = title[:start].strip(), title[end:].strip()
        if key_of(normalise(left)) in known:
            _note_site(right, sites)
            return left
        if key_of(normalise(right)) in known:
            _note_site(left, sites)
            return right
    for start, end in reversed(cuts):
        left, right = title[:start].strip(), title[end:].strip()
        if key_of(normalise(right)) in site_keys:
            return _without_site(left, sites, known) if left else title
        if key_of(normalise(left)) in site_keys:
            return right
    if "|" in title and len(parts[-1].split()) <= _LONGEST_SITE:
        left = title.rpartition("|")[0].strip()
        _note_site(parts[-1], sites)
        return left or title
    if len(parts[-1].split()) <= 3 < len(parts[0].split()):
        start, _ = cuts[-1]
        _note_site(parts[-1], sites)
        return title[:start].strip()
    return title


def _note_site(text: str, sites: list[str]) -> None:
    for part in _SEPARATOR.split(text):
        if part and len(part.split()) <= _LONGEST_SITE:
            sites.append(part.strip(" :"))


def _from_repetition(page: Page, sites: list[str]) -> str | None:
    """In flattened text: the line near the top or above the body that comes again, or the record's title."""
    lines = page.lines
    if not lines:
        return None
    keys = page.keys
    counts: dict[str, int] = {}
    for key in keys:
        if key:
            counts[key] = counts.get(key, 0) + 1
    start = page.body[0]
    above = set(range(max(0, start - _ABOVE_BODY), min(start + 1, len(lines))))
    near = [i for i in range(len(lines)) if i < _TOP_LINES or i in above]
    # A crawl record begins with the page's <title>: the headline, mostly with the site behind it.
    first = lines[0].text
    # What the first line says in full may stand further up: author, date and buttons have lines of their own.
    head = range(max(1, start - _HEAD_LINES), start)
    known = {keys[i] for i in above if i > 0}.union(keys[i] for i in head if page.units[i] >= _LEAST_HEADLINE)
    stripped = _without_site(first, sites, known)
    first_key = key_of(normalise(stripped))
    if stripped != first and first_key in known:
        return stripped
    best: tuple[int, int] | None = None
    names = {key_of(normalise(s)) for s in sites}
    furniture = _furniture(page)
    for i in near:
        key = keys[i]
        size = page.units[i]
        if i in furniture or key in names or i in page.stamps:
            continue
        if not key or not _SHORTEST_TITLE < size <= _LONGEST_TITLE or (page.prose[i] and i >= start):
            continue
        times = sum(1 for k in keys if k and key in k) if counts[key] > 1 or i < 2 else counts[key]
        if times > 1 and size >= 4 and (best is None or times > best[0]):
            best = (times, i)
    if best is not None:
        title = lines[best[1]].text
        _sites_beside(title, lines_text=[line.text for line in lines if len(line.text) < 300], sites=sites)
        return title
    above_body = _above_body(page, names)
    if above_body is not None:
        return lines[above_body].text
    if stripped != first and _SHORTEST_TITLE < len(stripped.split()):
        return stripped
    return None


def _furniture(page: Page) -> set[int]:
    """Lines that a phrase names as furniture; a headline may begin with one ("Read also: …")."""
    networks = load().networks
    said = {
        hit.line
        for hits in page.phrases.values()
        for hit in hits
        if hit.how in ("whole", "weak") or page.units[hit.line] <= _LONGEST_LABEL
    }
    return said.union([i for i, key in enumerate(page.keys) if key in networks])


def _above_body(page: Page, names: set[str]) -> int | None:
    """The line above the body that reads like its headline: the topmost in reach that may be one.

    Upwards from the body: bylines, stamps, captions and stray short lines are passed; a menu (a
    run of short lines) or too many lines end the look.
    """
    start = page.body[0]
    said = _furniture(page)
    found: int | None = None
    below: int | None = None
    short = 0
    for i in range(start - 1, max(-1, start - 1 - _ABOVE_BODY), -1):
        text = page.lines[i].text
        stamp = page.stamps.get(i)
        if stamp is not None and not stamp.date and not stamp.mark and found is not None:
            # A bare time above a headline: that one is a ticker's.
            return below if found == i + 1 else found
        if i in page.stamps or i in said or page.keys[i] in names or _side_by_side(page, i):
            continue
        if page.units[i] < _LEAST_HEADLINE or is_flat_menu(text, page.units[i]) or says_twice(text):
            short += 1
            if short > _MOST_SHORT:
                break
            continue
        if found is not None and short > 1:
            break
        short = 0
        if page.units[i] <= _LONGEST_HEADLINE and text[-1] not in ".:;,।。" and not _MARKS.search(text):
            found, below = i, found
        elif found is not None:
            break
    return found


def _side_by_side(page: Page, i: int) -> bool:
    """Whether a line is one of several headlines, or holds several, that stood side by side in one."""
    following = page.lines[i + 1 : i + 2]
    if page.lines[i].glue is not None or any(line.glue is not None for line in following):
        return True
    text = page.lines[i].text
    return bars_in(text) >= _LEAST_BARS or any(text.count(mark) > _LEAST_BARS for mark in _RULES)


def _sites_beside(title: str, lines_text: list[str], sites: list[str]) -> None:
    """«Site - Headline» names the site."""
    for text in lines_text:
        if title in text and text != title:
            rest = [p.strip(" -–—|:•·«»ـ") for p in text.split(title)]
            for part in rest:
                if part and len(part.split()) <= _LONGEST_SITE and any(s in text for s in "-–—|«»ـ"):
                    sites.append(part)


def _beside_copyright(page: Page, known: Iterable[str]) -> list[str]:
    """Short lines of the head whose words come again behind a © at the foot."""
    signed = [
        f" {' '.join(_WORD.findall(norm))} "
        for norm in page.norms[page.body[1] :]
        if norm and ("©" in norm or "(c)" in norm or "copyright" in norm)
    ]
    if not signed:
        return []
    names: dict[str, str] = {}
    said = page.speakers
    for i, key in enumerate(page.keys[: min(page.body[0], _HEAD_LINES)]):
        if not key or i in said or i in page.stamps or not _LEAST_NAME <= len(key) or page.units[i] > _LONGEST_NAME:
            continue
        words = f" {' '.join(_WORD.findall(key))} "
        if any(words in line for line in signed):
            names[key] = page.lines[i].text
        elif page.source is Source.TEXT:
            # "Port Louvel - The Estuary Courier"
            for part in _SEPARATOR.split(page.lines[i].text)[1:]:
                part_key = key_of(normalise(part))
                if len(part_key) >= _LEAST_PART and any(_signs(part_key, line) for line in signed):
                    names[part_key] = part
    keys = [*names, *(key_of(normalise(name)) for name in known)]
    # "Estuary" is no name where "Estuary Courier" is one.
    return [name for key, name in names.items() if not any(key != other and key in other for other in keys)]


def _signs(name: str, line: str) -> bool:
    """Whether a line ends in a name, a year aside; some scripts glue a small word before it."""
    before, found, after = line.rpartition(name)
    return bool(found) and not after.strip(" 0123456789") and " " in before[-2:]


def _masthead(page: Page) -> int | None:
    """In flattened text: the first line that no phrase names, if the menu follows it."""
    said = {hit.line for hits in page.phrases.values() for hit in hits}
    menu_lines = {hit.line for hit in page.phrases.get("nav_menu", ()) if not hit.specific}
    for i in range(min(page.body[0], _HEAD_LINES) - 1):
        if i in menu_lines or (i - 1 in said and not _LINK_WORDS.isdisjoint(page.speakers.get(i - 1, ()))):
            return None  # behind menu items or below a header: an item itself
        if i in said or i in page.stamps:
            continue
        menu = any(hit.line == i + 1 for hit in page.phrases.get("nav_menu", ()))
        named = page.units[i] <= _LONGEST_NAME and not page.lines[i].text.endswith((".", ":", "?"))
        return i if menu and named else None
    return None
