// The preview: shows pages as soon as they are set, replaces them in place, and links each place to its line.
"use strict";

const INCH = 25.4, CSS_INCH = 96, TILE = 1536;
const $ = (selector, within = document) => within.querySelector(selector);
const sections = [...document.querySelectorAll(".document")];
const radios = [...document.querySelectorAll("[name=show]")];
const zoom = $("#zoom");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const documents = new Map(sections.map((section) => [section.id, { section, now: null, pages: [], places: [] }]));
let chosen = null;

function made(tag, values = {}, ...children) {
  const element = Object.assign(document.createElement(tag), values);
  element.append(...children);
  return element;
}

// What is in view, and how large.

const visible = () => [...documents.values()].filter((one) => !one.section.hidden);
const current = () => visible().find((one) => one.section.contains(document.activeElement)) ?? visible()[0];

function show(name) {
  radios.find((radio) => radio.value === name).checked = true;
  document.body.dataset.show = name;
  sections.forEach((section) => { section.hidden = name !== "all" && section.id !== name; });
  remember();
  visible().forEach(fit);
  listPlaces();
  tell();
}

let told = "";

// Tell which documents and pages are in view: they are made first.
function tell() {
  const body = visible().map((one) => `${one.section.id}/${inView(one) + 1}`).join(" ");
  if (body === told) return;
  told = body;
  fetch("view", { method: "POST", body });
}

// The last page that begins above the middle of the desk, by its index.
function inView(one) {
  const desk = $(".desk", one.section), middle = desk.getBoundingClientRect().top + desk.clientHeight / 2;
  return Math.max(0, one.pages.findLastIndex((page) => page.sheet.getBoundingClientRect().top < middle));
}

function remember() {
  const kept = { show: radios.find((radio) => radio.checked).value, zoom: zoom.value };
  try { sessionStorage.setItem("preview", JSON.stringify(kept)); } catch { /* not stored: the choice lasts as long as this page */ }
}

function scale(one, [width, height]) {
  const desk = $(".desk", one.section), room = 34;
  const across = (desk.clientWidth - room) / (width / INCH * CSS_INCH);
  const down = (desk.clientHeight - room) / (height / INCH * CSS_INCH);
  if (zoom.value === "page") return Math.max(0.05, Math.min(across, down));
  return zoom.value === "width" ? Math.max(0.05, across) : Number(zoom.value) / 100;
}

function fit(one) {
  if (one.section.hidden || !one.now?.version) return;
  const desk = $(".desk", one.section);
  const middle = (desk.scrollTop + desk.clientHeight / 2) / Math.max(1, desk.scrollHeight);
  const centre = (desk.scrollLeft + desk.clientWidth / 2) / Math.max(1, desk.scrollWidth);
  const before = one.scales?.join();
  one.scales = one.now.sizes.map((size) => scale(one, size));
  one.pages.forEach((page, index) => {
    const [width, height] = one.now.sizes[index];
    page.sheet.style.width = `${width / INCH * CSS_INCH * one.scales[index]}px`;
    page.sheet.style.height = `${height / INCH * CSS_INCH * one.scales[index]}px`;
    page.sheet.parentElement.style.width = page.sheet.style.width;
  });
  if (before && before !== one.scales.join()) {
    desk.scrollTop = middle * desk.scrollHeight - desk.clientHeight / 2;
    desk.scrollLeft = centre * desk.scrollWidth - desk.clientWidth / 2;
  }
  draw(one);
}

function step(by) {
  const steps = [...zoom.options].map((option) => option.value).filter(Number);
  const now = 100 * (current()?.scales?.[0] ?? 1);
  const next = by > 0 ? steps.find((value) => value > now + 1) : steps.findLast((value) => value < now - 1);
  if (next) setZoom(next);
}

function setZoom(value) {
  zoom.value = value;
  remember();
  visible().forEach(fit);
}

// Pages: a layer of tiles for each version and size. A layer is removed when the next one is complete.

function lay(one) {
  const desk = $(".desk", one.section), count = one.now.sizes.length;
  while (one.pages.length > count) one.pages.pop().sheet.parentElement.remove();
  while (one.pages.length < count) {
    const sheet = made("div", { className: "sheet" });
    sheet.setAttribute("role", "img");
    const page = { sheet, number: one.pages.length + 1, layer: null };
    sheet.addEventListener("click", (event) => lookUp(one, page, event));
    desk.append(made("div", { className: "page" }, sheet));
    one.pages.push(page);
  }
  one.pages.forEach((page) => {
    page.sheet.setAttribute("aria-label", `${one.section.dataset.label}, page ${page.number} of ${count}`);
  });
}

function draw(one) {
  if (one.section.hidden || !one.now?.version) return;
  const desk = $(".desk", one.section).getBoundingClientRect(), margin = desk.height / 2;
  for (const page of one.pages) {
    const box = page.sheet.getBoundingClientRect();
    if (box.bottom < desk.top - margin || box.top > desk.bottom + margin) continue;
    drawPage(one, page, box, { left: desk.left, right: desk.right, top: desk.top - margin, bottom: desk.bottom + margin });
  }
}

function drawPage(one, page, box, view) {
  const [width, height] = one.now.sizes[page.number - 1];
  const across = Math.round(box.width * devicePixelRatio), down = Math.round(across * height / width);
  const early = earlyOf(one, page);
  const key = `${(early ?? one.now).version}/${page.number}?${early ? "early&" : ""}width=${across}`;
  if (page.layer?.key !== key) {
    page.layer?.element.classList.contains("coming") && page.layer.element.remove();
    page.layer = { key, element: made("div", { className: "layer coming" }), tiles: new Set(), waiting: 0 };
    page.sheet.insertBefore(page.layer.element, $(".outline", page.sheet));
  }
  const layer = page.layer;
  for (let top = 0; top < down; top += TILE) {
    for (let left = 0; left < across; left += TILE) {
      const x = box.left + left / devicePixelRatio, y = box.top + top / devicePixelRatio, size = TILE / devicePixelRatio;
      const seen = x < view.right && x + size > view.left && y < view.bottom && y + size > view.top;
      const name = `${left},${top}`;
      if (!seen || layer.tiles.has(name)) continue;
      layer.tiles.add(name);
      loadTile(one, page, layer, { left, top, across, down });
    }
  }
}

// This page of a newer save, if it has come before the others and is as large as the older one.
function earlyOf(one, page) {
  const early = one.now.early;
  return early?.page === page.number && String(early.size) === String(one.now.sizes[page.number - 1]) ? early : null;
}

async function loadTile(one, page, layer, { left, top, across, down }) {
  const img = made("img", { alt: "", src: `tile/${one.section.id}/${layer.key}&left=${left}&top=${top}` });
  const part = (from, whole) => `${100 * Math.min(TILE, whole - from) / whole}%`;
  Object.assign(img.style, {
    left: `${100 * left / across}%`, top: `${100 * top / down}%`, width: part(left, across), height: part(top, down),
  });
  layer.waiting += 1;
  layer.element.append(img);
  await img.decode().catch(() => { layer.broken = true; });
  layer.waiting -= 1;
  if (layer.waiting || layer !== page.layer || layer.broken) return;
  layer.element.classList.remove("coming");
  page.sheet.querySelectorAll(".layer").forEach((other) => { if (other !== layer.element) other.remove(); });
  requestAnimationFrame(() => {
    page.sheet.dataset.version = layer.key.split("/")[0];
    page.sheet.dataset.shown = String(performance.timeOrigin + performance.now());
  });
}

function go(by) {
  const one = current();
  const page = one.pages[Math.min(Math.max(inView(one) + by, 0), one.pages.length - 1)];
  page?.sheet.scrollIntoView({ block: "start", behavior: still.matches ? "instant" : "smooth" });
}

// From a page to a line, and from a line to a page.

function distance(box, x, y) {
  const dx = Math.max(box.left - x, 0, x - box.right), dy = Math.max(box.top - y, 0, y - box.bottom);
  return Math.hypot(dx, 3 * dy);
}

function lookUp(one, page, event) {
  const edges = page.sheet.getBoundingClientRect(), [width, height] = one.now.sizes[page.number - 1];
  const x = (event.clientX - edges.left) / edges.width * width, y = (event.clientY - edges.top) / edges.height * height;
  const near = one.places.flatMap((place) => place.boxes.filter((box) => box.page === page.number).map((box) => ({
    place, away: distance(box, x, y), area: (box.right - box.left) * (box.bottom - box.top),
  }))).sort((a, b) => a.away - b.away || a.area - b.area);
  if (near.length) choose(one, near[0].place, false);
}

function choose(one, place, scroll) {
  chosen = { name: one.section.id, kind: place.kind, id: place.name };
  $(".chosen .hint").hidden = true;
  $(".chosen .place").hidden = false;
  $(".what").replaceChildren(`${place.kind} ${place.name}: `, made("bdi", { textContent: place.text }));
  $(".where code").textContent = place.where;
  $("#editor").href = place.editor;
  $("#copied").textContent = "";
  outline(scroll);
  markChosen();
}

function outline(scroll) {
  document.querySelectorAll(".outline").forEach((element) => element.remove());
  const one = chosen && documents.get(chosen.name);
  const place = one?.places.find((other) => other.kind === chosen.kind && other.name === chosen.id);
  if (!place) return;
  const pad = 1;
  const shown = place.boxes.filter((box) => one.pages[box.page - 1]).map((box) => {
    const [width, height] = one.now.sizes[box.page - 1], element = made("div", { className: "outline" });
    Object.assign(element.style, {
      left: `${100 * (box.left - pad) / width}%`, top: `${100 * (box.top - pad) / height}%`,
      width: `${100 * (box.right - box.left + 2 * pad) / width}%`,
      height: `${100 * (box.bottom - box.top + 2 * pad) / height}%`,
    });
    one.pages[box.page - 1].sheet.append(element);
    return element;
  });
  if (scroll && shown.length) {
    shown[0].scrollIntoView({ block: "center", inline: "center", behavior: still.matches ? "instant" : "smooth" });
  }
}

function listPlaces() {
  const wanted = $("#find").value.trim().toLowerCase(), list = $(".places ol"), rows = [];
  for (const one of visible()) {
    let kind = "";
    for (const place of one.places) {
      if (!`${place.kind} ${place.name} ${place.text} ${place.where}`.toLowerCase().includes(wanted)) continue;
      if (kind !== place.kind) {
        kind = place.kind;
        const label = visible().length > 1 ? `${one.section.dataset.label}: ${kind}` : kind[0].toUpperCase() + kind.slice(1);
        rows.push(made("li", {}, made("h3", { textContent: label })));
      }
      const button = made("button", { type: "button", title: `${place.text}\n${place.where}` },
        made("span", { textContent: `${place.name} ` }), made("bdi", { textContent: place.text }));
      button.dataset.place = `${one.section.id} ${place.kind} ${place.name}`;
      button.addEventListener("click", () => choose(one, place, true));
      rows.push(made("li", {}, button));
    }
  }
  const focus = document.activeElement?.dataset?.place;
  list.replaceChildren(...rows);
  if (focus) $(`[data-place="${CSS.escape(focus)}"]`, list)?.focus({ preventScroll: true });
  markChosen();
}

function markChosen() {
  const name = chosen ? `${chosen.name} ${chosen.kind} ${chosen.id}` : "";
  document.querySelectorAll(".places button").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.place === name));
  });
}

async function copy() {
  const code = $(".where code");
  if (!code.textContent) return;
  const selection = getSelection();
  selection.selectAllChildren(code);
  const done = await navigator.clipboard.writeText(code.textContent).then(() => true, () => document.execCommand("copy"));
  $("#copied").textContent = done ? "Copied." : "Press Ctrl+C to copy.";
}

// Events from the server.

const PHASES = { waiting: "waiting", setting: "typesetting …", proving: "checking …", proven: "checked", refused: "not to be printed yet", failed: "failed" };

function update(state) {
  for (const now of state.documents) {
    const one = documents.get(now.name), before = one.now;
    one.now = now;
    one.section.dataset.phase = now.phase;
    $(".fit", one.section).textContent = now.fit;
    $(".fit", one.section).title = now.notes.join("\n");
    $(".phase", one.section).textContent = PHASES[now.phase];
    const message = $(".message", one.section), kept = now.newest ? "The pages below must not be printed."
      : now.version ? "The pages below are the last good ones." : "";
    const text = now.message;
    if (message.dataset.text !== text) {
      message.dataset.text = text;
      message.hidden = !text;
      message.replaceChildren(made("strong", { textContent: `${kept}\n`.trimStart() }), text);
    }
    if (now.version && before?.version !== now.version) {
      lay(one);
      fit(one);
    } else if (before?.early?.version !== now.early?.version) draw(one);
  }
  updateState(state);
  listProblems(state.problems);
}

function updateState(state) {
  const line = $("#state"), shown = visible().map((one) => one.now);
  line.classList.toggle("restart", state.restart);
  const words = state.restart ? "Triptych itself has changed: end the preview with Ctrl-C and start it again."
    : shown.some((now) => now.phase === "failed") ? "Failed: see the message."
    : shown.some((now) => now.phase === "setting") ? "Typesetting …"
    : shown.some((now) => now.phase === "refused") ? "Up to date; errors stop a build."
    : shown.some((now) => now.phase === "proving") ? "Up to date; checking …" : "Up to date and checked.";
  if (line.textContent !== words) line.textContent = words;
}

function listProblems(problems) {
  $(".none").hidden = problems.length > 0;
  const list = $(".problems"), key = JSON.stringify(problems);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...problems.map((problem) => made("li", { className: problem.warning ? "warning" : "error" },
    made("span", { className: "kind", textContent: problem.warning ? "Warning " : "Error " }),
    made("a", { href: problem.editor, textContent: problem.where }),
    ` ${problem.message} `,
    ...(problem.hint ? [made("span", { className: "hint", textContent: problem.hint })] : []))));
}

const events = new EventSource("events");
events.addEventListener("state", (event) => update(JSON.parse(event.data)));
events.addEventListener("places", (event) => {
  const { name, places } = JSON.parse(event.data);
  documents.get(name).places = places;
  listPlaces();
  outline(false);
});
events.addEventListener("error", () => { $("#state").textContent = "The preview has ended. Start it again with make preview."; });
events.addEventListener("open", () => show(radios.find((radio) => radio.checked).value));

// Actions of the reader.

radios.forEach((radio) => radio.addEventListener("change", () => show(radio.value)));
zoom.addEventListener("change", () => setZoom(zoom.value));
$("#smaller").addEventListener("click", () => step(-1));
$("#larger").addEventListener("click", () => step(1));
$("#copy").addEventListener("click", copy);
$("#find").addEventListener("input", listPlaces);
addEventListener("resize", () => visible().forEach(fit));
for (const one of documents.values()) {
  $(".desk", one.section).addEventListener("scroll", () => requestAnimationFrame(() => { draw(one); tell(); }), { passive: true });
}

const KEYS = {
  "+": () => step(1), "=": () => step(1), "-": () => step(-1), "−": () => step(-1),
  f: () => setZoom("page"), w: () => setZoom("width"), n: () => go(1), p: () => go(-1),
  c: copy, "/": () => $("#find").focus(),
  Escape: () => { chosen = null; outline(false); markChosen(); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("[type=search], select") && event.key !== "Escape") return;
  const radio = event.key === "0" ? radios.find((one) => one.value === "all") : radios["123".indexOf(event.key)];
  if (radio && radio.value !== "all" || radio && event.key === "0") show(radio.value);
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
});

let kept = {};
try { kept = JSON.parse(sessionStorage.getItem("preview") ?? "{}"); } catch { /* the first visit */ }
zoom.value = kept.zoom ?? "page";
(radios.find((radio) => radio.value === kept.show) ?? radios[0]).checked = true;
sections.forEach((section) => { section.hidden = !(radios.find((radio) => radio.checked).value === "all" || section.id === radios.find((radio) => radio.checked).value); });
