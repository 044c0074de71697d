"""Learns a scorecard: boosted trees of two splits, added up into tables of steps and pairs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from boilerstrip.scorecard.features import FEATURES, STEPS, TAGS, name_words, names_step
from training.pages import Sample

_NEAR = FEATURES.index("names_near")
_FAR = FEATURES.index("names_far")
_TAG = FEATURES.index("tag")
# A word of class names must be seen on so many pages, and speak clearly, to be on the card.
_LEAST_PAGES = 8
_LEAST_POINTS = 0.25
_MOST_POINTS = 2.0
_TREES = 250
# What a line weighs of which only a snippet tells whether it is content; a page has about six.
_SNIPPET = 0.25
_PARAMS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.15,
    "num_leaves": 4,
    "max_depth": 2,
    "min_data_in_leaf": 60,
    "lambda_l2": 2.0,
    "feature_fraction": 0.7,
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
    words: list[list[str]]


def lines_of(pages: list[Sample], weights: dict[str, float]) -> Lines:
    """The lines of ``pages``; each page weighs alike, times the weight of its set."""
    values, content, weight, page_of, chains, words = [], [], [], [], [], []
    for p, page in enumerate(pages):
        size = max(50, len(page.truth))
        factor = weights.get(page.dataset.split("-")[0], 1.0)
        for row in page.rows:
            values.append(row.values)
            content.append(row.content)
            share = _SNIPPET if page.by_snippets else min(3.0, 3.0 * (len(row.words) + 1) / size) + 0.002
            weight.append(share * factor)
            page_of.append(p)
            chains.append(row.chain)
            words.append(row.words)
    page_index = np.array(page_of)
    folds = np.array([page.fold for page in pages])
    return Lines(
        values=np.array(values, dtype=np.int16),
        content=np.array(content),
        weight=np.array(weight),
        page=page_index,
        fold=folds[page_index],
        chains=chains,
        words=words,
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
    good: dict[str, float] = defaultdict(float)
    bad: dict[str, float] = defaultdict(float)
    pages: Counter[str] = Counter()
    for (word, _), (against, for_) in voices.items():
        good[word] += for_ / (for_ + against)
        bad[word] += against / (for_ + against)
        pages[word] += 1
    prior = sum(bad.values()) / max(1e-9, sum(good.values()))
    points = {}
    for word in sorted(pages):
        if pages[word] >= _LEAST_PAGES:
            odds = math.log((good[word] + 1.0) / (bad[word] + 1.0) * prior)
            if abs(odds) > _LEAST_POINTS:
                points[word] = round(max(-_MOST_POINTS, min(_MOST_POINTS, odds)), 2)
    return points


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


def boost(
    values: npt.NDArray[np.int16], lines: Lines, chosen: npt.NDArray[np.bool_], pairs: list[tuple[str, str]] | None
) -> lightgbm.Booster:
    """Trees of at most two splits; the second only on a feature that ``pairs`` allow."""
    params = dict(_PARAMS)
    if pairs is not None:
        groups = [[FEATURES.index(a), FEATURES.index(b)] for a, b in pairs]
        groups += [[i] for i in range(len(FEATURES))]
        params["interaction_constraints"] = groups
    data = lightgbm.Dataset(
        values[chosen],
        lines.content[chosen],
        weight=lines.weight[chosen],
        feature_name=list(FEATURES),
        free_raw_data=False,
    )
    return lightgbm.train(params, data, _TREES)


def best_pairs(model: lightgbm.Booster, most: int) -> list[tuple[str, str]]:
    """The pairs of features whose second splits gained most."""
    gains: Counter[tuple[str, str]] = Counter()
    for tree in model.dump_model()["tree_info"]:
        root = tree["tree_structure"]
        for side in ("left_child", "right_child"):
            child = root.get(side, {})
            if "split_feature" in child and child["split_feature"] != root["split_feature"]:
                a, b = sorted((root["split_feature"], child["split_feature"]))
                gains[FEATURES[a], FEATURES[b]] += child["split_gain"]
    return [pair for pair, _ in gains.most_common(most)]


def to_card(model: lightgbm.Booster, names: dict[str, float]) -> dict[str, Any]:
    """The trees as tables: a tree of two splits is a table over the steps of its features."""
    sizes = [len(TAGS) + 1 if i == _TAG else STEPS for i in range(len(FEATURES))]
    single = [np.zeros(size) for size in sizes]
    pair: dict[tuple[int, int], _Floats] = {}
    bias = 0.0
    for tree in model.dump_model()["tree_info"]:
        root = tree["tree_structure"]
        if "leaf_value" in root:
            bias += root["leaf_value"]
            continue
        # Each side of the first split looks at one feature more at most, maybe not the same.
        f, cut = root["split_feature"], root["threshold"]
        for side, here in (("left_child", lambda x, t=cut: x <= t), ("right_child", lambda x, t=cut: x > t)):
            child = root[side]
            g = child.get("split_feature", f)
            if g == f:
                single[f] += [_value_at(child, {f: x}) if here(x) else 0.0 for x in range(sizes[f])]
                continue
            a, b = sorted((f, g))
            table = pair.setdefault((a, b), np.zeros((sizes[a], sizes[b])))
            for x in range(sizes[a]):
                for y in range(sizes[b]):
                    at = {a: x, b: y}
                    if here(at[f]):
                        table[x, y] += _value_at(child, at)
    # What a pair says of one feature alone belongs to that feature: the card reads better.
    for (a, b), table in pair.items():
        rows = table.mean(axis=1)
        single[a] += rows
        table[:] -= rows[:, None]
        columns = table.mean(axis=0)
        single[b] += columns
        table[:] -= columns[None, :]
    for table in single:
        mean = float(table.mean())
        bias += mean
        table[:] -= mean
    return {
        "bias": round(bias, 3),
        "single": {FEATURES[i]: _rounded(t) for i, t in enumerate(single) if np.any(np.abs(t) > 0.004)},
        "pair": {f"{FEATURES[a]}*{FEATURES[b]}": [_rounded(row) for row in t] for (a, b), t in sorted(pair.items())},
        "names": names,
    }


def _rounded(table: Any) -> list[float]:
    return [round(float(x), 2) + 0.0 for x in table]


def _value_at(node: dict[str, Any], at: dict[int, int]) -> float:
    while "split_feature" in node:
        node = node["left_child"] if at[node["split_feature"]] <= node["threshold"] else node["right_child"]
    return float(node["leaf_value"])


def learn_card(lines: Lines, most_pairs: int, without_fold: int | None = None) -> dict[str, Any]:
    """The card from all lines, or from those of the other folds: words, pairs and points alike."""
    chosen = np.ones(len(lines.page), dtype=bool) if without_fold is None else lines.fold != without_fold
    names = learn_names(lines, chosen)
    values = with_names(lines, names)
    pairs = best_pairs(boost(values, lines, chosen, None), most_pairs)
    return to_card(boost(values, lines, chosen, pairs), names)
