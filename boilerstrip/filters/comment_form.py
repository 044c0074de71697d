"""The form under an article: its title, labels, notes and button, and "comments are closed"."""

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

# A line this near to two lines of the form, and this short, is one of its labels.
_REACH = 2
_LABEL_UNITS = 4.0


def _labels(page: Page) -> Iterator[Decision]:
    """Short lines in the midst of a form's labels: counters, captchas, a lone asterisk."""
    said = sorted({h.line for h in page.phrases.get("comment_form", ())})
    if len(said) < 3:
        return
    for before, after in zip(said, said[1:], strict=False):
        if not 1 < after - before <= _REACH + 1 or page.zone(before) == "body":
            continue
        for i in range(before + 1, after):
            if page.units[i] <= _LABEL_UNITS:
                yield Decision([i], Evidence("neighbour", "short line between form labels", before))


FILTER = Family(
    name="comment_form",
    summary="comment forms: title, labels, notes, button, comments closed",
    signature=Signature(
        names="respond commentform reply-title must-log-in nocomments comment-form comment-respond",
        words="comment-respond comment-form comment-notes comments-form leave-comment comment-closed "
        "comments-closed comment-reply post-comment add-comment write-comment comment-subscription akismet "
        "comment-policy comment-box commentform comment-input",
        itemtypes="commentaction",
    ),
    max_prose=0.25,
    more=_labels,
)
