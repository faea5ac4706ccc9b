import type { RenderedMessage } from "../ports.ts";

/** A message of which nothing is there: it could not be made, or was erased. */
export const EMPTY_MESSAGE: RenderedMessage = {
  subject: "",
  text: "",
  html: "",
  preheader: null,
  locale: null,
  links: [],
  extra: {},
};
