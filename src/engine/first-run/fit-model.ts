import { isMap, isScalar, parseDocument, visit } from "yaml";
import { AppError } from "../app-error.ts";

/** What somebody says of their own workspace and data, for a model that others wrote. */
export interface ModelFit {
  readonly timezone?: string | undefined;
  readonly currency?: string | undefined;
  /** null: no holidays. */
  readonly holidays?: string | null | undefined;
  /** Fact → the trait that has it here. */
  readonly traits?: Readonly<Record<string, string>> | undefined;
  /** Event of the model → what it is called here. */
  readonly events?: Readonly<Record<string, string>> | undefined;
}

/** The model's own text with what is said put in; its comments stay. */
export function fitModel(source: string, fit: ModelFit): string {
  const document = parseDocument(source, { keepSourceTokens: false });
  const { timezone, currency, holidays, traits = {}, events = {} } = fit;
  if (timezone !== undefined) document.setIn(["workspace", "timezone"], timezone);
  if (currency !== undefined) document.setIn(["workspace", "currency"], currency);
  if (holidays === null) document.deleteIn(["workspace", "holidays"]);
  else if (holidays !== undefined) document.setIn(["workspace", "holidays"], holidays);
  for (const [fact, trait] of Object.entries(traits)) {
    const place = document.getIn(["facts", fact]);
    if (!isMap(place) || !place.has("type"))
      throw new AppError("bad-value", `The template has no trait fact \`${fact}\`.`);
    if (trait === fact) place.delete("from");
    else place.set("from", trait);
  }
  const renamed = new Map(Object.entries(events).filter(([from, to]) => from !== to));
  if (renamed.size > 0)
    visit(document.get("facts", true) as never, {
      Pair(_, { key, value }) {
        if (!isScalar(key) || !EVENT_KEYS.has(String(key.value))) return;
        if (isScalar(value) && typeof value.value === "string")
          value.value = renamedEvent(value.value, renamed);
      },
    });
  return document.toString({ lineWidth: 0 });
}

/** Kinds of facts that name an event, or an event's property. */
const EVENT_KEYS: ReadonlySet<string> = new Set([
  "count",
  "users",
  "days",
  "sum",
  "avg",
  "latest",
  "max",
  "min",
  "nps",
  "first",
  "last",
]);

function renamedEvent(text: string, renamed: ReadonlyMap<string, string>): string {
  const whole = renamed.get(text);
  if (whole !== undefined) return whole;
  const dot = text.lastIndexOf(".");
  const event = dot < 0 ? undefined : renamed.get(text.slice(0, dot));
  return event === undefined ? text : event + text.slice(dot);
}
