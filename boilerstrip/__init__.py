"""boilerstrip: raw news pages to clean article text, with a reason for every line that went."""

from boilerstrip.api import clean, extract
from boilerstrip.batch import aclean, clean_many
from boilerstrip.limits import LimitExceededError, Limits
from boilerstrip.page import (
    Box,
    Decision,
    Document,
    ElementDecision,
    Evidence,
    Line,
    Page,
    Removal,
    Verdict,
    Warning,
)
from boilerstrip.pipeline import DomFilter, Filter, LineFilter, Pipeline, UnknownFilterError
from boilerstrip.signature import Signature

__version__ = "0.1.0"

__all__ = [
    "Box",
    "Decision",
    "Document",
    "DomFilter",
    "ElementDecision",
    "Evidence",
    "Filter",
    "LimitExceededError",
    "Limits",
    "Line",
    "LineFilter",
    "Page",
    "Pipeline",
    "Removal",
    "Signature",
    "UnknownFilterError",
    "Verdict",
    "Warning",
    "aclean",
    "clean",
    "clean_many",
    "extract",
]
