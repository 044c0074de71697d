"""The form under an article: its title, labels, notes and button, and "comments are closed"."""

from boilerstrip.filters.family import Family
from boilerstrip.signature import Signature

FILTER = Family(
    name="comment_form",
    hint_on=frozenset(),  # no page's content
    summary="comment forms: title, labels, notes, button, comments closed",
    signature=Signature(
        names="respond commentform reply-title must-log-in nocomments comment-form comment-respond",
        words="comment-respond comment-form comment-notes comments-form leave-comment comment-closed "
        "comments-closed post-comment add-comment write-comment comment-subscription akismet "
        "comment-policy comment-box comment-rules comments-login commentform comment-input",
        itemtypes="commentaction",
    ),
    max_prose=0.25,
    zones=frozenset(["head", "tail"]),
    reach=4,
    longest=5.0,
)
