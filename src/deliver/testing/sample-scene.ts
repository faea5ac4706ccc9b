import type { Touch } from "../../core/schedule/index.ts";
import { dayOf } from "../../core/time/day.ts";
import type { MessageContact, MessageLinks, MessageScene } from "../../engine/ports/channel.ts";

const AT = Date.UTC(2026, 2, 2, 9);

export const SAMPLE_TOUCH: Touch = {
  key: "acme/welcome/1/welcome#1/1/u1",
  id: "k2uyfi2akdr3jtph",
  account: "acme",
  contact: "u1",
  touchpoint: "welcome",
  title: "Welcome",
  program: "onboarding",
  run: 1,
  step: "welcome#1",
  occurrence: 1,
  due: dayOf(2026, 3, 2),
  unshifted: dayOf(2026, 3, 2),
  startsAt: null,
  channel: "email",
  by: "automation",
  accountable: null,
  human: false,
  must: false,
  owner: "ann",
  minutes: 0,
  minutesSpent: null,
  purpose: "educational",
  drives: "activation",
  priority: null,
  status: "due",
  result: null,
  reason: null,
  note: null,
  actionItems: [],
  plannedAt: AT,
  doneAt: null,
  modelVersion: 1,
};

export const SAMPLE_CONTACT: MessageContact = {
  id: "u1",
  email: "ada@acme.test",
  name: "Ada Lovelace",
  role: "admin",
  timezone: "Europe/London",
  locale: "en",
  createdAt: "2026-02-01",
  userId: "u1",
  traits: { team_size: 12 },
};

/** A scene in which only what matters to a test is named. */
export function sampleScene(
  message: string | Readonly<Record<string, string>>,
  change: Partial<Omit<MessageScene, "touch">> & { readonly touch?: Partial<Touch> } = {},
): MessageScene {
  const messages = typeof message === "string" ? { "welcome.en": message } : message;
  const { touch, ...others } = change;
  return {
    workspace: { name: "Northwind", timezone: "Europe/Paris", currency: "EUR" },
    account: { id: "acme", name: "Acme Ltd" },
    contact: SAMPLE_CONTACT,
    contactTraits: ["team_size", "favourite"],
    owner: { name: "Ann Owens", email: "ann@northwind.test" },
    facts: { adoption: 0.55, seats: 40, renewal_date: "2026-05-01", nps: null },
    template: "welcome",
    messages,
    ...others,
    touch: { ...SAMPLE_TOUCH, ...touch },
  };
}

const BASE = "https://cs.northwind.test";

/** Links that show what they are for. */
export const SAMPLE_LINKS: MessageLinks = {
  click: (index) => `${BASE}/c/${index}`,
  open: () => `${BASE}/o/token.gif`,
  unsubscribe: () => `${BASE}/u/token`,
  preferences: () => `${BASE}/p/token`,
  survey: (survey, score) => `${BASE}/s/${survey}.${score}`,
};
