"""The oracle of the fuzz target holds on its seed corpus; where asked for, Atheris runs for a while."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent / "fuzz"
CORPUS = sorted((HERE / "corpus").iterdir())
# So long the fuzzer runs; CI asks for it.
SECONDS = int(os.environ.get("FUZZ_SECONDS", "0"))

_spec = importlib.util.spec_from_file_location("fuzz_extract", HERE / "fuzz_extract.py")
assert _spec is not None
assert _spec.loader is not None
fuzz_extract = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuzz_extract)


@pytest.mark.parametrize("seed", CORPUS, ids=lambda seed: seed.name)
def test_the_seed_corpus(seed: Path) -> None:
    data = seed.read_bytes()
    fuzz_extract.check(data)
    for way in range(0, 48, 17):  # the same page by other ways in
        fuzz_extract.check(bytes([way]) + data[1:])


@pytest.mark.skipif(not SECONDS, reason="FUZZ_SECONDS is not set")
def test_a_little_while_of_fuzzing(tmp_path: Path) -> None:
    found = tmp_path / "found"
    found.mkdir()
    command = [sys.executable, str(HERE / "fuzz_extract.py"), str(tmp_path), str(HERE / "corpus")]
    options = [
        f"-max_total_time={SECONDS}",
        "-max_len=4000",
        "-timeout=60",
        f"-artifact_prefix={found}/",
        "-rss_limit_mb=3000",
    ]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert not list(found.iterdir()), done.stderr[-3000:]
    assert done.returncode == 0, done.stderr[-3000:]
