// The body chart: a crop of our drawing, and the places nearest to a tap.
import { h, root } from "./page.js";

const SIDES = { L: "left", R: "right", M: "midline" };
// Where the three buttons stand before the first tap, on the grid of the drawing.
const FIRST = {
  waist_to_knee: ["back", 100, 176],
  head_to_waist: ["back", 134, 95],
  knee_to_foot: ["front", 122, 312],
  arms: ["front", 150, 150],
  whole: ["back", 100, 176],
};
const crops = JSON.parse(root.dataset.crops);
const patterns = JSON.parse(root.dataset.patterns);
const views = {};

export const cropOf = (pattern) => patterns[pattern] || "whole";
export const firstOf = (crop) => FIRST[crop] || FIRST.whole;

export async function load() {
  for (const view of ["back", "front"]) {
    if (views[view]) continue;
    const answer = await fetch(root.dataset[view]);
    const read = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
    views[view] = document.importNode(read.documentElement, true);
  }
}

function leaf(polygon) {
  const [view, region, side] = polygon.id.split(".");
  return { view, region, side: SIDES[side], words: polygon.querySelector("title").textContent };
}

export const leaves = (view) => [...views[view].querySelectorAll("polygon[id]")].map(leaf);

const byRoom = (a, b) => a.words.localeCompare(b.words);

// Every place once, by name: the list for those who would rather read.
export function places() {
  const found = new Map();
  for (const each of [...leaves("back"), ...leaves("front")]) found.set(each.words, each);
  return [...found.values()].sort(byRoom);
}

export function nearest(view, x, y, count = 3) {
  const shapes = [...views[view].querySelectorAll("polygon[id]")];
  const far = shapes.map((shape) => [distance(corners(shape), x, y), shape.id, shape]);
  far.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
  return far.slice(0, count).map((each) => leaf(each[2]));
}

const corners = (shape) =>
  shape.getAttribute("points").split(" ").map((pair) => pair.split(",").map(Number));

function distance(points, x, y) {
  let inside = false;
  let least = Infinity;
  points.forEach(([ax, ay], index) => {
    const [bx, by] = points[(index + 1) % points.length];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) inside = !inside;
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
    const share = Math.max(0, Math.min(1, along));
    least = Math.min(least, Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)));
  });
  return inside ? 0 : least;
}

// The chart to tap on. `tapped(x, y)` gets grid units; `marked` are the places on the buttons.
export function figure(view, crop, marked, tapped) {
  const svg = views[view].cloneNode(true);
  const [x, y, width, height] = crops[crop];
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  svg.setAttribute("stroke-width", (0.6 * width) / 200);
  svg.querySelector(".figure").setAttribute("stroke-width", (1.2 * width) / 200);
  for (const polygon of svg.querySelectorAll("polygon[id]")) {
    const found = leaf(polygon);
    const place = marked.findIndex((one) => one.region === found.region && one.side === found.side);
    if (place >= 0) polygon.setAttribute("class", place ? "near" : "nearest");
  }
  svg.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      svg.getScreenCTM().inverse(),
    );
    tapped(at.x, at.y);
  });
  return h("div", { class: "chart", "aria-hidden": "true" }, svg);
}
