import { isStorable } from "../../core/text/storable-text.ts";
import { HttpProblem } from "../http-problem.ts";
import type { App } from "../route.ts";
import { UploadedFile } from "./upload.ts";

/**
 * Databases hold neither NUL nor half a surrogate pair. In events and imports both become U+FFFD,
 * so that one odd character stops nothing; who calls the API is told, lest ids change unnoticed.
 */
export function refuseUnstorable(app: App): void {
  app.addHook("preValidation", (request, _reply, done) => {
    const { url, params, query, body, routeOptions } = request;
    if (!url.startsWith("/api/") || routeOptions.config.takesAnyText === true) return done();
    const found =
      placeIn("params", params) ?? placeIn("querystring", query) ?? placeIn("body", body);
    if (found === null) return done();
    return done(
      new HttpProblem(
        "bad-request",
        `${found}: a text holds the character NUL or half a surrogate pair, which cannot be stored.`,
        { hint: "Take it out." },
      ),
    );
  });
}

/** Where the first such text stands; null: nowhere. Goes into nothing that JSON could not bring. */
function placeIn(place: string, value: unknown): string | null {
  const left: [place: string, value: unknown][] = [[place, value]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [at, one] = next;
    if (typeof one === "string" && !isStorable(one)) return at;
    if (typeof one !== "object" || one === null || one instanceof UploadedFile) continue;
    for (const [key, inner] of Object.entries(one)) {
      if (!isStorable(key)) return at;
      left.push([`${at}/${key}`, inner]);
    }
  }
  return null;
}
