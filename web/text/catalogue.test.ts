import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
const screens = readdirSync(`${folder}en`).map((file) => file.replace(/\.json$/, ""));

type Texts = Readonly<Record<string, string>>;

/** All texts of a screen by their keys; `a.b` for those inside others. */
function textsOf(language: string, screen: string): Texts {
  const flat: Record<string, string> = {};
  const add = (value: unknown, at: string): void => {
    if (typeof value === "string") flat[at] = value;
    else
      for (const [key, inner] of Object.entries(value as Record<string, unknown>))
        add(inner, at === "" ? key : `${at}.${key}`);
  };
  add(JSON.parse(readFileSync(`${folder}${language}/${screen}.json`, "utf8")), "");
  return flat;
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map(([, name]) => name ?? "").sort();

/** Malay has one form for all numbers: what English says of one is said by the form of many. */
const isOfOne = (key: string): boolean => key.endsWith("_one");

test("there is a Malay file for each English one", () => {
  expect(readdirSync(`${folder}ms`)).toEqual(readdirSync(`${folder}en`));
});

test.each(screens)("%s: the same texts with the same placeholders in both languages", (screen) => {
  const [en, ms] = [textsOf("en", screen), textsOf("ms", screen)];
  const wanted = Object.keys(en).filter((key) => !isOfOne(key) || key in ms);
  expect(Object.keys(ms).sort()).toEqual(wanted.sort());
  const other = Object.entries(ms).filter(
    ([key, text]) =>
      placeholders(text).join() !== placeholders(en[key] ?? "").join() && !isOfOne(key),
  );
  expect(other.map(([key]) => key)).toEqual([]);
});

test.each(screens)("%s: no text is empty, and sentences of both languages differ", (screen) => {
  const [en, ms] = [textsOf("en", screen), textsOf("ms", screen)];
  const all = [...Object.entries(en), ...Object.entries(ms)];
  expect(all.filter(([, text]) => text.trim() === "")).toEqual([]);
  // a name, a unit or a rule may be the same; of sentences somebody forgot to translate
  const left = Object.keys(ms).filter(
    (key) =>
      ms[key] === en[key] && (ms[key] ?? "").split(" ").length > 4 && !/[=<>]/.test(ms[key] ?? ""),
  );
  expect(left).toEqual([]);
});
