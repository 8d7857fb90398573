"use strict";
// Draws the report that is embedded above. All text goes in as text, never as markup.
(() => {
  const report = JSON.parse(document.getElementById("report").textContent);
  const timelines = JSON.parse(document.getElementById("timelines").textContent);
  const LEVELS = ["ERROR", "FAIL", "INCONCLUSIVE", "UNTESTABLE", "WARN", "PASS", "INFO", "SKIP"];
  const SIGNS = { ERROR: "✸", FAIL: "✕", INCONCLUSIVE: "?", UNTESTABLE: "∅", WARN: "!", PASS: "✓", INFO: "i", SKIP: "–", NONE: "·" };
  const NEUTRAL = { XFAIL: "INFO", FLAKY: "INFO", XPASS: "FAIL" };
  const FAMILIES = Object.keys(report.summary.families);
  const SVG = "http://www.w3.org/2000/svg";

  function put(parent, name, attributes, ...inside) {
    const node = parent instanceof SVGElement || name === "svg" ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
    }
    for (const each of inside) node.append(each);
    if (parent) parent.append(node);
    return node;
  }
  const el = (name, attributes, ...inside) => put(null, name, attributes, ...inside);
  const chip = (level, ...inside) => el("span", { class: `chip ${level}` }, ...inside);
  const signed = (level, word = level) => [el("span", { "aria-hidden": "true" }, SIGNS[level]), el("span", {}, word)];
  const counted = (check) => NEUTRAL[check.expectation] || check.level;
  const familyOf = (id) => id.split("/")[0];
  const seconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  const plural = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;
  function fact(list, name, ...value) {
    put(list, "div", {}, el("dt", {}, name), el("dd", {}, ...value));
  }
  function sign(level, what) {
    return [el("span", { class: `sign ${level}`, "aria-hidden": "true", title: what ? `${what}: ${level}` : null }, SIGNS[level]),
      el("span", { class: "hidden-text" }, level === "NONE" ? "not judged" : level)];
  }

  // ── the head ───────────────────────────────────────────────────────────────────────────────
  function head(main) {
    const run = report.run;
    const header = put(main, "header", { class: report.verdict });
    put(header, "div", { class: "brand" }, `mockdde ${report.tool.version} · conformance of a golf feed client`);
    put(header, "h1", { id: "verdict" }, report.verdict.replaceAll("_", " "));
    put(header, "p", { class: "sentence", id: "sentence" }, report.sentence);
    if (report.reasons.length > 1) { // the sentence ends with the first
      put(header, "p", { class: "soft also" }, "And besides:");
      put(header, "ul", {}, ...report.reasons.slice(1).map((each) => el("li", {}, each)));
    }
    const list = put(header, "dl", {});
    fact(list, "client", el("code", {}, report.client.name));
    fact(list, "started", run.started.replace("T", " ").replace("Z", " UTC"));
    fact(list, "took", seconds(run.seconds));
    fact(list, "wire speed", `${run.wire_speed}`);
    fact(list, "dialects", run.dialects.join(", "));
    fact(list, "lanes", run.lanes.join(", "));
    if (run.seed !== null) fact(list, "seed", `${run.seed}`);
  }

  // ── families × levels ──────────────────────────────────────────────────────────────────────
  function ratio(of, kind) {
    if (!of.total) return el("span", { class: "zero" }, "–");
    const bar = el("span", { class: `bar ${kind}`, "aria-hidden": "true" });
    const part = put(bar, "i", {});
    part.style.width = `${(100 * of.passed) / of.total}%`;
    return el("span", { class: "ratio" }, bar, `${of.passed}/${of.total}`);
  }
  function families(main) {
    put(main, "h2", {}, "Requirements by family");
    const used = LEVELS.filter((each) => report.summary.levels[each]);
    const table = put(put(main, "div", { class: "card scroll" }), "table", { id: "families" });
    put(table, "caption", { class: "hidden-text" }, "For each family the requirements that are met, and its checks by level");
    const top = put(put(table, "thead", {}), "tr", {});
    for (const each of ["family", "MUST", "SHOULD"]) put(top, "th", { scope: "col" }, each);
    for (const level of used) put(top, "th", { scope: "col", class: "number" }, chip(level, ...signed(level)));
    const row = (where, name, of) => {
      const line = put(where, "tr", { "data-family": name });
      put(line, "th", { scope: "row" }, name);
      put(line, "td", { "data-ratio": "must" }, ratio(of.must, "must"));
      put(line, "td", { "data-ratio": "should" }, ratio(of.should, "should"));
      for (const level of used) {
        const count = of.levels[level] || 0;
        put(line, "td", { class: "number", "data-level": level }, count ? `${count}` : el("span", { class: "zero" }, "0"));
      }
    };
    const body = put(table, "tbody", {});
    for (const name of FAMILIES) row(body, name, report.summary.families[name]);
    row(put(table, "tfoot", {}), "all", report.summary);
  }

  // ── cases × families ───────────────────────────────────────────────────────────────────────
  const shown = { text: "", levels: new Set(), dialect: "" };
  const rows = [];

  function matrix(main) {
    put(main, "h2", {}, "Cases");
    tools(main);
    const table = put(put(main, "div", { class: "card scroll" }), "table", { class: "matrix", id: "matrix" });
    put(table, "caption", { class: "hidden-text" }, "For each case its level, and the worst level of each family");
    const top = put(put(table, "thead", {}), "tr", {});
    put(top, "th", { scope: "col" }, "case");
    put(top, "th", { scope: "col", class: "cell" }, "level");
    for (const family of FAMILIES) put(top, "th", { scope: "col", class: "cell" }, family);
    put(top, "th", { scope: "col", class: "number" }, "time");
    const groups = new Map();
    for (const each of report.cases) {
      const name = each.id.split("/").slice(0, -1).join("/") || "cases";
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(each);
    }
    for (const [name, cases] of groups) {
      const body = put(table, "tbody", {});
      const group = put(body, "tr", { class: "group" });
      put(group, "th", { colspan: FAMILIES.length + 3, scope: "rowgroup" }, name);
      const own = cases.map((each) => line(body, each));
      rows.push({ group, own });
    }
    put(main, "p", { class: "empty", id: "none", hidden: "" }, "No case fits.");
    const legend = put(main, "p", { class: "legend" });
    for (const level of LEVELS) put(legend, "span", {}, el("span", { class: `sign ${level}`, "aria-hidden": "true" }, SIGNS[level]), level);
  }
  function line(body, each) {
    const row = put(body, "tr", { class: "case", "data-case": each.id });
    const button = el("button", { class: "open", "aria-expanded": "false", type: "button" }, el("code", {}, each.id), el("small", {}, each.title));
    put(row, "th", { scope: "row" }, button);
    put(row, "td", { class: "cell", "data-level": each.level }, ...sign(each.level, each.id));
    for (const family of FAMILIES) {
      const level = each.families[family] || "NONE";
      put(row, "td", { class: "cell", "data-family": family, "data-level": level }, ...sign(level, family));
    }
    put(row, "td", { class: "number soft" }, seconds(each.seconds));
    const words = [each.id, each.title, each.why, ...each.tags, ...each.checks.filter((c) => c.message).map((c) => `${c.requirement} ${c.message}`)];
    const entry = { each, row, button, inside: null, words: words.join(" ").toLowerCase() };
    row.addEventListener("click", () => toggle(entry));
    return entry;
  }
  function toggle(entry, open = !entry.inside || entry.inside.hidden) {
    if (open && !entry.inside) {
      entry.inside = el("tr", {});
      entry.row.after(entry.inside);
      const cell = put(entry.inside, "td", { class: "inside", colspan: FAMILIES.length + 3 });
      inside(put(cell, "div", { class: entry.each.level }), entry.each);
    }
    if (entry.inside) entry.inside.hidden = !open;
    entry.button.setAttribute("aria-expanded", `${open}`);
  }
  function tools(main) {
    const bar = put(main, "div", { class: "tools", role: "search" });
    const field = put(bar, "input", { type: "search", placeholder: "Filter by name, requirement or words …", "aria-label": "Filter the cases" });
    field.addEventListener("input", () => { shown.text = field.value.toLowerCase(); filter(); });
    for (const level of LEVELS.filter((each) => report.summary.cases[each])) {
      const button = put(bar, "button", { type: "button", class: `chip toggle ${level}`, "aria-pressed": "false", "data-filter": level }, ...signed(level, `${level} ${report.summary.cases[level]}`));
      button.addEventListener("click", () => {
        const on = !shown.levels.delete(level);
        if (on) shown.levels.add(level);
        button.setAttribute("aria-pressed", `${on}`);
        filter();
      });
    }
    const dialects = [...new Set(report.cases.map((each) => each.dialect))];
    if (dialects.length > 1) {
      const select = put(bar, "select", { class: "plain", "aria-label": "Dialect" }, el("option", { value: "" }, "all dialects"), ...dialects.map((each) => el("option", { value: each }, each)));
      select.addEventListener("change", () => { shown.dialect = select.value; filter(); });
    }
    const all = put(bar, "button", { type: "button", class: "plain" }, "open all");
    all.addEventListener("click", () => {
      const open = all.textContent === "open all";
      for (const { own } of rows) for (const each of own) if (!each.row.hidden) toggle(each, open);
      all.textContent = open ? "close all" : "open all";
    });
  }
  function filter() {
    let any = false;
    for (const { group, own } of rows) {
      let some = false;
      for (const entry of own) {
        const fits = entry.words.includes(shown.text) && (!shown.levels.size || shown.levels.has(entry.each.level)) && (!shown.dialect || entry.each.dialect === shown.dialect);
        entry.row.hidden = !fits;
        if (entry.inside) entry.inside.hidden = !fits || entry.button.getAttribute("aria-expanded") !== "true";
        some = some || fits;
      }
      group.hidden = !some;
      any = any || some;
    }
    document.getElementById("none").hidden = any;
  }

  // ── a case ─────────────────────────────────────────────────────────────────────────────────
  function inside(where, each) {
    put(where, "h3", {}, each.title);
    put(where, "p", { class: "why" }, each.why);
    if (each.problem) put(where, "p", {}, chip(each.level, each.level), ` ${each.problem}`);
    for (const doubt of each.doubts) put(where, "p", {}, chip("INCONCLUSIVE", "doubt"), ` ${doubt}`);
    const list = put(where, "dl", { class: "facts" });
    fact(list, "scenario", el("code", {}, each.scenario), each.seed === null ? "" : ` seed ${each.seed}`);
    if (each.client) fact(list, "the client", ended(each.client));
    if (each.faults.length) {
      fact(list, "faults", ...each.faults.map((f) => el("div", {}, el("code", {}, f.fault), ` on ${f.on}, `, f.fired ? `${f.fired} ×` : chip("INCONCLUSIVE", "never fired"))));
    }
    const bad = LEVELS.filter((level) => level !== "PASS" && level !== "SKIP").flatMap((level) => each.checks.filter((c) => counted(c) === level && (c.level !== "PASS" || c.expectation === "XPASS")));
    const wrong = bad.filter((c) => counted(c) !== "INFO"), noted = bad.filter((c) => counted(c) === "INFO");
    if (wrong.length) put(where, "h4", {}, "What is wrong");
    for (const check of wrong) whole(where, check);
    put(where, "h4", {}, "The sequence");
    if (timelines[each.id]) drawLater(put(where, "div", { class: "time" }), timelines[each.id]);
    else put(where, "p", { class: "soft" }, "No transcript of this case was kept.");
    put(where, "h4", {}, "Run it again");
    const again = put(where, "div", { class: "repro" });
    put(again, "pre", {}, each.repro);
    copier(again, each.repro);
    if (noted.length) {
      const details = put(where, "details", {}, el("summary", {}, `${plural(noted.length, "thing")} to know that ${noted.length === 1 ? "does" : "do"} not count`));
      for (const check of noted) whole(details, check);
    }
    const passed = each.checks.filter((c) => c.level === "PASS" && c.expectation !== "XPASS");
    const skipped = each.checks.filter((c) => c.level === "SKIP");
    listed(where, passed, "met", "✓");
    listed(where, skipped, "skipped", "–");
    if (each.artifacts.length) {
      const kept = put(where, "p", { class: "soft" }, "Kept beside this page: ");
      each.artifacts.forEach((file, at) => kept.append(at ? ", " : "", el("a", { href: file.split("/").map(encodeURIComponent).join("/") }, file)));
    }
  }
  function ended(client) {
    const code = client.signal !== null ? `signal ${client.signal}` : client.code !== null ? `code ${client.code}` : "no code";
    const left = client.left_behind ? `, ${plural(client.left_behind, "process").replace("processs", "processes")} left behind` : "";
    return `${client.how} with ${code} after ${seconds(client.seconds)}${left}`;
  }
  function listed(where, checks, word, mark) {
    if (!checks.length) return;
    const details = put(where, "details", {}, el("summary", {}, `${plural(checks.length, "requirement")} ${word}`));
    put(details, "ul", { class: "passed" }, ...checks.map((c) => el("li", { title: c.message || null }, `${mark} `, el("code", {}, c.requirement), " ", el("span", { class: "soft" }, (report.requirements[c.requirement] || {}).title || ""))));
  }
  function whole(where, check) {
    const level = counted(check);
    const card = put(where, "article", { class: `check ${level}`, "data-requirement": check.requirement });
    const top = put(card, "div", { class: "head" }, chip(check.level, ...signed(check.level)));
    if (check.expectation) top.append(chip(level, check.expectation));
    put(top, "code", {}, check.requirement);
    put(top, "span", { class: "soft" }, check.severity);
    const known = report.requirements[check.requirement] || {};
    if (check.expectation === "XPASS") put(card, "p", { class: "message" }, "It passes, and the baseline says that it fails.");
    if (check.message) put(card, "p", { class: "message" }, check.message);
    if (check.reason) put(card, "p", { class: "soft" }, `The baseline: ${check.reason}`);
    put(card, "p", { class: "clause" }, check.title || known.title || "", known.description ? el("span", { class: "soft" }, ` — ${known.description}`) : "");
    const clause = check.clause || known.clause;
    if (clause) put(card, "p", { class: "clause soft" }, `${check.basis || known.basis}, ${clause.page}: ${clause.words}`);
    for (const each of check.findings || []) {
      const list = put(card, "dl", { class: "finding" });
      const say = (name, kind, value) => { if (value) { put(list, "dt", {}, name); put(list, "dd", { class: kind }, el("code", {}, value)); } };
      say("where", "where", each.where);
      say("expected", "expected", each.expected);
      say("seen", "seen", each.seen);
      say("evidence", "soft", each.evidence);
    }
    if (check.more) put(card, "p", { class: "soft" }, `… and ${plural(check.more, "place")} more`);
  }
  function copier(where, text) {
    const button = put(where, "button", { type: "button", class: "plain" }, "Copy");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        const range = document.createRange();
        range.selectNodeContents(where.firstChild);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        button.textContent = "Selected";
      }
    });
  }

  // ── the sequence of a case ─────────────────────────────────────────────────────────────────
  async function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }
  function drawLater(where, text) {
    put(where, "p", { class: "soft" }, "…");
    unpacked(text).then((of) => { where.replaceChildren(); draw(where, of); }, () => {
      where.replaceChildren("This browser cannot unpack the sequence; transcript.ndjson beside the report has it.");
    });
  }
  const TOP = 18, HEIGHT = 44, SMALL = 26;
  const UPS = new Set(["said", "pong", "left", "broken"]);
  const OWN = { client: "client", state: "client", nonsense: "client", request: "rest", refused: "rest" };
  const NOTES = { packet: "packet ↓", heartbeat: "heartbeat ↓", message: "message ↓", ping: "ping ↓", close: "close ↓", garbage: "garbage ↓", said: "message ↑", pong: "ping, pong ↑", left: "close ↑", broken: "broken ↑", request: "request ↑", refused: "request ↑, refused", fault: "fault", end: "end", client: "client", state: "state document", nonsense: "no state document" };

  function layout(of) {
    const lanes = [{ key: "client", name: "the client", small: "its life and its state", y: TOP, height: SMALL }];
    if (of.marks.some((m) => OWN[m[1]] === "rest")) lanes.push({ key: "rest", name: "requests", small: "HTTP ↑", y: 0, height: SMALL });
    of.rows.forEach((name, at) => lanes.push({ key: at, name, small: "↓ server, ↑ client", y: 0, height: HEIGHT }));
    let y = TOP;
    for (const lane of lanes) { lane.y = y; y += lane.height + 8; }
    return { lanes: new Map(lanes.map((lane) => [lane.key, lane])), height: y };
  }
  function shape(mark, x, lane, bottom) {
    const [, kind] = mark;
    const middle = lane ? lane.y + lane.height / 2 : bottom;
    const y = !lane ? 9 : lane.height === SMALL ? middle : UPS.has(kind) ? lane.y + lane.height * 0.76 : kind === "fault" ? lane.y + 3 : kind === "end" ? middle : lane.y + lane.height * 0.28;
    const path = (d) => ["path", { d }];
    switch (kind) {
      case "packet": case "heartbeat": return ["rect", { x: x - 1.5, y: y - 6, width: 3, height: 12, rx: 1.5 }];
      case "fault": return path(`M${x - 5} ${y - 4}h10l-5 9z`);
      case "close": case "left": return path(`M${x} ${y - 6}l5 6l-5 6l-5 -6z`);
      case "end": return path(`M${x - 4} ${y - 4}l8 8m0 -8l-8 8`);
      case "client": return path(`M${x - 4} ${y - 6}l9 6l-9 6z`);
      case "said": case "request": case "broken": case "refused": return path(`M${x - 5} ${y + 4}h10l-5 -9z`);
      case "state": case "nonsense": return ["rect", { x: x - 1.5, y: y - 5, width: 3, height: 10, rx: 1 }];
      default: return ["circle", { cx: x, cy: y, r: 4 }];
    }
  }
  function draw(where, of) {
    const bar = put(where, "div", { class: "bar-of-tools" });
    const { lanes, height } = layout(of);
    const frame = put(where, "div", { class: "frame" });
    const names = put(frame, "div", { class: "names" });
    for (const lane of lanes.values()) {
      const name = put(names, "div", { title: lane.name }, lane.name, el("small", {}, lane.small));
      name.style.top = `${lane.y + (lane.height - 26) / 2}px`;
    }
    const view = put(frame, "div", { class: "window" });
    const told = put(where, "div", { class: "told", "aria-live": "polite" }, el("span", { class: "soft" }, "Point at a mark, tap it, or use the arrow keys, to see what it was."));
    let zoom = 1, chosen = -1, nodes = [];
    const zooms = [1, 2, 4, 8, 16, 32];

    function choose(at, node) {
      if (nodes[chosen]) nodes[chosen].classList.remove("chosen");
      chosen = at;
      node.classList.add("chosen");
      const [t, kind, row, label, detail] = of.marks[at];
      told.replaceChildren();
      put(told, "div", {}, el("b", {}, `${t.toFixed(3)} s`), ` · ${NOTES[kind]}${row >= 0 ? ` · ${of.rows[row]}` : ""} · `, el("b", {}, label));
      if (detail) put(told, "pre", {}, detail);
    }
    function redraw() {
      view.replaceChildren();
      nodes = [];
      const wide = Math.max(320, (view.clientWidth || 800) - 2) * zoom;
      // A client takes its time to start, in which nothing is to be seen.
      const first = of.marks.find((m) => m[1] !== "client"), end = Math.max(of.end, 0.001);
      const begin = first ? Math.max(0, first[0] - 0.05 * (end - first[0])) : 0, span = end - begin;
      const x = (t) => 10 + ((wide - 24) * (Math.max(t, begin) - begin)) / span;
      const svg = put(view, "svg", { class: "drawing", width: wide, height: height + 4, viewBox: `0 0 ${wide} ${height + 4}`, tabindex: "0", role: "img", "aria-label": `${of.marks.length} things that happened in ${end.toFixed(1)} seconds; the list below has them as text` });
      axis(svg, x, begin, end, wide);
      for (const [name, from, to] of of.holds) {
        put(svg, "rect", { class: "hold", x: x(from), y: 12, width: Math.max(2, x(to) - x(from)), height: height - 12 });
        put(svg, "text", { class: "hold-text", x: x(from) + 3, y: height - 1 }, name);
      }
      for (const [number, row, from, to, how] of of.links) {
        const lane = lanes.get(row);
        const box = put(svg, "rect", { class: "link", x: x(from), y: lane.y, width: Math.max(2, x(to) - x(from)), height: lane.height, rx: 5 });
        put(box, "title", {}, `connection ${number}${how ? `, ${how}` : ""}`);
        put(svg, "line", { class: "middle", x1: x(from), x2: x(to), y1: lane.y + lane.height / 2, y2: lane.y + lane.height / 2 });
        if (x(to) - x(from) > 26) put(svg, "text", { class: "link-text", x: x(from) + 4, y: lane.y + lane.height / 2 + 3 }, `#${number}`);
      }
      of.marks.forEach((mark, at) => {
        const [t, kind, row] = mark;
        const lane = row >= 0 ? lanes.get(row) : lanes.get(OWN[kind]);
        if (kind === "fault") put(svg, "line", { class: "fault-line", x1: x(t), x2: x(t), y1: lane ? lane.y : 12, y2: lane ? lane.y + lane.height : height });
        const [name, attributes] = shape(mark, x(t), lane, height);
        const node = put(svg, name, { ...attributes, class: `m ${kind}`, "data-mark": at });
        nodes.push(node);
      });
      const pick = (event) => { const at = event.target.getAttribute && event.target.getAttribute("data-mark"); if (at) choose(Number(at), event.target); };
      svg.addEventListener("pointerover", pick);
      svg.addEventListener("click", pick);
      svg.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step || !nodes.length) return;
        event.preventDefault();
        const at = Math.min(nodes.length - 1, Math.max(0, chosen + step));
        choose(at, nodes[at]);
        const place = x(of.marks[at][0]);
        if (place < view.scrollLeft || place > view.scrollLeft + view.clientWidth) view.scrollLeft = place - view.clientWidth / 2;
      });
    }
    key(bar, of);
    const scale = (by) => { zoom = zooms[Math.min(zooms.length - 1, Math.max(0, zooms.indexOf(zoom) + by))]; redraw(); };
    const spacer = put(bar, "span", {});
    spacer.style.flex = "1";
    for (const [text, by, label] of [["−", -1, "Zoom out"], ["+", 1, "Zoom in"]]) {
      put(bar, "button", { type: "button", class: "plain", "aria-label": label }, text).addEventListener("click", () => scale(by));
    }
    if (of.left_out) put(where, "p", { class: "soft" }, `${plural(of.left_out, "mark")} left out here: the transcript has all.`);
    sequence(where, of);
    redraw();
    let before = view.clientWidth;
    new ResizeObserver(() => { if (view.clientWidth !== before) { before = view.clientWidth; redraw(); } }).observe(view);
  }
  function axis(svg, x, begin, end, wide) {
    const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800];
    const step = steps.find((each) => (wide * each) / (end - begin) > 55) || 3600;
    for (let t = Math.ceil(begin / step) * step; t <= end; t += step) {
      put(svg, "line", { class: "axis", x1: x(t), x2: x(t), y1: 12, y2: svg.getAttribute("height") });
      put(svg, "text", { class: "axis-text", x: x(t) + 2, y: 9 }, `${Number(t.toFixed(2))} s`);
    }
  }
  function key(bar, of) {
    const kinds = [...new Set(of.marks.map((m) => m[1]))];
    for (const kind of Object.keys(NOTES).filter((each) => kinds.includes(each))) {
      const svg = put(null, "svg", { width: 14, height: 14, "aria-hidden": "true" });
      const [name, attributes] = shape([0, kind], 7, { y: 0, height: SMALL - 12 + 0 }, 7);
      put(svg, name, { ...attributes, class: kind });
      const small = put(bar, "span", {}, svg, ` ${NOTES[kind]}`);
      if (kind === "fault") small.style.color = "var(--fail)";
    }
  }
  function sequence(where, of) {
    const details = put(where, "details", {}, el("summary", {}, "As a list"));
    details.addEventListener("toggle", () => {
      if (details.childElementCount > 1) return;
      const table = put(put(details, "div", { class: "sequence", tabindex: "0", role: "region", "aria-label": "The sequence as a list" }), "table", {});
      const top = put(put(table, "thead", {}), "tr", {});
      for (const each of ["seconds", "what", "where", ""]) put(top, "th", { scope: "col" }, each);
      const body = put(table, "tbody", {});
      for (const [t, kind, row, label, detail] of of.marks) {
        const line = put(body, "tr", {});
        put(line, "td", { class: "number" }, t.toFixed(3));
        put(line, "td", {}, NOTES[kind]);
        put(line, "td", { class: "soft" }, row >= 0 ? of.rows[row] : "");
        put(line, "td", { title: detail || null }, el("code", {}, label));
      }
    });
  }

  // ── what was not tested, the baseline ──────────────────────────────────────────────────────
  function untested(main) {
    const of = report.untested, lines = [];
    const few = (names) => names.length > 12 ? [...names.slice(0, 12), `${names.length - 12} more`] : names;
    const say = (word, gaps) => {
      const by = new Map();
      for (const gap of gaps) {
        if (!by.has(gap.why)) by.set(gap.why, new Set());
        for (const each of gap.requirement ? [gap.requirement] : gap.cases) by.get(gap.why).add(each);
      }
      for (const [why, names] of by) lines.push([word, why, [...names]]);
    };
    say("UNTESTABLE", of.untestable);
    say("INCONCLUSIVE", of.inconclusive);
    say("SKIP", of.skipped);
    if (of.never_applied.length) lines.push(["NONE", "No case of this run came to:", of.never_applied]);
    if (!lines.length) return;
    put(main, "h2", {}, "What this run did not test");
    const list = put(put(main, "div", { class: "card" }), "ul", { class: "gaps", id: "untested" });
    for (const [level, why, names] of lines) {
      const item = put(list, "li", {}, chip(level, level === "NONE" ? "not reached" : level), ` ${why} `);
      few(names).forEach((each, at) => item.append(at ? ", " : "", el("code", {}, each)));
    }
  }
  function baseline(main) {
    if (!report.baseline) return;
    put(main, "h2", {}, "The baseline");
    const table = put(put(main, "div", { class: "card scroll" }), "table", { id: "baseline" });
    const top = put(put(table, "thead", {}), "tr", {});
    for (const each of ["entry", "expected", "checks", "state", "reason"]) put(top, "th", { scope: "col" }, each);
    const body = put(table, "tbody", {});
    for (const each of report.baseline.entries) {
      const level = { stale: "FAIL", expired: "FAIL", met: "PASS" }[each.state] || "SKIP";
      const line = put(body, "tr", {});
      put(line, "td", {}, el("code", {}, each.requirement), " in ", el("code", {}, each.case), el("div", { class: "soft" }, each.at));
      put(line, "td", {}, each.expect);
      put(line, "td", { class: "number" }, `${each.checks}`);
      put(line, "td", {}, chip(level, each.state));
      put(line, "td", {}, each.reason, each.issue ? el("div", { class: "soft" }, each.issue) : "", each.expires ? el("div", { class: "soft" }, `until ${each.expires}`) : "");
    }
  }

  const main = document.getElementById("main");
  head(main);
  families(main);
  matrix(main);
  untested(main);
  baseline(main);
  put(main, "footer", {}, `Made by mockdde ${report.tool.version} from report.json, which this page holds and shows. It needs no network.`);
  const asked = decodeURIComponent(location.hash.slice(1));
  for (const { own } of rows) for (const entry of own) if (entry.each.id === asked) { toggle(entry, true); entry.row.scrollIntoView(); }
})();
