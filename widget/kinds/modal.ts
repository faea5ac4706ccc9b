import { bodyOf, closeButton, mainButton, make } from "../build-dom.ts";
import type { Kind } from "../view.ts";

/**
 * A window over the page that has to be closed. A native dialog: the browser keeps the focus
 * inside, gives it back afterwards, and closes on Esc.
 */
export const modal: Kind = (message, acts) => {
  const dialog = make(
    "dialog",
    { class: "card modal", "aria-labelledby": "title", "aria-describedby": "body" },
    make(
      "div",
      { class: "inside" },
      make("h1", { id: "title" }, message.title),
      make("div", { id: "body", class: "body" }, bodyOf(message.body, acts.follow)),
      mainButton(message, acts.click),
      closeButton(message, acts.dismiss),
    ),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    acts.dismiss();
  });
  // all that is inside has its own element: the dialog itself is hit only around it
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) acts.dismiss();
  });
  return { element: dialog, opened: () => dialog.showModal(), closed: () => dialog.close() };
};
