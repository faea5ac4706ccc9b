import type { ReadSettings } from "./read-settings.ts";
import { SETTINGS, type SettingKey } from "./setting-list.ts";

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly value: string;
  readonly mend?: string;
}

/** For `doctor`: each setting with where it comes from, never a secret; and what cannot be taken. */
export function describeSettings({ values, sources, problems }: ReadSettings): Check[] {
  const keys = Object.keys(SETTINGS) as SettingKey[];
  const bad = problems.map((problem) => ({
    name: "settings",
    ok: false,
    value: problem,
    mend: "Mend it where it stands, or take it out.",
  }));
  const lines = keys.flatMap((key) => {
    const { env, secret } = SETTINGS[key];
    const source = sources[key];
    if (source === undefined) return [];
    return { name: env, ok: true, value: `${secret ? "set" : shown(values[key])} (${source})` };
  });
  const unset = keys.filter((key) => sources[key] === undefined).map((key) => SETTINGS[key].env);
  const rest =
    unset.length === 0 ? [] : [{ name: "settings not set", ok: true, value: unset.join(", ") }];
  return [...bad, ...lines, ...rest, ...togetherOnly(sources)];
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** Mail needs a server and a sender: one alone sends nothing. */
function togetherOnly(sources: ReadSettings["sources"]): Check[] {
  const has = (key: SettingKey): boolean => sources[key] !== undefined;
  if (has("smtpUrl") === has("mailFrom")) return [];
  const [set, missing] = has("smtpUrl") ? ["SMTP_URL", "MAIL_FROM"] : ["MAIL_FROM", "SMTP_URL"];
  return [
    {
      name: "mail",
      ok: false,
      value: `${set} is set and ${missing} is not: mails wait`,
      mend: `Set ${missing}, too.`,
    },
  ];
}
