"""The trace for people: what became of every line of a page, why, and what would become of it otherwise."""

from boilerstrip.explain.trace import Claim, Outcome, Score, Trace, TracedBox, TracedFilter, TracedLine, trace

__all__ = ["Claim", "Outcome", "Score", "Trace", "TracedBox", "TracedFilter", "TracedLine", "trace"]
