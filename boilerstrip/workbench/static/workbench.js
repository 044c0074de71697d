// The workbench: rules on the left, saved pages side by side on the right, one run after each change.
"use strict";

(() => {
  const at = (id) => document.getElementById(id);
  const DELAY = 200; // milliseconds of rest in typing before a run

  // The token came behind "#" in the address; a reload must not lose it, and nobody else shall read it there.
  const token = location.hash.slice(1) || sessionStorage.getItem("token") || "";
  sessionStorage.setItem("token", token);
  if (location.hash) history.replaceState(null, "", location.pathname);

  async function call(path, message, raw) {
    const headers = { "X-Boilerstrip-Token": token };
    if (raw) headers["X-Name"] = encodeURIComponent(raw);
    else if (message !== undefined) headers["Content-Type"] = "application/json";
    const response = await fetch(`/api/${path}`, {
      method: message === undefined ? "GET" : "POST",
      headers,
      body: raw || message === undefined ? message : JSON.stringify(message),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    let said = text;
    try {
      said = JSON.parse(text).error;
    } catch {
      // plain text, from the guard
    }
    throw new Error(said);
  }

  function make(tag, className, content) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (content !== undefined) element.textContent = content;
    return element;
  }

  function button(content, label, act) {
    const element = make("button", "", content);
    element.type = "button";
    if (label) element.setAttribute("aria-label", label);
    element.addEventListener("click", act);
    return element;
  }

  const say = (text) => (at("status").textContent = text);

  // ------------------------------------------------------------------- state

  const editor = at("rules");
  const pages = []; // {shown, marks: Map(line → must stay), views, now, why, elements}
  let seen = "";
  let saved = "";
  let outcome = null;
  let asked = 0;

  // ------------------------------------------------------------------- pages

  function addPage(shown) {
    const index = pages.length;
    const page = { shown, marks: new Map(Object.entries(shown.marks).map(([i, stays]) => [Number(i), stays])) };
    page.now = shown.lines.map((line) => line.base ?? null);
    page.why = {};
    page.byRule = new Map();
    const article = make("article", "page");
    const header = make("header");
    const title = make("h2");
    const name = make("span", "", shown.name);
    name.id = `page-${index}`;
    name.title = shown.title ?? "";
    article.setAttribute("aria-labelledby", name.id);
    title.append(name, button("Save as fixture", `Save ${shown.name} as a fixture`, () => askFixture(index)));
    const url = make("input");
    url.type = "url";
    url.value = shown.url ?? "";
    url.placeholder = "https://…, for rules of a site";
    url.addEventListener("change", () => setUrl(index, url.value));
    const label = make("label", "", "Address ");
    label.append(url);
    page.counts = make("p", "note");
    header.append(title, label, page.counts);
    page.list = make("div", "lines");
    page.list.setAttribute("role", "list");
    page.list.setAttribute("aria-label", `Lines of ${shown.name}`);
    if (shown.lang) page.list.lang = shown.lang;
    page.list.dir = isRightToLeft(shown.lines) ? "rtl" : "ltr";
    page.views = shown.lines.map((line, i) => makeLine(index, line, i));
    page.list.append(...page.views.map((view) => view.element));
    page.list.addEventListener("keydown", (event) => keyInPage(event, index));
    page.list.addEventListener("focusin", (event) => {
      const element = event.target.closest(".line");
      if (!element) return;
      page.list.querySelector('.line[tabindex="0"]')?.setAttribute("tabindex", "-1");
      element.tabIndex = 0;
    });
    article.append(header, page.list);
    at("pages").querySelector(".empty")?.remove();
    at("pages").append(article);
    pages.push(page);
    paint(index);
  }

  function isRightToLeft(lines) {
    const text = lines.slice(0, 400).map((line) => line.text).join(" ");
    const count = (pattern) => (text.match(pattern) ?? []).length;
    return count(/[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}]/gu) > count(/[\p{Script=Latn}\p{Script=Cyrl}\p{Script=Grek}]/gu);
  }

  function makeLine(index, line, i) {
    const element = make("div", "line");
    element.setAttribute("role", "listitem");
    element.tabIndex = i === 0 ? 0 : -1;
    element.dataset.line = String(i);
    const verdict = make("span", "verdict");
    const text = make("span", "text", line.text);
    const by = make("span", "by");
    const marks = make("span", "mark");
    const right = button("✓", "Right as it is", () => mark(index, i, true));
    const wrong = button("✗", "Wrong as it is", () => mark(index, i, false));
    right.tabIndex = wrong.tabIndex = -1;
    marks.append(right, wrong);
    element.append(verdict, text, by, marks);
    return { element, verdict, by, state: "" };
  }

  // What the outcome and the marks say of each line of a page.
  function paint(index) {
    const page = pages[index];
    const numbers = { kept: 0, gained: 0, saved: 0, right: 0, wrong: 0 };
    page.views.forEach((view, i) => {
      const line = page.shown.lines[i];
      const base = line.base ?? null;
      const now = page.now[i];
      const rules = page.byRule.get(i) ?? [];
      let state = now === null ? "line" : "line removed";
      if (line.part) state += " part";
      if (base === null && now !== null) {
        state += rules.length ? " gained" : " other";
        numbers.gained += 1;
      } else if (base !== null && now === null) {
        state += rules.length ? " saved" : " other";
        numbers.saved += 1;
      }
      if (now === null) numbers.kept += 1;
      let verdict = "";
      if (page.marks.has(i)) {
        const agrees = page.marks.get(i) === (now === null);
        state += agrees ? " marked agrees" : " marked differs";
        numbers[agrees ? "right" : "wrong"] += 1;
        verdict = agrees ? "✓" : "✗";
      }
      const by = now === null ? (base !== null ? `was ${base}` : "") : rules.length ? rules.join(", ") : now;
      const why = page.why[i] ?? (now !== null && now === base ? line.why : "");
      const key = `${state}|${verdict}|${by}|${why}`;
      if (key === view.state) return;
      view.state = key;
      view.element.className = state;
      view.verdict.textContent = verdict;
      view.by.textContent = by;
      view.element.title = why;
      const fate = now === null ? "kept" : `removed by ${by}`;
      const judged = verdict === "✓" ? ", marked right" : verdict === "✗" ? ", wrong" : "";
      view.element.setAttribute("aria-label", `${line.text} (${fate}${judged})`);
    });
    page.counts.textContent =
      `${numbers.kept} of ${page.now.length} lines kept; by the rules gone: ${numbers.gained}, back: ${numbers.saved}` +
      (page.marks.size ? `; marks: ${numbers.right} right, ${numbers.wrong} wrong` : "");
    return numbers;
  }

  function mark(index, i, right) {
    const page = pages[index];
    if (right === null) page.marks.delete(i);
    else page.marks.set(i, right === (page.now[i] === null));
    refresh();
  }

  function keyInPage(event, index) {
    const element = event.target.closest(".line");
    if (!element || event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
    const i = Number(element.dataset.line);
    const go = (step) => {
      for (let next = element; (next = step > 0 ? next.nextElementSibling : next.previousElementSibling); ) {
        if (getComputedStyle(next).display !== "none") return next.focus();
      }
    };
    const keys = {
      ArrowDown: () => go(1),
      ArrowUp: () => go(-1),
      r: () => mark(index, i, true),
      w: () => mark(index, i, false),
      u: () => mark(index, i, null),
      a: () => addRule(pages[index].shown.lines[i].text),
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  }

  async function setUrl(index, url) {
    try {
      const shown = await call("page-url", { page: index, url });
      shown.lines.forEach((line, i) => (pages[index].shown.lines[i] = line));
      run();
    } catch (error) {
      say(error.message);
    }
  }

  async function openFiles(files) {
    for (const file of files) {
      try {
        addPage(await call("open", await file.arrayBuffer(), file.name.replace(/\.[a-z]+$/i, "")));
      } catch (error) {
        say(`${file.name}: ${error.message}`);
        return;
      }
    }
    run();
  }

  // ------------------------------------------------------------------- rules

  function addRule(text) {
    const names = new Set([...editor.value.matchAll(/^\[(?:drop|keep)\.([\w-]+)\]/gm)].map((found) => found[1]));
    let name = "mine";
    for (let k = 2; names.has(name); k++) name = `mine_${k}`;
    const quoted = JSON.stringify(text).replace(/\u007f/g, "\\u007f");
    const before = editor.value && !editor.value.endsWith("\n") ? "\n\n" : editor.value ? "\n" : "";
    editor.value += `${before}[drop.${name}]\nwhole = [${quoted}]\n`;
    editor.scrollTop = editor.scrollHeight;
    run();
  }

  let timer = 0;
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(run, DELAY);
    at("save").disabled = editor.value === saved;
  }

  async function run() {
    clearTimeout(timer);
    const mine = ++asked;
    at("save").disabled = editor.value === saved;
    let answer;
    try {
      answer = await call("run", { text: editor.value });
    } catch (error) {
      if (mine === asked) say(error.message);
      return;
    }
    if (mine !== asked) return; // a later one is on its way
    showProblems(answer.problems);
    if (answer.problems.length) {
      say("The rules have a mistake; the pages are as they were before it.");
      return;
    }
    outcome = answer;
    pages.forEach((page, index) => {
      const fate = answer.pages[index];
      if (!fate) return;
      page.now = fate.now;
      page.why = fate.why;
      page.byRule = new Map();
      for (const rule of answer.rules) {
        for (const i of rule.lines[index] ?? []) {
          if (rule.keep === (page.now[i] === null)) page.byRule.set(i, [...(page.byRule.get(i) ?? []), rule.name]);
        }
      }
    });
    refresh();
  }

  function refresh() {
    const sums = { gained: 0, saved: 0, right: 0, wrong: 0 };
    pages.forEach((_, index) => {
      const numbers = paint(index);
      for (const name of Object.keys(sums)) sums[name] += numbers[name];
    });
    const warnings = outcome ? outcome.pages.flatMap((fate) => fate.warnings ?? []) : [];
    say(
      `${pages.length} ${pages.length === 1 ? "page" : "pages"}; by the rules gone: ${sums.gained}, back: ${sums.saved}; ` +
        `marks: ${sums.right} right, ${sums.wrong} wrong` + (warnings.length ? `; ${warnings[0]}` : ""));
    showTable();
  }

  function showTable() {
    const body = at("table").tBodies[0];
    body.replaceChildren();
    for (const rule of outcome?.rules ?? []) {
      const numbers = { gained: [], anyway: [], wrong: [] };
      for (const [index, lines] of Object.entries(rule.lines)) {
        const page = pages[index];
        for (const i of lines) {
          const base = page.shown.lines[i].base ?? null;
          const now = page.now[i];
          const changed = rule.keep ? base !== null && now === null : base === null && now !== null;
          const idle = rule.keep ? base === null : base !== null && now !== null;
          if (changed) numbers.gained.push([index, i]);
          else if (idle) numbers.anyway.push([index, i]);
          if (page.marks.has(i) && page.marks.get(i) !== rule.keep && rule.keep === (now === null)) numbers.wrong.push([index, i]);
        }
      }
      const row = make("tr");
      const name = make("th", "", rule.keep ? `keep ${rule.name}` : rule.name);
      name.scope = "row";
      row.append(name);
      for (const which of ["gained", "anyway", "wrong"]) {
        const cell = make("td", which === "wrong" && numbers.wrong.length ? "bad" : "");
        if (numbers[which].length) {
          cell.append(button(String(numbers[which].length), `${numbers[which].length} ${which} by ${rule.name}: next`, () => next(rule.name + which, numbers[which])));
        } else cell.textContent = "0";
        row.append(cell);
      }
      body.append(row);
    }
  }

  const places = new Map();
  function next(key, lines) {
    const place = ((places.get(key) ?? -1) + 1) % lines.length;
    places.set(key, place);
    const [index, i] = lines[place];
    const element = pages[index].views[i].element;
    if (getComputedStyle(element).display === "none") show("all");
    element.scrollIntoView({ block: "center", inline: "nearest" });
    element.focus({ preventScroll: true });
  }

  function showProblems(problems) {
    editor.setAttribute("aria-invalid", String(problems.length > 0));
    at("problems").replaceChildren(
      ...problems.map((problem) => {
        const item = make("li");
        let said = `${problem.key ? `${problem.key}: ` : ""}${problem.message}`;
        if (problem.expected) said += `; expected ${problem.expected}`;
        if (problem.near?.length) said += `; did you mean ${problem.near.join(" or ")}?`;
        const where = problem.line === null || problem.line === undefined ? "" : `Line ${problem.line}: `;
        item.append(button(where + said, "", () => goToLine(problem.line ?? 1)));
        return item;
      }));
  }

  function goToLine(number) {
    const lines = editor.value.split("\n");
    const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
    editor.focus();
    editor.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
    editor.scrollTop = (editor.scrollHeight / lines.length) * Math.max(0, number - 4);
  }

  async function check() {
    try {
      const checks = await call("check", { text: editor.value });
      const failed = checks.filter(([, problem]) => problem);
      const items = failed.map(([name, problem]) => make("li", "bad", `${name}: ${problem}`));
      const all = checks.length === 1 ? "One example or page" : `${checks.length} examples and pages`;
      items.unshift(make("li", failed.length ? "bad" : "good", `${all}, ${failed.length} ${failed.length === 1 ? "fails" : "fail"}`));
      at("problems").replaceChildren(...items);
    } catch (error) {
      say(error.message);
    }
  }

  async function save() {
    const text = editor.value;
    try {
      seen = (await call("save-rules", { text, seen })).seen;
      saved = text;
      say("Saved.");
    } catch (error) {
      say(`Not saved: ${error.message}`);
    }
    at("save").disabled = editor.value === saved;
  }

  // ------------------------------------------------------------------- fixtures

  let fixturePage = 0;

  function askFixture(index) {
    fixturePage = index;
    const plain = pages[index].shown.name.toLowerCase().replace(/[^a-z0-9_-]+/g, "_").replace(/^[_-]+/, "").slice(0, 80);
    at("fixture-name").value = plain || `page_${index + 1}`;
    at("fixture-family").value = outcome?.families[0] ?? "main_content";
    at("families").replaceChildren(
      ...[...new Set([...(outcome?.families ?? []), "main_content"])].map((family) => {
        const option = make("option");
        option.value = family;
        return option;
      }));
    at("fixture-said").textContent = "";
    at("fixture").showModal();
  }

  async function saveFixture() {
    const said = at("fixture-said");
    said.classList.remove("good");
    if (!at("fixture").querySelector("form").reportValidity()) return;
    try {
      const answer = await call("save-fixture", {
        page: fixturePage,
        name: at("fixture-name").value,
        family: at("fixture-family").value,
        text: editor.value,
        marks: Object.fromEntries(pages[fixturePage].marks),
      });
      said.classList.add("good");
      said.textContent =
        `Saved to ${answer.folder}.` +
        (answer.wrong.length ? `\nThe rules as they are do not yet give it:\n${answer.wrong.slice(0, 5).join("\n")}` : "");
    } catch (error) {
      said.textContent = `Not saved: ${error.message}`;
    }
  }

  // ------------------------------------------------------------------- start

  function show(which) {
    at("pages").dataset.show = which;
    for (const each of document.querySelectorAll(".choice button")) {
      each.setAttribute("aria-pressed", String(each.dataset.show === which));
    }
  }

  function setTheme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    at("theme").setAttribute("aria-pressed", String(dark));
  }

  async function start() {
    for (const each of document.querySelectorAll(".choice button")) each.addEventListener("click", () => show(each.dataset.show));
    show("all");
    const darkness = matchMedia("(prefers-color-scheme: dark)").matches;
    at("theme").setAttribute("aria-pressed", String(darkness));
    at("theme").addEventListener("click", () => setTheme(at("theme").getAttribute("aria-pressed") !== "true"));
    editor.addEventListener("input", soon);
    editor.addEventListener("keydown", (event) => {
      if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        save();
      }
    });
    at("save").addEventListener("click", save);
    at("check").addEventListener("click", check);
    at("open").addEventListener("change", () => openFiles([...at("open").files]));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      openFiles([...event.dataTransfer.files]);
    });
    at("fixture-save").addEventListener("click", saveFixture);
    window.addEventListener("beforeunload", (event) => {
      if (editor.value !== saved) event.preventDefault();
    });
    let given;
    try {
      given = await call("start");
    } catch (error) {
      say(error.message);
      return;
    }
    editor.value = saved = given.rules;
    seen = given.seen;
    at("file").textContent = given.rules_file.split(/[\\/]/).pop();
    at("file").title = given.rules_file;
    at("folder").textContent = given.fixtures_folder;
    given.pages.forEach(addPage);
    if (!pages.length) at("pages").append(make("p", "empty note", "No page is open. Open some, or drop them here; or name files and folders on the command line."));
    run();
  }

  start();
})();
