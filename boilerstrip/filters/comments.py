"""What readers wrote under the article, and the furniture around it."""

from bisect import bisect_right
from collections.abc import Iterator

from boilerstrip.filters.family import Family, may_claim
from boilerstrip.page import Decision, Evidence, Page, Source
from boilerstrip.rules import load
from boilerstrip.rules.stamp import StampWords
from boilerstrip.signature import Signature

_SIGNATURE = Signature(
    names="disqus_thread fb-comments viafoura hyvor-talk commento giscus utterances remark42 cackle mc-container vuukle "
    "commentlist comment-list comments-area comments-section comments-list comments-wrapper commentsection",
    starts="dsq- coral- spotim spot-im disqus livefyre commentlist openweb",
    words="comment-list comments-list comments-area comments-section comment-section comments-wrapper comments-block "
    "comments-container comment-container user-comments reader-comments article-comments post-comments "
    "comment-thread comment-body comment-content comment-author comment-meta comment-count comments-count "
    "comments-link comment-item comments-title comment-header comments-header comment-wrapper fb-comments",
    weak="comments comment kommentare commentaires comentarios yorumlar",
    itemtypes="comment usercomments",
    itemprops="comment",
)
# A comment section may well hold more prose than the article, but the article stands before it.
_LEAST_BEFORE = 60.0
# A thread in flattened text: how many entries, how far apart in lines, the first how far below the header.
_LEAST_ENTRIES = 2
_FURTHEST = 14
_FIRST = 6
_LONGEST_WRITER = 6.0
_MOST_WORDS = 8


def _sections(page: Page) -> Iterator[Decision]:
    """Elements named after comments that follow enough prose, whatever they hold."""
    for hit in page.signatures.get("comments", ()):
        box = hit.box
        if box.end > box.start and page.prose_in(0, box.start) >= _LEAST_BEFORE and may_claim(page, hit, 0.95):
            yield Decision(range(box.start, box.end), Evidence("signature", hit.what))


def _threads(page: Page) -> Iterator[Decision]:
    """In flattened text: what follows a header of comments as long as writers and dates come in turn.

    An entry is a short line (who wrote it), a stamp below it or at its end, and what was written.
    """
    hits = [hit for hit in page.phrases.get("comments", ()) if hit.how in ("whole", "start", "weak")]
    if not hits:
        return
    times = load().times
    entries = [i for i in range(len(page.lines)) if _is_entry(page, i, times)]
    claimed = -1
    for hit in hits:
        header = hit.line
        if header <= claimed or page.prose_in(0, header) < _LEAST_BEFORE:
            continue
        first = bisect_right(entries, header)
        if first >= _LEAST_ENTRIES and entries[first - _LEAST_ENTRIES] >= page.body[0]:
            continue  # entries above the header too: a live blog, and its counts of comments
        thread: list[int] = []
        for i in entries[first:]:
            if i - (thread[-1] if thread else header) > (_FURTHEST if thread else _FIRST):
                break
            thread.append(i)
        if len(thread) < _LEAST_ENTRIES:
            continue
        end = thread[-1] + 1
        while end < len(page.lines) and page.prose[end] and end - thread[-1] <= _FIRST:
            end += 1
        claimed = end - 1
        yield Decision(range(header, end), Evidence("shape", f"{len(thread)} entries below a header", header))


def _is_entry(page: Page, i: int, times: StampWords) -> bool:
    """Whether a line dates what a reader wrote: a stamp under a name, or a name and how long ago."""
    if i in page.stamps:
        return i > 0 and page.units[i - 1] <= _LONGEST_WRITER and not page.prose[i - 1] and i - 1 not in page.stamps
    words = page.norms[i].split()
    return 2 < len(words) <= _MOST_WORDS and any(
        times.find(" ".join(words[at:]), words[at:]) is not None for at in range(1, min(4, len(words) - 1))
    )


def _more(page: Page) -> Iterator[Decision]:
    yield from _sections(page)
    if page.source is Source.TEXT:
        yield from _threads(page)


FILTER = Family(
    name="comments",
    summary="comments by readers: count, list, reply and report links",
    signature=_SIGNATURE,
    max_prose=0.3,
    zones=frozenset(["head", "tail"]),
    lone=True,
    reach=8,
    longest=80.0,
    more=_more,
)
