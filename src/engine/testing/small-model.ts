/** A touch model in which a few days and a handful of accounts make everything happen. */
export const SMALL_MODEL = `touchstone: 1
name: Small book
workspace: { timezone: Europe/Paris, currency: EUR, plan_ahead: 30d }
facts:
  arr: { type: number, unit: EUR }
  plan: { type: string, values: [free, pro] }
  champion: { type: boolean, default: false }
  employees: { type: number, from: head_count }
  renewal_date: { type: date }
  logins_7d: { count: Logged In, over: 7d }
  last_call: { last: "touch:call:held" }
health:
  measures:
    usage: { score: logins_7d * 20, weight: 1 }
  bands: { red: 0, yellow: 50, green: 80 }
lifecycle:
  stages:
    onboarding: { expect: 30d, exit: { called: known(last_call) } }
    growth: {}
segments:
  worth: { one: { big: arr >= 100, small: "true" } }
  quiet: { when: logins_7d == 0 && account_age_days >= 10, for: 3d }
levels:
  high: { often: 2w, channels: [call], kinds: [call], by: csm, drives: [adoption], accounts_per_owner: 20 }
  low: { often: 13w, channels: [call, email], kinds: [call], by: pool, drives: [adoption], accounts_per_owner: 300 }
touch:
  base:
    - { when: 'segments.worth == "big"', level: high }
    - { otherwise: low }
  adjust:
    - { name: quiet ones are called, when: segments.quiet, at_least: high, keep: 5d }
  hold: 3d
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 30, drives: adoption, succeeds: held, asks: [champion] }
programs:
  regular:
    when: level == "high"
    steps: [{ touch: call, every: 2w, first: 1d }]
  rescue:
    on: segment:quiet:entered
    when: account_age_days >= 10
    steps: [{ touch: call, after: 1d, minutes: 90 }]
    again: 30d
`;

/** The same with another threshold: who is worth 100 to 499 is small now. */
export const LATER_MODEL = SMALL_MODEL.replace("big: arr >= 100", "big: arr >= 500");
