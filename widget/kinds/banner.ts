import { bodyOf, closeButton, mainButton, make } from "../build-dom.ts";
import type { Kind } from "../view.ts";

/** A strip at the top of the page: news that one may read in passing. */
export const banner: Kind = (message, acts) => ({
  element: make(
    "section",
    { class: "card banner", "aria-labelledby": "title" },
    make(
      "div",
      { class: "text" },
      make("h1", { id: "title" }, message.title),
      make("div", { class: "body" }, bodyOf(message.body, acts.follow)),
    ),
    mainButton(message, acts.click),
    closeButton(message, acts.dismiss),
  ),
});
