"""Learns a scorecard: boosted trees of few leaves over the steps of the features."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from boilerstrip.scorecard.features import FEATURES, name_words, names_step
from boilerstrip.scorecard.flat import says_steps
from training.pages import Sample

_NEAR = FEATURES.index("names_near")
_FAR = FEATURES.index("names_far")
_SAYS = FEATURES.index("says")
_SAYS_MEAN = FEATURES.index("says_mean")
# A word of class names must be seen on so many pages, and speak clearly, to be on the card.
_LEAST_PAGES = 8
# ... and a word of flattened text on so many sites: else it is what they write about.
_LEAST_SITES = 40
_LEAST_POINTS = 0.25
_MOST_POINTS = 2.0
_TREES = 300
# What a line weighs of which only a snippet tells whether it is content; a page has about six.
_SNIPPET = 0.25
# ... and a page of which snippets tell, and the library as it stands where they do not.
_GIVEN = 2.0
# A page weighs at most so many times what the usual one of its set and kind does: else those of which the truth is
# but a sliver speak louder than hundreds of others.
_MOST_PAGE = 2.5
_PARAMS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": 16,
    "min_data_in_leaf": 100,
    "lambda_l2": 10.0,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
_Floats = npt.NDArray[np.float64]


@dataclass
class Lines:
    """All undecided lines of all pages, side by side."""

    values: npt.NDArray[np.int16]
    content: npt.NDArray[np.bool_]
    weight: _Floats
    page: npt.NDArray[np.int64]
    fold: npt.NDArray[np.int64]
    chains: list[tuple[tuple[str, ...], ...]]
    said: list[tuple[str, ...]]
    site: list[str]


def _shares(page: Sample) -> list[float]:
    """What each line of a page weighs, by its words as a share of the truth's."""
    if page.by_snippets:
        return [_SNIPPET] * len(page.rows)
    size = max(50, len(page.truth))
    factor = _GIVEN if page.given else 1.0
    return [factor * (min(3.0, 3.0 * (row.words + 1) / size) + 0.002) for row in page.rows]


def lines_of(pages: list[Sample], weights: dict[str, float]) -> Lines:
    """The lines of ``pages``; each page weighs by how much there is to drop, times the weight of its set."""
    values, content, weight, page_of, chains, said, site = [], [], [], [], [], [], []
    shares = [_shares(page) for page in pages]
    wholes: dict[tuple[str, str], list[float]] = defaultdict(list)
    for page, each in zip(pages, shares, strict=True):
        wholes[page.dataset, page.kind].append(sum(each))
    most = {key: _MOST_PAGE * median(each) for key, each in wholes.items()}
    for p, page in enumerate(pages):
        factor = weights.get(page.dataset.split("-")[0], 1.0)
        factor *= min(1.0, most[page.dataset, page.kind] / max(1e-9, sum(shares[p])))
        for row, share in zip(page.rows, shares[p], strict=True):
            values.append(row.values)
            content.append(row.content)
            weight.append(share * factor)
            page_of.append(p)
            chains.append(row.chain)
            said.append(row.said)
            site.append(page.domain)
    page_index = np.array(page_of)
    folds = np.array([page.fold for page in pages])
    return Lines(
        values=np.array(values, dtype=np.int16),
        content=np.array(content),
        weight=np.array(weight),
        page=page_index,
        fold=folds[page_index],
        chains=chains,
        said=said,
        site=site,
    )


def _near_far(chain: tuple[tuple[str, ...], ...]) -> tuple[list[str], list[str]]:
    near = [w for names in chain[:2] for w in name_words(names)]
    far = [w for names in chain[2:] for w in name_words(names)]
    return near, far


def learn_names(lines: Lines, chosen: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Points of class and id words: log odds of content, each page having one voice a word."""
    # Lines of a page share their surroundings: those are looked at once.
    around: dict[tuple[int, tuple[tuple[str, ...], ...]], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for k in np.nonzero(chosen)[0]:
        around[int(lines.page[k]), lines.chains[k]][1 if lines.content[k] else 0] += lines.weight[k]
    voices: dict[tuple[str, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (page, chain), (against, for_) in around.items():
        near, far = _near_far(chain)
        for word in {*near, *far}:
            voice = voices[word, page]
            voice[0] += against
            voice[1] += for_
    return _points([_tally(voices)], _LEAST_PAGES)


# By word: voices for content and against it, the same as they would be were all words alike, how many.
_Tally = dict[str, list[float]]


def _tally(voices: Mapping[tuple[str, Any], list[float]], usual: Mapping[Any, list[float]] | None = None) -> _Tally:
    """Each page or site has one voice a word, however often it says it; ``usual`` is what any word of it would say."""
    tally: _Tally = defaultdict(lambda: [0.0] * 5)
    for (word, who), (against, for_) in voices.items():
        said = tally[word]
        said[0] += for_ / (for_ + against)
        said[1] += against / (for_ + against)
        if usual is not None:
            bad, good = usual[who]
            said[2] += good / (good + bad)
            said[3] += bad / (good + bad)
        said[4] += 1.0
    return tally


def _points(tallies: Sequence[_Tally], least: int) -> dict[str, float]:
    """Log odds of content of each word that ``least`` voices say, over those of words in general."""
    total: _Tally = defaultdict(lambda: [0.0] * 5)
    for tally in tallies:
        for word, counts in tally.items():
            said = total[word]
            for k, count in enumerate(counts):
                said[k] += count
    prior = sum(each[1] for each in total.values()) / max(1e-9, sum(each[0] for each in total.values()))
    points = {}
    for word in sorted(total):
        good, bad, usual_good, usual_bad, count = total[word]
        if count >= least:
            odds = (good + 1.0) / (bad + 1.0)
            odds *= (usual_bad + 1.0) / (usual_good + 1.0) if usual_good + usual_bad else prior
            value = math.log(odds)
            if abs(value) > _LEAST_POINTS:
                points[word] = round(max(-_MOST_POINTS, min(_MOST_POINTS, value)), 2)
    return points


def with_says(
    values: npt.NDArray[np.int16], lines: Lines, chosen: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int16], dict[str, float]]:
    """The values with what the words of flattened text say, and the points of these words.

    What a site of few menus says of its words is no more than what it says of all, so a word counts by what
    it says beyond that. A line is told by what words say on sites of other folds than its own: as if it were new.
    """
    voices: dict[int, dict[tuple[str, str], list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    usual: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for k in np.nonzero(chosen)[0]:
        of_fold = voices[int(lines.fold[k])]
        side = 1 if lines.content[k] else 0
        usual[lines.site[k]][side] += lines.weight[k] * len(lines.said[k])
        for word in lines.said[k]:
            of_fold[word, lines.site[k]][side] += lines.weight[k]
    tallies = {fold: _tally(of_fold, usual) for fold, of_fold in voices.items()}
    values = values.copy()
    for fold in tallies:
        others = _points([tally for other, tally in tallies.items() if other != fold], _LEAST_SITES)
        for k in np.nonzero(chosen & (lines.fold == fold))[0]:
            values[k, _SAYS], values[k, _SAYS_MEAN] = says_steps(lines.said[k], others)
    return values, _points(list(tallies.values()), _LEAST_SITES)


def with_names(lines: Lines, names: dict[str, float]) -> npt.NDArray[np.int16]:
    """The values with the two name features filled in."""
    values = lines.values.copy()
    known: dict[tuple[tuple[str, ...], ...], tuple[int, int]] = {}
    for k, chain in enumerate(lines.chains):
        steps = known.get(chain)
        if steps is None:
            near, far = _near_far(chain)
            steps = known[chain] = (
                names_step(sum(names.get(w, 0.0) for w in near)),
                names_step(sum(names.get(w, 0.0) for w in far)),
            )
        values[k, _NEAR], values[k, _FAR] = steps
    return values


def boost(values: npt.NDArray[np.int16], lines: Lines, chosen: npt.NDArray[np.bool_]) -> lightgbm.Booster:
    """Small trees, each mending what those before it get wrong."""
    data = lightgbm.Dataset(
        values[chosen],
        lines.content[chosen],
        weight=lines.weight[chosen],
        feature_name=list(FEATURES),
        free_raw_data=False,
    )
    return lightgbm.train(_PARAMS, data, _TREES)


def to_card(model: lightgbm.Booster, names: dict[str, float]) -> dict[str, Any]:
    """The trees in the form of the card: see ``boilerstrip.scorecard.model``."""
    return {
        "bias": 0.0,
        "trees": [_tree(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]],
        "names": names,
    }


def _tree(node: dict[str, Any]) -> list[Any] | int:
    if "split_feature" not in node:
        return _hundredths(node["leaf_value"])
    return [
        FEATURES[node["split_feature"]],
        math.floor(node["threshold"]),
        _tree(node["left_child"]),
        _tree(node["right_child"]),
        _hundredths(node["internal_value"]),
    ]


def _hundredths(points: float) -> int:
    return round(100.0 * points)


def learn_card(lines: Lines, mode: str, without_fold: int | None = None) -> dict[str, Any]:
    """The card from all lines, or from those of the other folds: words and trees alike."""
    chosen = np.ones(len(lines.page), dtype=bool) if without_fold is None else lines.fold != without_fold
    names = learn_names(lines, chosen)
    values = with_names(lines, names)
    if mode == "html":
        return to_card(boost(values, lines, chosen), names)
    values, says = with_says(values, lines, chosen)
    return {**to_card(boost(values, lines, chosen), names), "says": says}
