"""What readers wrote under the article, and the furniture around it."""

from collections.abc import Iterator

from boilerstrip.filters.family import Family, may_claim
from boilerstrip.page import Decision, Evidence, Page
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


def _sections(page: Page) -> Iterator[Decision]:
    """Elements named after comments that follow enough prose, whatever they hold."""
    for hit in page.signatures.get("comments", ()):
        box = hit.box
        if box.end > box.start and page.prose_in(0, box.start) >= _LEAST_BEFORE and may_claim(page, hit, 0.95):
            yield Decision(range(box.start, box.end), Evidence("signature", hit.what))


FILTER = Family(
    name="comments",
    hint_on=frozenset(["forum", "product"]),
    summary="comments by readers: count, list, reply and report links",
    signature=_SIGNATURE,
    max_prose=0.3,
    zones=frozenset(["head", "tail"]),
    lone=True,
    reach=8,
    longest=80.0,
    more=_sections,
)
