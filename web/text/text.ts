import i18next, { type BackendModule, type ReadCallback, type ResourceKey } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Catalogue } from "./catalogue.ts";
import common from "./en/common.json";

export const LANGUAGES = { en: "English", ms: "Bahasa Melayu" } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT_AS = "touchstone-language";
/** Each screen's texts come with the screen. */
const files = import.meta.glob<{ readonly default: ResourceKey }>([
  "./{en,ms}/*.json",
  "!./en/common.json",
]);

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    void readTexts(`./${language}/${namespace}.json`, done);
  },
};

async function readTexts(path: string, done: ReadCallback): Promise<void> {
  try {
    const file = await files[path]?.();
    if (file) done(null, file.default);
    else done(new Error(`there are no texts ${path}`), null);
  } catch (error) {
    done(error as Error, null);
  }
}

export async function initTexts(): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      fallbackLng: "en",
      ns: ["common"],
      defaultNS: "common",
      // they are wanted at once, and in place of whatever a translation lacks
      resources: { en: { common } },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  document.documentElement.lang = i18next.language;
}

export function chosenLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === "en" || kept === "ms") return kept;
  return navigator.language.toLowerCase().startsWith("ms") ? "ms" : "en";
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT_AS, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** A screen's code, and its texts at the same time. */
export function withTexts<Part>(
  names: readonly (keyof Catalogue)[],
  load: () => Promise<Part>,
): () => Promise<Part> {
  return async () => {
    // texts that do not come are asked for again by whoever needs them
    const [part] = await Promise.all([load(), i18next.loadNamespaces([...names])]);
    return part;
  };
}

/** The words of one screen: `const t = useText("today"); t("title")`. */
export function useText<Name extends keyof Catalogue>(name: Name) {
  return useTranslation(name).t;
}
