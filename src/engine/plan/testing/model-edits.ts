/** A model with a bit of everything that a plan looks at. */
export const EDITED_MODEL = `touchstone: 1
name: Everything
workspace: { timezone: Europe/Paris, currency: EUR, plan_ahead: 30d, revenue: arr, renewal: renewal_date }
facts:
  arr: { type: number, unit: EUR }
  plan: { type: string, values: [free, pro] }
  champion: { type: boolean, default: false }
  renewal_date: { type: date }
  seats: { type: number, default: 10 }
  logins_7d: { count: Logged In, over: 7d }
  trend: { ratio: logins_7d, over: 7d }
  last_login: { last: Logged In }
  admins: { contacts: 'contact.role == "admin"' }
  per_seat: { is: logins_7d / seats }
health:
  measures:
    usage: { score: logins_7d * 20, weight: 2 }
    spread: { score: per_seat * 100, weight: 1 }
  caps: { alone: { when: '!champion', at_most: 90 } }
  bands: { red: 0, yellow: 50, green: 80 }
lifecycle:
  start:
    - { when: account_age_days > 40, stage: growth }
  stages:
    onboarding: { expect: 30d, exit: { used: logins_7d >= 3 } }
    growth: {}
    renewal: { enter: days_until(renewal_date) <= 40 && days_until(renewal_date) >= 0, from: [growth], exit: { renewed: days_until(renewal_date) > 40 }, next: growth }
segments:
  worth: { one: { big: arr >= 500, middle: arr >= 100, small: "true" } }
  quiet: { when: logins_7d == 0 && account_age_days >= 10, for: 3d }
  free: { when: plan == "free" }
levels:
  high: { often: 2w, channels: [call, email], kinds: [call], by: csm, drives: [adoption], accounts_per_owner: 2 }
  medium: { often: 4w, channels: [call, email], kinds: [call], by: pod, drives: [adoption], accounts_per_owner: 4 }
  low: { often: 13w, channels: [call, email], kinds: [call], by: pool, drives: [adoption], accounts_per_owner: 300 }
touch:
  base:
    - { when: 'segments.worth == "big"', level: high }
    - { when: 'segments.worth == "middle"', level: medium }
    - { otherwise: low }
  adjust:
    - { name: quiet ones are called, when: segments.quiet, at_least: medium, keep: 5d }
    - { name: in trouble, when: 'health_band == "red"', raise: 1 }
  hold: 3d
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 30, drives: adoption, succeeds: held }
  hello: { title: Hello, purpose: educational, channel: email, by: automation, to: 'contact.role in ["admin", "user"]', template: hello, succeeds: clicked }
  renew: { title: Renew, purpose: transactional, channel: email, by: automation, template: renew, succeeds: clicked }
programs:
  regular:
    when: level in ["high", "medium"]
    steps: [{ touch: call, every: 2w, first: 1d }]
  welcome:
    for: contact
    when: stage == "onboarding" && contact.role != "guest"
    steps: [{ touch: hello, after: 0d }, { touch: hello, after: 7d }]
    again: never
  renewal:
    when: stage == "renewal"
    steps: [{ touch: renew, before: renewal_date, days: [30d, 14d, 3d] }]
  rescue:
    on: segment:quiet:entered
    when: level != "low"
    steps: [{ touch: call, after: 1d, minutes: 90 }]
    again: 30d
caps:
  contact: { email: [1 per 1d, 2 per 7d] }
  give_up_after: 7d
`;

/** What somebody may change of it, each by itself or together. */
export const EDITS: readonly (readonly [find: string, put: string])[] = [
  ["big: arr >= 500", "big: arr >= 300"],
  ["middle: arr >= 100", "middle: arr >= 20"],
  ["big: arr >= 500, middle", "huge: arr >= 900, big: arr >= 500, middle"],
  ["score: logins_7d * 20", "score: logins_7d * 10"],
  ["weight: 1 }", "weight: 3 }"],
  ["yellow: 50", "yellow: 70"],
  ["at_most: 90", "at_most: 40"],
  ["account_age_days > 40", "account_age_days > 20"],
  ["used: logins_7d >= 3", "used: logins_7d >= 1"],
  ["days_until(renewal_date) <= 40 &&", "days_until(renewal_date) <= 20 &&"],
  ["free: { when: plan", "gratis: { when: plan"],
  ['free: { when: plan == "free" }', 'free: { when: plan == "free", for: 2d }'],
  ["account_age_days >= 10, for: 3d", "account_age_days >= 10, for: 1d"],
  ["by: pod", "by: pool"],
  ["at_least: medium, keep: 5d", "at_least: high, keep: 5d"],
  ["raise: 1 }", "raise: 1, hand_over: true }"],
  ["hold: 3d", "hold: 1d"],
  ["minutes: 30", "minutes: 45"],
  ["title: Hello", "title: Welcome"],
  ['["admin", "user"]', '["admin"]'],
  [
    `to: 'contact.role in ["admin", "user"]'`,
    `to: 'contact.role == "admin" || contact.name == "Zoe"'`,
  ],
  ["every: 2w, first: 1d", "every: 3w, first: 2d"],
  ["{ touch: hello, after: 7d }", "{ touch: hello, after: 9d }"],
  [`contact.role != "guest"`, `contact.role != "guest" && health < 60`],
  ["days: [30d, 14d, 3d]", "days: [30d, 10d]"],
  [`level != "low"`, `level != "medium"`],
  ["again: never", "again: 10d"],
  ["  rescue:", "  saving:"],
  [`level in ["high", "medium"]`, `level == "high" && per_seat < 2`],
  [`level in ["high", "medium"]`, `held || level == "high"`],
  [
    "\ncaps:\n",
    `\n  extra:\n    when: 'health_band != "green"'\n    steps: [{ touch: call, after: 2d }]\ncaps:\n`,
  ],
  ["email: [1 per 1d, 2 per 7d]", "email: [1 per 7d]"],
  ["give_up_after: 7d", "give_up_after: 3d"],
  ["plan_ahead: 30d", "plan_ahead: 20d"],
  ["seats: { type: number, default: 10 }", "seats: { type: number, default: 2 }"],
  ["logins_7d / seats", "logins_7d / (seats + 1)"],
  ["revenue: arr", "revenue: seats"],
  ["{ count: Logged In, over: 7d }", "{ count: Logged In, over: 14d }"],
  ["admins: {", "bosses: {"],
  ["title: Call,", "title: Visit, accountable: csm,"],
  ["minutes: 90", "minutes: 12.5"],
  ["drives: adoption, succeeds", "drives: renewal, succeeds"],
  ["purpose: educational", "purpose: proactive"],
];

/** The model with some of the edits; those that no longer find their place are left out. */
export function edited(places: readonly number[]): string {
  return places.reduce((source, place) => {
    const [find, put] = EDITS[place] ?? ["", ""];
    return source.replace(find, () => put);
  }, EDITED_MODEL);
}
