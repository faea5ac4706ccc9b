import { useTranslation } from "react-i18next";
import { useWorkspace } from "./me.ts";

const DAY_MS = 86_400_000;

export interface Format {
  /** 1,234.5 */
  number(value: number, digits?: number): string;
  /** 0.25 → 25% */
  percent(share: number, digits?: number): string;
  /** In the workspace's currency, without cents. */
  money(amount: number): string;
  /** $1.2M: for figures and charts. */
  shortMoney(amount: number): string;
  /** `YYYY-MM-DD` → 3 Mar 2026. */
  day(day: string): string;
  /** 3 Mar, without the year where it is this one. */
  shortDay(day: string): string;
  /** Mon 3 Mar */
  weekday(day: string): string;
  /** An instant (ISO 8601) in the workspace's time zone: 3 Mar 2026, 14:05. */
  instant(at: string): string;
  time(at: string): string;
  /** "in 3 days", "yesterday", from the workspace's today. */
  fromToday(day: string): string;
  /** Days from the workspace's today; negative: past. */
  daysFromToday(day: string): number;
  /** 90 → 1 h 30 min */
  minutes(minutes: number): string;
  /** 1,5 h */
  hours(minutes: number): string;
  /** A fact's value as people read it. */
  value(value: unknown): string;
}

/** Numbers, money and dates as the workspace and the reader's language have them. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const { currency, timezone, today } = useWorkspace();
  return formatOf(i18n.language === "ms" ? "ms-MY" : "en-GB", currency, timezone, today);
}

const made = new Map<string, Format>();

/** One for all who ask alike: to make one takes a quarter of a millisecond, and every cell of a list asks. */
function formatOf(...of: Parameters<typeof newFormat>): Format {
  const key = of.join("|");
  const found = made.get(key) ?? newFormat(...of);
  made.set(key, found);
  return found;
}

export function newFormat(
  locale: string,
  currency: string,
  timeZone: string,
  today: string,
): Format {
  const dayParts = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  const withYear = new Intl.DateTimeFormat(locale, { ...dayParts, year: "numeric" });
  const noYear = new Intl.DateTimeFormat(locale, dayParts);
  const ofWeek = new Intl.DateTimeFormat(locale, { ...dayParts, weekday: "short" });
  const atInstant = new Intl.DateTimeFormat(locale, {
    ...dayParts,
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone,
  });
  const atTime = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone,
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const whole = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  const money = new Intl.NumberFormat(locale, { ...whole, maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, {
    ...whole,
    notation: "compact",
    maximumSignificantDigits: 3,
  });
  const numbers = new Map<number, Intl.NumberFormat>();
  const number = (value: number, digits = 1): string => {
    const one =
      numbers.get(digits) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
    numbers.set(digits, one);
    return one.format(value);
  };
  const utc = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const daysFromToday = (day: string): number =>
    Math.round((utc(day).getTime() - utc(today).getTime()) / DAY_MS);
  const day = (text: string): string => withYear.format(utc(text));
  const format: Format = {
    number,
    percent: (share, digits = 0) => `${number(share * 100, digits)}%`,
    money: (amount) => money.format(amount),
    shortMoney: (amount) => short.format(amount),
    day,
    shortDay: (text) =>
      text.slice(0, 4) === today.slice(0, 4) ? noYear.format(utc(text)) : day(text),
    weekday: (text) => ofWeek.format(utc(text)),
    instant: (at) => atInstant.format(new Date(at)),
    time: (at) => atTime.format(new Date(at)),
    daysFromToday,
    fromToday: (text) => {
      const days = daysFromToday(text);
      return Math.abs(days) < 60
        ? relative.format(days, "day")
        : relative.format(Math.round(days / 30), "month");
    },
    minutes: (minutes) => {
      const hours = Math.floor(minutes / 60);
      const rest = Math.round(minutes % 60);
      if (hours === 0) return `${rest} min`;
      return rest === 0 ? `${number(hours)} h` : `${number(hours)} h ${rest} min`;
    },
    hours: (minutes) => `${number(minutes / 60)} h`,
    value: (value) => {
      if (value === null || value === undefined) return "–";
      if (typeof value === "number") return number(value, 2);
      if (typeof value === "boolean") return value ? "✓" : "✗";
      if (Array.isArray(value)) return value.map((one) => format.value(one)).join(", ");
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(text) : text;
    },
  };
  return format;
}
