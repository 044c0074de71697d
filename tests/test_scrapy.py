"""Scrapy: a real crawl of a site that is served here, through the pipeline and the provider."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from crawl_parts import page

import boilerstrip

pytest.importorskip("scrapy", reason="needs the extra scrapy")

ARABIC = (
    '<html lang="ar"><head><title>الجسر</title></head><body><nav><a href="/">الرئيسية</a></nav>'
    "<p>قال مسؤولون إن جسر المدينة سيغلق أمام حركة المرور في مارس المقبل لمدة عام كامل بسبب أعمال الصيانة.</p>"
    "</body></html>"
)


class Site(BaseHTTPRequestHandler):
    """Five stories behind a front page, one of them in windows-1256, which only the header says."""

    def do_GET(self) -> None:
        charset = "utf-8"
        if self.path == "/":
            body = "".join(f'<li><a href="/news/{n}">Story number {n}</a></li>' for n in range(5)).encode()
        elif self.path == "/news/4":
            charset = "windows-1256"
            body = ARABIC.encode(charset)
        elif self.path.startswith("/news/"):
            body = page(int(self.path.rpartition("/")[2])).encode()
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", f"text/html; charset={charset}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


SPIDER = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess
import boilerstrip

class Story(scrapy.Item):
    url = scrapy.Field()
    html = scrapy.Field()
    text = scrapy.Field()
    title = scrapy.Field()

class News(scrapy.Spider):
    name = "news"
    start_urls = [sys.argv[1]]
    custom_settings = json.loads(sys.argv[2])

    def parse(self, response):
        yield {{"url": response.url, "html": response, "kind": "front"}}
        yield from response.follow_all(css="a", callback=self.story)

    {story}

process = CrawlerProcess({{"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False}})
crawler = process.create_crawler(News)
process.crawl(crawler)
process.start()
stats = crawler.stats.get_stats()
print(json.dumps({{k: v for k, v in stats.items() if k.startswith(("boilerstrip", "item_", "log_count"))}}))
"""


def crawl(site: str, out: Path, story: str, **settings: Any) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """(items by address, stats) of a crawl in a process of its own: a reactor runs once."""
    settings = {
        "ITEM_PIPELINES": {"boilerstrip.adapters.scrapy.BoilerstripPipeline": 300},
        "FEEDS": {str(out): {"format": "jsonlines"}},
        **settings,
    }
    spider = out.with_name("spider.py")
    spider.write_text(SPIDER.format(story=story), "utf-8")
    done = subprocess.run(
        [sys.executable, str(spider), f"{site}/", json.dumps(settings)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert "ERROR" not in done.stderr, done.stderr
    return {item.get("url", "").removeprefix(site): item for item in items}, json.loads(done.stdout)


RESPONSES = 'def story(self, response): yield {"url": response.url, "html": response, "kind": "story"}'


def test_the_pipeline_fills_items_from_responses(site: str, tmp_path: Path) -> None:
    items, stats = crawl(site, tmp_path / "out.jsonl", RESPONSES)
    assert set(items) == {"/", *(f"/news/{n}" for n in range(5))}
    for n in range(4):
        document = boilerstrip.extract(page(n).encode(), url=f"{site}/news/{n}")
        assert items[f"/news/{n}"] == {
            "url": f"{site}/news/{n}", "kind": "story", "text": document.text,
            "title": f"Bridge {n} to close", "lang": "en", "verdict": "article",
        }  # fmt: skip
    # Only the header says which charset that page is in.
    assert items["/news/4"]["text"].startswith("قال مسؤولون إن جسر المدينة سيغلق")
    assert stats["boilerstrip/pages"] == 6
    assert stats["boilerstrip/verdict/article"] == 4
    assert stats["boilerstrip/removed_lines/byline"] == 4


def test_settings(site: str, tmp_path: Path) -> None:
    story = (
        'def story(self, response): yield {"link": response.url, "raw": response.body, "charset": "windows-1256"'
        ' if response.url.endswith("4") else "no such"}'
    )
    rules = tmp_path / "mine.toml"
    rules.write_text('[drop.detour]\nstart = "Drivers will be sent over"\nprose = true\n', "utf-8")
    settings = {
        "BOILERSTRIP_HTML_FIELD": "raw",
        "BOILERSTRIP_URL_FIELD": "link",
        "BOILERSTRIP_ENCODING_FIELD": "charset",
        "BOILERSTRIP_FIELDS": {"text": "article", "source": "came_as"},
        "BOILERSTRIP_WITHOUT": ["byline", "main_content"],
        "BOILERSTRIP_WITH_TITLE": True,
        "BOILERSTRIP_RULES": [str(rules)],
    }
    out = tmp_path / "out.jsonl"
    crawl(site, out, story, **settings)
    items = {row["link"]: row for row in map(json.loads, out.read_text("utf-8").splitlines()) if "link" in row}
    story_1 = items[f"{site}/news/1"]
    assert set(story_1) == {"link", "charset", "article", "came_as"}
    assert story_1["article"].startswith("Bridge 1 to close\n\nBy Ann Lee\n\n")
    assert "Drivers will be sent over" not in story_1["article"]
    assert "قال مسؤولون" in items[f"{site}/news/4"]["article"]


def test_verdicts_that_are_not_wanted_are_dropped(site: str, tmp_path: Path) -> None:
    items, stats = crawl(site, tmp_path / "out.jsonl", RESPONSES, BOILERSTRIP_VERDICTS=["article"])
    kept = stats["boilerstrip/verdict/article"]
    assert len(items) == kept
    assert stats.get("item_dropped_count", 0) == 6 - kept
    assert all(item["verdict"] == "article" for item in items.values())


def test_items_with_declared_fields_get_those_they_have(site: str, tmp_path: Path) -> None:
    story = "def story(self, response): yield Story(url=response.url, html=response.body)"
    items, _ = crawl(site, tmp_path / "out.jsonl", story)
    assert set(items["/news/2"]) == {"url", "text", "title"}


def test_the_provider_hands_documents_to_callbacks(site: str, tmp_path: Path) -> None:
    pytest.importorskip("scrapy_poet", reason="needs the extra scrapy")
    story = (
        "def story(self, response, document: boilerstrip.Document):"
        ' yield {"url": response.url, "text": document.text, "verdict": str(document.verdict)}'
    )
    items, _ = crawl(
        site,
        tmp_path / "out.jsonl",
        story,
        ITEM_PIPELINES={},
        FEED_EXPORT_FIELDS=["url", "text", "verdict"],
        ADDONS={"scrapy_poet.Addon": 300},
        SCRAPY_POET_PROVIDERS={"boilerstrip.adapters.scrapy_poet.DocumentProvider": 600},
    )
    assert items["/news/3"] == {"url": f"{site}/news/3", "text": boilerstrip.clean(page(3)), "verdict": "article"}
    assert items["/news/4"]["text"].startswith("قال مسؤولون")


def test_wrong_settings_are_named() -> None:
    from scrapy.settings import Settings  # noqa: PLC0415

    from boilerstrip.adapters.scrapy import BoilerstripPipeline  # noqa: PLC0415

    with pytest.raises(ValueError, match="BOILERSTRIP_FIELDS: a Document has no body; it has text, title"):
        BoilerstripPipeline(Settings({"BOILERSTRIP_FIELDS": {"body": "x"}}))
    with pytest.raises(LookupError, match="did you mean 'ticker'"):
        BoilerstripPipeline(Settings({"BOILERSTRIP_WITHOUT": ["tiker"]}))


def test_the_spider_of_the_documentation_runs(site: str, tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parent.parent / "docs/scrapy.md").read_text("utf-8")
    code = text.partition("<!-- file: spider.py -->\n```py\n")[2].partition("```")[0]
    (tmp_path / "spider.py").write_text(code.replace("https://harlow.example", site), "utf-8")
    commands = text.partition("<!-- commands: scrapy -->\n```sh\n")[2].partition("```")[0]
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    done = subprocess.run(
        ["bash", "-euc", commands], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in (tmp_path / "stories.jsonl").read_text("utf-8").splitlines()]
    assert {item["url"].removeprefix(site) for item in items} >= {f"/news/{n}" for n in range(4)}
    assert all(set(item) == {"url", "text", "title", "lang", "verdict"} for item in items)
    assert {item["verdict"] for item in items} == {"article"}
