// The report of what changed on paper: ways to compare pages, and keys to go from page to page.
"use strict";

const body = document.body;
const modes = document.querySelector(".modes");
const radios = [...modes.querySelectorAll("input")];
const pages = [...document.querySelectorAll(".page")];
const still = matchMedia("(prefers-reduced-motion: reduce)");

function show(mode) {
  body.dataset.mode = mode;
  radios.find((radio) => radio.value === mode).checked = true;
  document.querySelectorAll(".after.hidden").forEach((after) => after.classList.remove("hidden"));
}

function swap() {
  document.querySelectorAll(".after").forEach((after) => after.classList.toggle("hidden"));
}

function go(step) {
  const middle = innerHeight / 2;
  const here = pages.findLastIndex((page) => page.getBoundingClientRect().top < middle);
  const page = pages[Math.min(Math.max(here + step, 0), pages.length - 1)];
  page?.scrollIntoView();
  page?.focus({ preventScroll: true });
}

modes.hidden = false;
modes.addEventListener("change", (event) => show(event.target.value));
modes.addEventListener("submit", (event) => event.preventDefault());
document.querySelectorAll(".wipe input").forEach((range) => {
  const page = range.closest(".page");
  range.addEventListener("input", () => page.style.setProperty("--wipe", `${range.value}%`));
});
setInterval(() => body.dataset.mode === "blink" && !still.matches && swap(), 1000);

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("textarea, input[type=range]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const mode = radios["1234".indexOf(event.key)];
  if (mode) show(mode.value);
  else if (event.key === "n") go(1);
  else if (event.key === "p") go(-1);
  else if (event.key === " " && body.dataset.mode === "blink") swap();
  else return;
  event.preventDefault();
});

const copy = document.getElementById("copy");
copy.hidden = false;
copy.addEventListener("click", () => {
  document.getElementById("summary").select();
  document.getElementById("copied").textContent = document.execCommand("copy") ? "Copied." : "Press Ctrl+C to copy.";
});
