"use strict";
const value = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.value ?? cell.textContent.trim();
};
const compare = (a, b) => {
  const [x, y] = [Number(a), Number(b)];
  if (a === "" || b === "") return (a === "") - (b === "");
  return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
};
const sort = (heading) => {
  const table = heading.closest("table");
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const each of heading.parentElement.cells) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows];
  const column = heading.cellIndex;
  rows.sort((a, b) => compare(value(a, column), value(b, column)) * (down ? -1 : 1));
  table.tBodies[0].append(...rows);
};
for (const heading of document.querySelectorAll("table.sortable thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => sort(heading));
}
for (const box of document.querySelectorAll(".filter")) {
  const input = box.querySelector("input");
  const output = box.querySelector("output");
  const items = [...document.querySelectorAll(input.dataset.items)];
  box.hidden = false;
  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const text = (item.textContent + " " + (item.dataset.text ?? "")).toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
      shown += !item.hidden;
    }
    output.textContent = words.length ? `${shown} / ${items.length}` : "";
  };
  input.addEventListener("input", filter);
}
for (const link of document.querySelectorAll("a[data-filter]")) {
  link.addEventListener("click", () => {
    const input = document.querySelector("#filter-students");
    input.value = link.dataset.filter;
    input.dispatchEvent(new Event("input"));
  });
}
