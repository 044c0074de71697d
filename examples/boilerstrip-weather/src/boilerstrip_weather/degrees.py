"""Lines that are nothing but a temperature, alone or in a row: ``21°``, ``Max 21 °C Min 9 °C``."""

import re
from collections.abc import Iterator

from boilerstrip import Decision, Evidence, Page

_LONGEST = 40
_DEGREES = re.compile(r"[-−+]?[0-9]{1,2} ?° ?[CF]?")


def degrees(page: Page) -> Iterator[Decision]:
    """The filter: it takes a page and proposes lines; what is done about them is not its concern."""
    for line in page.lines:
        if len(line.text) <= _LONGEST and "°" in line.text:
            rest = _DEGREES.sub("", line.text)
            if sum(map(str.isalpha, rest)) <= sum(map(str.isdigit, line.text)) * 2:
                yield Decision([line.index], Evidence("shape", "degrees and little else"))
