"""Plug-ins: packages that are installed are found by name; what is broken says so when it is loaded."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import boilerstrip
from boilerstrip import Pipeline
from boilerstrip.plugins import PluginError, installed

PAGE = "The council met on Tuesday night and spoke for hours about the bridge.\n\nGet our app today\n\nIssue no. 4711\n"
RULES = '[drop.plug_rules]\nwhole = "Get our app today"\n'
FILTER = """
from boilerstrip import Decision, Evidence

def plug_filter(page):
    for line in page.lines:
        if line.text.startswith("Issue"):
            yield Decision([line.index], Evidence("rule", "issue"))
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a package ``NAME`` that holds ``code`` and names ``what`` of it as its plug-in."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))

    def done(name: str, code: str, what: str | None, *, package: str | None = None, rules: str = RULES) -> None:
        module = package or name
        (tmp_path / module).mkdir()
        (tmp_path / module / "__init__.py").write_text(code, "utf-8")
        (tmp_path / module / "rules.toml").write_text(rules, "utf-8")
        info = tmp_path / f"{module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.2\n", "utf-8")
        value = module if what is None else f"{module}:{what}"
        (info / "entry_points.txt").write_text(f"[boilerstrip.filters]\n{name} = {value}\n", "utf-8")

    yield done
    for name in set(sys.modules) - before:
        if name.startswith("plug_"):
            del sys.modules[name]


def taken(pipeline: Pipeline) -> dict[str, str]:
    document = boilerstrip.extract(PAGE, pipeline=pipeline)
    assert list(document.warnings) == []
    return {document.lines[r.line].text: r.filter for r in document.removals}


def test_a_filter(install: Install) -> None:
    install("plug_a", FILTER, "plug_filter")
    assert "plug_a" in installed()
    pipeline = Pipeline.default().with_plugins("plug_a")
    assert pipeline.names[-2:] == ("plug_filter", "main_content")
    assert taken(pipeline.only("plug_filter")) == {"Issue no. 4711": "plug_filter"}
    assert pickle.loads(pickle.dumps(pipeline)) == pipeline


def test_a_rule_file_and_a_list(install: Install) -> None:
    install("plug_b", "from pathlib import Path\nRULES = Path(__file__).with_name('rules.toml')\n", "RULES")
    install(
        "plug_c",
        f"{FILTER}\nfrom importlib.resources import files\nPARTS = [plug_filter, files(__name__) / 'rules.toml']\n",
        "PARTS",
    )
    document = boilerstrip.extract(PAGE, pipeline=Pipeline.default().with_plugins("plug_b"))
    (removal,) = (r for r in document.removals if r.filter == "plug_rules")
    # Named by plug-in and file, not by where the package happens to lie.
    assert removal.evidence.what == "plug_b/rules.toml: plug_rules: whole “Get our app today”"
    assert taken(Pipeline().with_plugins("plug_c")) == {
        "Get our app today": "plug_rules",
        "Issue no. 4711": "plug_filter",
    }


def test_none_is_used_unasked(install: Install) -> None:
    install("plug_a", FILTER, "plug_filter")
    assert "plug_filter" not in Pipeline.default().names
    assert boilerstrip.clean(PAGE) == boilerstrip.clean(PAGE, pipeline=Pipeline.default())


def test_all_that_are_installed_by_name(install: Install) -> None:
    install("plug_z", FILTER.replace("plug_filter", "plug_last"), "plug_last")
    install("plug_a", FILTER, "plug_filter")
    names = Pipeline.default().with_plugins().names
    assert names.index("plug_filter") < names.index("plug_last")


BROKEN = {
    "that raises": ("1 / 0", "x", r"cannot be loaded: ZeroDivisionError: division by zero"),
    "that leaves": ("raise SystemExit('bye')", "x", r"cannot be loaded: SystemExit: bye"),
    "that is not there": ("", "gone", r"cannot be loaded: AttributeError: .*'gone'"),
    "that is not Python": ("def", "x", r"cannot be loaded: SyntaxError"),
    "of a class": ("class Filter: pass", "Filter", r"names the class Filter: it must name a filter made of it"),
    "of nothing": ("x = []", "x", r"brings nothing"),
    "of a number": ("x = 3", "x", r"names 3; expected a filter, the Path of a rule file, Rules, or a list of these"),
    "of a module": ("", None, r"names <module .*; expected a filter"),
    "of a string": ("x = 'rules.toml'", "x", r"names 'rules.toml'; expected a filter, the Path"),
    "of a file that is not there": ("from pathlib import Path\nx = Path('gone.toml')", "x", r"rule file that cannot be used: .*gone.toml"),
    "without a name": ("x = lambda page: []", "x", r"cannot be used: filter must be a callable with a name"),
    "with a name that is taken": (
        "def tags(page): return []", "tags", r"cannot be used: filters: more than one filter is called tags",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_plug_in_that_is_broken_is_loud(case: str, install: Install) -> None:
    code, what, said = BROKEN[case]
    install("plug_bad", code, what)
    install("plug_good", FILTER, "plug_filter")
    with pytest.raises(PluginError, match=rf"^plug-in 'plug_bad' \(of plug_bad 1\.2\) .*{said}"):
        Pipeline.default().with_plugins("plug_bad", "plug_good")
    with pytest.warns(RuntimeWarning, match=rf"plug-in 'plug_bad' .*{said}(.|\n)*; going on without it"):
        pipeline = Pipeline.default().with_plugins("plug_bad", "plug_good", skip_broken=True)
    assert set(pipeline.names) == {*Pipeline.default().names, "plug_filter"}


def test_a_rule_file_with_a_mistake(install: Install) -> None:
    code = "from pathlib import Path\nRULES = Path(__file__).with_name('rules.toml')\n"
    install("plug_bad", code, "RULES", rules="[drop.a]\nwholes = 'x'\n")
    with pytest.raises(PluginError, match=r"plug_bad/rules.toml:2: drop.a.wholes: unknown key; did you mean 'whole'"):
        Pipeline.default().with_plugins("plug_bad")


def test_names_that_are_not_installed(install: Install) -> None:
    install("plug_a", FILTER, "plug_filter")
    with pytest.raises(PluginError, match=r"plug-in 'plug_x' is not installed; there are: .*plug_a"):
        Pipeline.default().with_plugins("plug_x", skip_broken=True)


def test_one_name_of_two_packages(install: Install) -> None:
    install("plug_a", FILTER, "plug_filter")
    install("plug_a", FILTER, "plug_filter", package="plug_other")
    with pytest.raises(PluginError, match=r"'plug_a' is brought by several packages: plug_a 1\.2, plug_other 1\.2"):
        Pipeline.default().with_plugins("plug_a")


def test_a_filter_that_raises_on_a_page_costs_only_itself(install: Install) -> None:
    install("plug_a", FILTER.replace('if line.text.startswith("Issue")', "if 1 / len(page.lines[1:1])"), "plug_filter")
    document = boilerstrip.extract(PAGE, pipeline=Pipeline.default().with_plugins("plug_a"))
    assert [tuple(warning) for warning in document.warnings] == [
        ("plug_filter", "ZeroDivisionError: division by zero"),
    ]
    assert document.text == boilerstrip.clean(PAGE)
