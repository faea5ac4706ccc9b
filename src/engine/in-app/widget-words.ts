import type { InAppWords } from "../../core/in-app/types.ts";

const ENGLISH: InAppWords = { close: "Close", open: "Open", progress: "{done} of {all} done" };

/** The few words that the widget says itself, by language. */
const WORDS: Readonly<Record<string, InAppWords>> = {
  ar: { close: "إغلاق", open: "فتح", progress: "تم {done} من {all}" },
  de: { close: "Schließen", open: "Öffnen", progress: "{done} von {all} erledigt" },
  en: ENGLISH,
  es: { close: "Cerrar", open: "Abrir", progress: "{done} de {all} hechos" },
  fr: { close: "Fermer", open: "Ouvrir", progress: "{done} sur {all} faits" },
  he: { close: "סגירה", open: "פתיחה", progress: "הושלמו {done} מתוך {all}" },
  it: { close: "Chiudi", open: "Apri", progress: "{done} di {all} fatti" },
  ja: { close: "閉じる", open: "開く", progress: "{all}件中{done}件完了" },
  ms: { close: "Tutup", open: "Buka", progress: "{done} daripada {all} selesai" },
  nl: { close: "Sluiten", open: "Openen", progress: "{done} van {all} klaar" },
  pl: { close: "Zamknij", open: "Otwórz", progress: "Gotowe {done} z {all}" },
  pt: { close: "Fechar", open: "Abrir", progress: "{done} de {all} concluídos" },
  zh: { close: "关闭", open: "打开", progress: "已完成 {done}/{all}" },
};

export function widgetWords(locale: string | null): InAppWords {
  return WORDS[languageOf(locale)] ?? ENGLISH;
}

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);
/** Hebrew, Arabic and their neighbours. */
const FIRST_LETTER = /\p{L}/u;
const RTL_LETTER =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** By the message's language, else by its first letter. */
export function directionOf(locale: string | null, text: string): "ltr" | "rtl" {
  const isRtl =
    locale === null
      ? RTL_LETTER.test(FIRST_LETTER.exec(text)?.[0] ?? "")
      : RIGHT_TO_LEFT.has(languageOf(locale));
  return isRtl ? "rtl" : "ltr";
}

function languageOf(locale: string | null): string {
  return (locale ?? "").split(/[-_]/)[0]?.toLowerCase() ?? "";
}
