"""Search forms: label, button, popular searches."""

from boilerstrip.filters.family import Family
from boilerstrip.signature import Signature

FILTER = Family(
    name="search_box",
    summary="search forms and their labels",
    signature=Signature(
        names="searchform search-form searchbox",
        words="search-form search-box search-bar search-field search-overlay search-modal search-container "
        "search-wrapper site-search header-search search-toggle search-input search-suggestions popular-searches "
        "search-block search-widget widget-search search-submit search-panel",
        weak="search",
        roles="search",
        types="search",
    ),
    max_prose=0.05,
)
