/** A touch model in which nearly everything is sent by machines. */
export function mailModel(change: { readonly caps?: string; readonly zone?: string } = {}): string {
  const { caps = "{ send_between: '08:00-18:00', give_up_after: 7d }", zone = "Europe/Paris" } =
    change;
  return `touchstone: 1
name: Mail book
workspace: { timezone: ${zone}, currency: EUR, plan_ahead: 30d }
facts:
  arr: { type: number, unit: EUR }
  welcomed: { count: "touch:welcome:delivered" }
levels:
  high: { often: 2w, channels: [call, email, in_app], kinds: [call, welcome], by: csm, drives: [adoption], accounts_per_owner: 20 }
  low: { often: 13w, channels: [call, email, in_app], kinds: [welcome], by: pool, drives: [adoption], accounts_per_owner: 300 }
touch:
  base:
    - { when: arr >= 100, level: high }
    - { otherwise: low }
caps: ${caps}
touchpoints:
  welcome: { title: Welcome, purpose: educational, channel: email, by: automation, template: welcome, succeeds: clicked, to: 'contact.role != "silent"' }
  tip: { title: Tip, purpose: proactive, channel: email, by: automation, template: welcome, succeeds: clicked, priority: adoption }
  bill: { title: Bill, purpose: transactional, channel: email, by: automation, template: welcome, succeeds: clicked }
  hint: { title: Hint, purpose: proactive, channel: in_app, by: automation, template: welcome, succeeds: clicked }
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 30, drives: adoption, succeeds: held }
programs:
  welcome:
    when: arr >= 1
    steps: [{ touch: welcome, after: 0d }]
    again: never
  tips:
    on: Tip Wanted
    when: arr < 1000
    steps: [{ touch: tip, after: 0d }]
    again: 0d
  bills:
    on: Bill Wanted
    steps: [{ touch: bill, after: 0d }]
    again: 0d
  hints:
    on: Hint Wanted
    steps: [{ touch: hint, after: 0d }]
    again: 0d
  calls:
    on: Call Wanted
    steps: [{ touch: call, after: 0d }]
    again: 0d
`;
}
