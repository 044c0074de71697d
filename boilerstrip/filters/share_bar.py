"""Share buttons, follow-us links, likes."""

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.rules import load
from boilerstrip.rules.normalise import key_of
from boilerstrip.signature import Signature

_LONGEST = 120
_FIRST = lazy_re(r"[\w.&-]*")
# So many words of a line may be no network's name ("on", "via", a count).
_MOST_NETWORK_WORDS = 3


def _networks(page: Page) -> Iterator[Decision]:
    """Lines made of nothing but names of networks; a single name needs a neighbour or a link."""
    names = load().networks
    found: list[tuple[int, int]] = []
    firsts = load().network_words
    for i, key in enumerate(page.keys):
        first = _FIRST.match(key) if 0 < len(key) <= _LONGEST else None
        if first is not None and first[0] in firsts:
            count = _count_networks(page.norms[i], names)
            if count:
                found.append((i, count))
    lines = {i for i, _ in found}
    for i, count in found:
        near = next((j for j in (i - 1, i + 1, i - 2, i + 2) if j in lines), None)
        if count >= 2 or page.lines[i].links:
            yield Decision([i], Evidence("shape", "names of networks only"))
        elif near is not None:
            yield Decision([i], Evidence("neighbour", "name of a network beside another", near))


def _count_networks(norm: str, names: set[str]) -> int:
    """How many networks a line names if it names nothing else, else 0."""
    words = [w for w in (key_of(part) for part in norm.replace("/", " ").split()) if w]
    count = i = 0
    while i < len(words):
        for size in range(min(_MOST_NETWORK_WORDS, len(words) - i), 0, -1):
            if " ".join(words[i : i + size]) in names:
                count += 1
                i += size
                break
        else:
            if words[i] != "0":
                return 0
            i += 1
    return count


FILTER = Family(
    name="share_bar",
    summary="share buttons, follow-us links, likes and reactions",
    signature=Signature(
        names="sharedaddy sd-sharing jp-sharing a2a_kit addthis_toolbox sharethis-inline-share-buttons heateor_sss "
        "essb_links ya-share2 simplesocialbuttons wp-block-likes sd-like kksr rmp-widgets wp-block-social-links "
        "sharing-icons jetpack-likes-widget fb-like twitter-share-button",
        starts="addtoany addthis sharedaddy sd-block heateor essb_ shareaholic st-btn- sfsi_ a2a_ ssba- dpsp-",
        words="share-bar share-buttons share-button share-links share-link share-list share-tools share-box share-icons "
        "share-icon share-article share-this share-post share-menu share-wrapper share-container share-widget "
        "share-on share-page share-section social-share social-sharing social-links social-icons social-icon "
        "social-buttons social-media social-bar social-list social-menu social-follow social-nav social-tools sharing "
        "sharebar sharebuttons follow-us follow-buttons follow-links post-sharing article-share sharetools "
        "post-share td-post-sharing reactions emoji-reactions like-button rate-article socials article-social "
        "social-network social-networks share-count teilen partage partager compartir paylas",
        weak="share social follow shares",
    ),
    max_prose=0.05,
    lone=True,
    more=_networks,
)
