// The report: shows one trace (see trace.py). All text of the page goes in as text, never as markup.
"use strict";

(() => {
  const trace = JSON.parse(document.getElementById("trace").textContent);
  const at = (id) => document.getElementById(id);
  const lines = trace.lines;
  const order = new Map(trace.filters.map((filter, i) => [filter.name, i]));
  const judges = new Set(trace.filters.filter((filter) => filter.judge).map((filter) => filter.name));
  const page = at("page");
  const text = at("text");
  const DEEPEST = 24;
  const INLINE = new Set(
    ("a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt " +
      "u var button").split(" "));
  const SHOWN = new Set("li dd dt blockquote tr".split(" "));
  const MOSTLY_LINK = 0.5;

  function make(tag, className, content) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (content !== undefined) element.textContent = content;
    return element;
  }

  function colour(element, name) {
    element.classList.add("filter");
    if (judges.has(name)) element.classList.add("judge");
    element.style.setProperty("--h", String(((order.get(name) ?? 0) * 137.5) % 360));
  }

  // ---------------------------------------------------------------- what becomes of each line

  const reasons = lines.map((line) =>
    line.by === undefined ? null : (line.claims ?? []).find((claim) => claim.filter === line.by && !claim.keep));
  const changes = new Map(
    Object.entries(trace.without ?? {}).map(([name, outcomes]) => [
      name,
      new Map(outcomes.map((outcome) => [outcome.line, outcome.claim ?? null])),
    ]));
  const off = new Set();

  // The claim that takes a line with the filters in `off` switched off, or null where it stays.
  function fateOf(i) {
    if (off.size === 0) return reasons[i];
    if (off.size === 1) {
      const change = changes.get(off.values().next().value)?.get(i);
      return change === undefined ? reasons[i] : change;
    }
    const claims = (lines[i].claims ?? []).filter((claim) => !off.has(claim.filter));
    if (claims.some((claim) => claim.keep)) return null;
    const judged = [...judges].some((name) => !off.has(name));
    const first = claims.find((claim) => !judges.has(claim.filter) && !(judged && claim.hint));
    if (first || !judged) return first ?? null;
    // Only the judge is left to ask, and it cannot be asked here: what it said in the runs that are known.
    if (reasons[i] && !off.has(reasons[i].filter)) return reasons[i];
    for (const name of reasons[i] ? [reasons[i].filter] : off) {
      const change = changes.get(name)?.get(i);
      if (change && !off.has(change.filter)) return change;
    }
    return null;
  }

  // What stands between two kept lines; the same rules as boilerstrip/render.py.
  function joint(before, i) {
    const a = lines[before];
    const b = lines[i];
    if (a.block === b.block) {
      if (b.glue !== undefined) return before === i - 1 ? b.glue : " ";
      return "\n";
    }
    return a.item !== undefined && a.item === b.item ? "\n" : "\n\n";
  }

  // ------------------------------------------------------------------- the page, once

  const shown = [];

  function isRightToLeft() {
    let right = 0;
    let left = 0;
    for (const line of lines) {
      right += (line.text.match(/[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}]/gu) ?? []).length;
      left += (line.text.match(/[\p{Script=Latn}\p{Script=Cyrl}\p{Script=Grek}]/gu) ?? []).length;
    }
    return right > left;
  }

  function buildPage() {
    const within = [];
    const holder = (index) => {
      if (within[index]) return within[index];
      const box = trace.boxes[index];
      const parent = box.parent === undefined ? { element: content, depth: 0, only: -1 } : holder(box.parent);
      const inline = INLINE.has(box.tag);
      // Boxes of their own for what a reader sees as one; a wrapper around one box, or very deep, is not.
      if (parent.depth >= DEEPEST || (!SHOWN.has(box.tag) && (sizes[index] === 1 || sizes[index] === sizes[box.parent]))) {
        return (within[index] = { element: parent.element, depth: parent.depth });
      }
      const element = make("div", "box");
      if (inline) element.classList.add("inline");
      if (box.tag === "li" || box.tag === "dd") element.classList.add("item");
      if (box.tag === "blockquote") element.classList.add("quote");
      parent.element.append(element);
      return (within[index] = { element, depth: parent.depth + (inline ? 0 : 1) });
    };
    const content = document.createDocumentFragment();
    let afterPart = false;
    const sizes = new Array(trace.boxes.length).fill(0);
    for (const line of lines) sizes[line.box] += 1;
    for (let i = trace.boxes.length - 1; i > 0; i--) {
      const parent = trace.boxes[i].parent;
      if (parent !== undefined) sizes[parent] += sizes[i];
    }
    lines.forEach((line, i) => {
      const element = make("span", "line");
      element.id = `l${i}`;
      element.tabIndex = i === 0 ? 0 : -1;
      element.setAttribute("role", "button");
      const part = line.glue !== undefined || (i + 1 < lines.length && lines[i + 1].glue !== undefined);
      let shape = "line";
      if (part) shape += " part";
      const heading = headingOf(line.box);
      if (heading) shape += ` ${heading}`;
      if ((line.linked ?? 0) >= MOSTLY_LINK) shape += " linked";
      if (line.text.includes("\t")) {
        for (const cell of line.text.split("\t")) element.append(make("span", "cell", cell));
      } else {
        element.textContent = line.text;
      }
      const place = holder(line.box).element;
      if (line.glue) place.append(line.glue);
      else if (part && line.glue === undefined && afterPart) place.append(document.createElement("br"));
      afterPart = part;
      place.append(element);
      shown.push({ element, shape, state: "", fate: undefined });
    });
    page.append(content);
  }

  function headingOf(index) {
    for (let up = 0; up < 3 && index !== undefined; up++, index = trace.boxes[index].parent) {
      const match = /^h([1-6])$/.exec(trace.boxes[index].tag);
      if (match) return `h${Math.min(3, Number(match[1]))}`;
    }
    return "";
  }

  // ------------------------------------------------------------------- after each switch

  function refresh() {
    const counts = new Map(trace.filters.map((filter) => [filter.name, 0]));
    let before = null;
    shown.forEach((view, i) => {
      const fate = fateOf(i);
      view.fate = fate;
      const name = fate?.filter;
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
      const first = name !== undefined && name !== before;
      before = name ?? null;
      const back = !fate && reasons[i];
      const state = name === undefined ? `kept${back ? " back" : ""}` : `removed${first ? " first" : ""} ${name}`;
      if (state === view.state) return;
      view.state = state;
      view.element.className = view.shape + (name === undefined ? ` ${state}` : ` removed${first ? " first" : ""}`);
      if (name === undefined) view.element.removeAttribute("data-filter");
      else {
        view.element.dataset.filter = name;
        colour(view.element, name);
      }
    });
    if (chosen !== null) shown[chosen].element.classList.add("here");
    markFound();
    refreshText();
    refreshFilters(counts);
    if (chosen !== null) describe(chosen);
  }

  function refreshText() {
    const content = document.createDocumentFragment();
    let paragraph = null;
    let before = null;
    let kept = 0;
    shown.forEach((view, i) => {
      if (view.fate) return;
      kept += 1;
      const between = before === null ? null : joint(before, i);
      // The blank line belongs to the paragraph above it, so that the pane holds the text to the letter.
      if (between !== null) paragraph.append(between);
      if (between === null || between === "\n\n") content.append((paragraph = make("p")));
      const span = make("span", reasons[i] ? "back" : "", lines[i].text);
      span.dataset.line = String(i);
      if (i === chosen) span.classList.add("here");
      paragraph.append(span);
      before = i;
    });
    const scrolled = text.firstChild ? text.scrollTop : 0; // asking costs a layout
    text.replaceChildren(content);
    if (scrolled) text.scrollTop = scrolled;
    if (!kept) text.dataset.empty = "true";
    else delete text.dataset.empty;
    const length = text.textContent.length;
    at("count").textContent =
      `${kept} of ${lines.length} lines kept, ${length.toLocaleString("en")} characters` +
      (kept ? "" : `; verdict: ${trace.verdict}`);
  }

  function refreshFilters(counts) {
    for (const [name, row] of rows) {
      row.number.textContent = String(counts.get(name) ?? 0);
      row.button.setAttribute("aria-pressed", String(!off.has(name)));
      row.jump.disabled = !counts.get(name);
    }
    at("reset").disabled = off.size === 0;
    const estimate = at("estimate");
    estimate.replaceChildren();
    if (off.size > 0) {
      const command = `boilerstrip clean ${[...off].map((name) => `--without ${name}`).join(" ")}`;
      estimate.append(
        off.size === 1
          ? "As a run without this filter gives it; the same by "
          : "Several filters off: an estimate, as the judge weighs lines anew by what is gone around them. Exactly, by ",
        make("code", "", command));
    }
  }

  // ------------------------------------------------------------------- filters

  const rows = new Map();

  function buildFilters() {
    const list = at("filters");
    let silent = 0;
    const counts = new Map();
    for (const reason of reasons) if (reason) counts.set(reason.filter, (counts.get(reason.filter) ?? 0) + 1);
    for (const filter of trace.filters) {
      const row = make("li");
      const button = make("button", "switch");
      button.type = "button";
      button.title = filter.summary ?? "";
      colour(button, filter.name);
      const number = make("span", "number");
      button.append(make("span", "name", filter.name), number);
      button.addEventListener("click", () => {
        if (!off.delete(filter.name)) off.add(filter.name);
        refresh();
      });
      const jump = make("button", "", "→");
      jump.type = "button";
      jump.setAttribute("aria-label", `Next line of ${filter.name}`);
      jump.addEventListener("click", () => jumpTo(filter.name));
      row.append(button, jump);
      if (!counts.get(filter.name) && !(changes.get(filter.name)?.size)) {
        row.classList.add("silent");
        silent += 1;
      }
      list.append(row);
      rows.set(filter.name, { button, number, jump });
    }
    if (silent) {
      const row = make("li");
      const button = make("button", "", `${silent} that took nothing`);
      button.type = "button";
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => {
        button.setAttribute("aria-expanded", String(list.classList.toggle("whole")));
      });
      row.append(button);
      list.append(row);
    }
    at("reset").addEventListener("click", () => {
      off.clear();
      refresh();
      rows.values().next().value?.button.focus();
    });
  }

  function jumpTo(name) {
    const from = chosen ?? -1;
    for (let step = 1; step <= lines.length; step++) {
      const i = (from + step + lines.length) % lines.length;
      if (shown[i].fate?.filter === name) return choose(i, true);
    }
  }

  // ------------------------------------------------------------------- one line

  let chosen = null; // held on to
  let current = 0; // the one that Tab goes to

  function choose(i, scroll) {
    if (chosen !== null) {
      shown[chosen].element.classList.remove("here");
      shown[chosen].element.removeAttribute("aria-current");
      text.querySelector(".here")?.classList.remove("here");
    }
    chosen = i;
    if (i === null) return describe(null);
    const element = shown[i].element;
    element.classList.add("here");
    element.setAttribute("aria-current", "true");
    makeCurrent(i);
    if (scroll) reveal(element, "center");
    const span = text.querySelector(`[data-line="${i}"]`);
    if (span) {
      span.classList.add("here");
      reveal(span, "nearest");
    }
    describe(i);
  }

  // For some frames: what has not been in sight has a height that is a guess, until it is laid out.
  const FRAMES = 30;
  const revealing = new Map();

  function reveal(element, block) {
    const pane = element.closest(".pane");
    revealing.set(pane, element);
    let frames = 0;
    const step = () => {
      if (revealing.get(pane) !== element) return;
      element.scrollIntoView({ block });
      frames += 1;
      if (frames < FRAMES) requestAnimationFrame(step);
      else revealing.delete(pane);
    };
    step();
  }

  function makeCurrent(i) {
    shown[current].element.tabIndex = -1;
    current = i;
    shown[i].element.tabIndex = 0;
  }

  const pathOf = (index) => {
    const path = [];
    for (; index !== undefined; index = trace.boxes[index].parent) {
      const box = trace.boxes[index];
      if (box.tag && box.tag !== "html") path.unshift(box.tag + (box.names ?? []).map((name) => `.${name}`).join(""));
    }
    return path;
  };

  function sayClaim(claim, scored) {
    const item = make("li");
    const name = make("strong", "", claim.filter);
    item.append(
      name,
      claim.keep ? " protects it, " : claim.hint ? " hints at it, " : ": ",
      `${claim.kind}: ${scored && claim.kind === "score" ? claim.what.split(";", 1)[0] : claim.what}`);
    if (claim.witness !== undefined) {
      const button = make("button", "", `line ${claim.witness}`);
      button.type = "button";
      button.addEventListener("click", () => choose(claim.witness, true));
      item.append(" ", button);
    }
    return item;
  }

  let described = null;

  function describe(i) {
    const details = at("details");
    described = i;
    if (i === null || lines.length === 0) {
      details.replaceChildren(make("p", "note", "Point at a line, or choose one, to see why it stayed or went."));
      return;
    }
    const line = lines[i];
    const fate = shown[i].fate;
    const content = document.createDocumentFragment();
    const protectedBy = (line.claims ?? []).find((claim) => claim.keep && !off.has(claim.filter));
    let verdict = fate ? `removed by ${fate.filter}` : protectedBy ? `kept: ${protectedBy.filter} protects it` : "kept";
    if (!fate && reasons[i]) verdict += `, once ${[...off].join(", ")} ${off.size > 1 ? "are" : "is"} off`;
    content.append(make("h3", "", `Line ${i}: ${verdict}`));
    const said = make("ul");
    if (fate) said.append(sayClaim(fate, line.score));
    for (const claim of line.claims ?? []) {
      if (claim !== fate && !(fate && claim.filter === fate.filter && claim.what === fate.what)) said.append(sayClaim(claim, line.score));
    }
    if (said.childElementCount) content.append(said);
    if (line.score) content.append(...sayScore(line, fate));
    const facts = [];
    if (line.links) facts.push(`${line.links} ${line.links > 1 ? "links" : "link"}, ${Math.round(100 * (line.linked ?? 0))} % of its characters`);
    if (facts.length) content.append(make("p", "note", facts.join("; ")));
    const path = pathOf(line.box);
    if (path.length) {
      const where = make("p");
      where.append(make("code", "", path.join(" › ")));
      content.append(where);
    }
    details.replaceChildren(content);
    details.scrollTop = 0;
  }

  const tenths = (value) => (Math.round(value * 10) / 10 + 0).toFixed(1); // no minus before a zero

  function sayScore(line, fate) {
    const table = make("table");
    const { points, needed, terms } = line.score;
    const caption = make("caption");
    const amid = !fate && points < needed ? " (kept for the lines around it)" : "";
    caption.textContent = `The judge: ${tenths(points)} points of ${tenths(needed)} needed${amid}. What weighed most:`;
    table.append(caption);
    const most = Math.max(...terms.map((term) => Math.abs(term[1])), 0.1);
    for (const [name, value] of terms) {
      const row = make("tr");
      const feature = make("th", "", name);
      feature.scope = "row";
      const weight = make("td", value < 0 ? "weight minus" : "weight");
      const bar = make("i");
      bar.style.width = `${(100 * Math.abs(value)) / most}%`;
      weight.append(bar);
      row.append(feature, make("td", "", `${value > 0 ? "+" : ""}${tenths(value)}`), weight);
      table.append(row);
    }
    return [table];
  }

  const lineAt = (target) => {
    const element = target instanceof Element ? target.closest(".line, #text span") : null;
    if (!element) return null;
    return Number(element.dataset.line ?? element.id.slice(1));
  };

  function isShown(i) {
    const show = page.dataset.show;
    return show === "all" || (show === "removed") === Boolean(shown[i].fate);
  }

  function go(from, step, wanted) {
    for (let i = from + step; i >= 0 && i < lines.length; i += step) {
      if (isShown(i) && (!wanted || wanted(i))) {
        makeCurrent(i);
        shown[i].element.focus({ preventScroll: true });
        reveal(shown[i].element, "nearest");
        return;
      }
    }
  }

  function listen() {
    for (const pane of [page, text]) {
      for (const own of ["wheel", "touchmove", "pointerdown"]) {
        pane.addEventListener(own, () => revealing.delete(pane), { passive: true });
      }
      pane.addEventListener("click", (event) => {
        const i = lineAt(event.target);
        if (i !== null) choose(chosen === i ? null : i, false);
      });
      pane.addEventListener("pointerover", (event) => {
        const i = lineAt(event.target);
        if (i !== null && i !== described) describe(i);
      });
      pane.addEventListener("pointerleave", () => describe(chosen));
    }
    page.addEventListener("focusin", (event) => {
      const i = lineAt(event.target);
      if (i !== null) {
        makeCurrent(i);
        describe(i);
      }
    });
    page.addEventListener("keydown", (event) => {
      const i = lineAt(event.target);
      if (i === null || event.ctrlKey || event.metaKey || event.altKey) return;
      const fate = shown[i].fate?.filter;
      const other = (k) => shown[k].fate?.filter !== fate;
      const keys = {
        ArrowDown: () => go(i, 1),
        ArrowUp: () => go(i, -1),
        Home: () => go(-1, 1),
        End: () => go(lines.length, -1),
        n: () => go(i, 1, other),
        p: () => go(i, -1, other),
        Enter: () => choose(chosen === i ? null : i, false),
        " ": () => choose(chosen === i ? null : i, false),
        Escape: () => choose(null, false),
      };
      if (!(event.key in keys)) return;
      event.preventDefault();
      keys[event.key]();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
        event.preventDefault();
        at("query").focus();
      }
    });
    for (const button of document.querySelectorAll("[data-show]")) {
      if (button === page) continue;
      button.addEventListener("click", () => {
        page.dataset.show = button.dataset.show;
        for (const each of document.querySelectorAll(".choice button")) {
          each.setAttribute("aria-pressed", String(each === button));
        }
        if (lines.length && !isShown(current)) {
          const next = shown.findIndex((_, i) => isShown(i));
          if (next >= 0) makeCurrent(next);
        }
      });
    }
    at("theme").addEventListener("click", () => setTheme(!isDark()));
    at("copy").addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      at("copy").textContent = "Copied";
      setTimeout(() => (at("copy").textContent = "Copy"), 1500);
    });
  }

  // ------------------------------------------------------------------- theme

  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (darkness.matches ? "dark" : "light")) === "dark";

  function setTheme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    at("theme").setAttribute("aria-pressed", String(dark));
  }

  // ------------------------------------------------------------------- search

  let found = [];
  let foundAt = -1;
  const folded = lines.map((line) => line.text.toLocaleLowerCase());

  function search() {
    const query = at("query").value.trim().toLocaleLowerCase();
    for (const i of found) shown[i].element.classList.remove("found");
    found = [];
    foundAt = -1;
    if (query) folded.forEach((line, i) => line.includes(query) && found.push(i));
    markFound();
    highlight(query);
    at("found").textContent = query ? `${found.length} ${found.length === 1 ? "line" : "lines"}` : "";
  }

  function markFound() {
    for (const i of found) shown[i].element.classList.add("found");
  }

  // The words themselves, where the browser can mark them without touching the text.
  function highlight(query) {
    if (!globalThis.CSS?.highlights) return;
    const ranges = [];
    for (const i of found) {
      const node = shown[i].element.firstChild;
      // Lower case may be longer than the text: then only the line is marked.
      if (!(node instanceof Text) || folded[i].length !== node.length) continue;
      for (let start = folded[i].indexOf(query); start >= 0; start = folded[i].indexOf(query, start + query.length)) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, start + query.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function nextFound(step) {
    if (!found.length) return;
    foundAt = (foundAt + step + found.length) % found.length;
    if (!isShown(found[foundAt])) document.querySelector('.choice [data-show="all"]').click();
    choose(found[foundAt], true);
    at("found").textContent = `${foundAt + 1} of ${found.length}`;
  }

  function listenSearch() {
    at("query").addEventListener("input", search);
    at("search").addEventListener("submit", (event) => {
      event.preventDefault();
      nextFound(1);
    });
    at("previous").addEventListener("click", () => nextFound(foundAt < 0 ? 0 : -1));
    at("query").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.shiftKey) {
        event.preventDefault();
        nextFound(foundAt < 0 ? 0 : -1);
      } else if (event.key === "Escape") {
        at("query").value = "";
        search();
      }
    });
  }

  // ------------------------------------------------------------------- start

  at("title").textContent = trace.title ?? trace.file ?? "A page";
  at("about").textContent = [
    trace.file,
    trace.url,
    `verdict ${trace.verdict}`,
    trace.lang && `language ${trace.lang}`,
    trace.encoding,
    ...trace.warnings.map(([where, message]) => `warning, ${where}: ${message}`),
  ].filter(Boolean).join(" · ");
  const direction = isRightToLeft() ? "rtl" : "ltr";
  for (const pane of [page, text]) {
    pane.dir = direction;
    if (trace.lang) pane.lang = trace.lang;
  }
  at("theme").setAttribute("aria-pressed", String(isDark()));
  buildPage();
  buildFilters();
  listen();
  listenSearch();
  describe(null);
  refresh();
})();
