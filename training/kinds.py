"""Learns what tells the kinds of pages apart: a sparse linear model over facts."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from scipy.sparse import csr_matrix, lil_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from training.pages import FOLDS, Sample

# A fact seen on fewer pages is a site's own; a word on fewer sites is what they write about.
_LEAST_PAGES = 10
_LEAST_SITES = 40
_STRENGTH = 0.4


def _matrix(pages: list[Sample], vocabulary: dict[str, int]) -> csr_matrix:
    matrix = lil_matrix((len(pages), len(vocabulary)))
    for i, page in enumerate(pages):
        for fact in page.facts:
            if fact in vocabulary:
                matrix[i, vocabulary[fact]] = 1.0
    return matrix.tocsr()


def _model() -> OneVsRestClassifier:
    return OneVsRestClassifier(LogisticRegression(l1_ratio=1.0, C=_STRENGTH, solver="liblinear", random_state=0))


def learn_kinds(pages: list[Sample]) -> tuple[dict[str, dict[str, float]], dict[str, str]]:
    """(points by kind and fact, for each page the kind that folds without its domain tell)."""
    seen: dict[str, int] = defaultdict(int)
    sites: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for fact in page.facts:
            if fact.startswith("word:"):
                sites[fact].add(page.domain)
            else:
                seen[fact] += 1
    known = [fact for fact, n in seen.items() if n >= _LEAST_PAGES]
    known += [fact for fact, of in sites.items() if len(of) >= _LEAST_SITES]
    vocabulary = {fact: i for i, fact in enumerate(sorted(known))}
    matrix = _matrix(pages, vocabulary)
    kinds = np.array([page.kind for page in pages])
    folds = np.array([page.fold for page in pages])
    told: dict[str, str] = {}
    for fold in range(FOLDS):
        model = _model().fit(matrix[folds != fold], kinds[folds != fold])
        for i, kind in zip(np.nonzero(folds == fold)[0], model.predict(matrix[folds == fold]), strict=True):
            told[pages[i].id] = "article" if pages[i].plain else str(kind)
    model = _model().fit(matrix, kinds)
    names = list(vocabulary)
    points: dict[str, dict[str, float]] = {}
    for kind, estimator in zip(model.classes_, model.estimators_, strict=True):
        table = {names[j]: round(float(c), 2) for j, c in enumerate(estimator.coef_[0]) if abs(c) >= 0.02}
        table[""] = round(float(estimator.intercept_[0]), 2)
        points[str(kind)] = table
    return points, told
