// The article on a screen: opens all events at once, or the one in the address. The page works without this script.
"use strict";

const events = [...document.querySelectorAll(".events details")];
const all = document.querySelector(".all");
const button = all.querySelector("button");

function open(state) {
  events.forEach((event) => { event.open = state; });
  button.setAttribute("aria-pressed", String(state));
}

function openTarget() {
  const details = document.getElementById(location.hash.slice(1))?.closest("li")?.querySelector("details");
  if (details) details.open = true;
}

all.hidden = false;
button.addEventListener("click", () => open(button.getAttribute("aria-pressed") !== "true"));
addEventListener("hashchange", openTarget);
addEventListener("beforeprint", () => open(true));
openTarget();
