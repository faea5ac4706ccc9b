import { bodyOf, closeButton, linkTo, make } from "../build-dom.ts";
import type { Kind } from "../view.ts";

const GOES_AFTER_MS = 2_000;

/** Steps to be ticked off, in the corner; folds up to its title. */
export const checklist: Kind = (message, acts) => {
  const ticked = new Set(message.items.flatMap(({ done }, index) => (done ? [index] : [])));
  const all = message.items.length;
  const bar = make("progress", { max: String(all), "aria-labelledby": "title" });
  const count = make("p", { class: "count" });
  const update = (): void => {
    bar.value = ticked.size;
    count.textContent = message.words.progress
      .replace("{done}", String(ticked.size))
      .replace("{all}", String(all));
  };
  const items = message.items.map(({ text, link, done }, index) => {
    const box = make("input", { type: "checkbox" });
    box.checked = done;
    box.addEventListener("change", () => {
      // what is done stays done
      box.checked = true;
      if (ticked.has(index)) return;
      ticked.add(index);
      update();
      acts.tick(index);
      if (ticked.size === all) setTimeout(acts.finish, GOES_AFTER_MS);
    });
    const anchor = link === null ? null : linkTo(link, {}, acts.follow, text);
    if (!anchor) return make("li", {}, make("label", {}, box, make("span", {}, text)));
    box.setAttribute("aria-label", text);
    return make("li", {}, box, anchor);
  });
  update();
  const list = make(
    "details",
    { open: "" },
    make("summary", {}, make("h1", { id: "title" }, message.title)),
    make("div", { class: "body" }, bodyOf(message.body, acts.follow)),
    bar,
    count,
    make("ul", { class: "items" }, ...items),
  );
  return {
    element: make(
      "section",
      { class: "card checklist", "aria-labelledby": "title" },
      list,
      closeButton(message, acts.dismiss),
    ),
  };
};
