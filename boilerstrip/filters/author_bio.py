"""Boxes about the author."""

from boilerstrip.filters.family import Family
from boilerstrip.signature import Signature

FILTER = Family(
    name="author_bio",
    summary="boxes about the author",
    signature=Signature(
        names="m-a-box saboxplugin-wrap td-author-box author-box abh_box",
        words="author-bio author-box about-author author-about author-description author-profile author-card author-details "
        "bio-box author-block author-biography author-widget post-author-bio about-the-author author-section author-panel "
        "elementor-author-box author-content",
    ),
    max_prose=0.15,
    reach=4,
    longest=60.0,
    zones=frozenset(["head", "tail"]),
)
