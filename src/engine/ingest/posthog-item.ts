import { asFields, type Fields, textOf } from "./plain-values.ts";

/** What PostHog calls the group that is a customer's account, in the order in which it is looked for. */
const ACCOUNT_GROUPS = [
  "account",
  "company",
  "organization",
  "organisation",
  "workspace",
  "customer",
  "team",
] as const;

/**
 * An event as PostHog's clients send it, as a Segment client would. `$identify` is identify,
 * `$groupidentify` group, `$create_alias` alias, `$pageview` page, `$screen` screen; all others
 * are track. `$groups` of an event names its account. Properties that begin with `$` are the
 * client's own and left out.
 */
export function fromPostHog(item: unknown): unknown {
  const event = asFields(item);
  if (!event) return item;
  const properties = asFields(event["properties"]) ?? {};
  const common = {
    userId: event["distinct_id"] ?? properties["distinct_id"],
    messageId: event["uuid"],
    timestamp: event["timestamp"],
    context: { groupId: accountIn(asFields(properties["$groups"])) },
  };
  const own = ownProperties(properties);
  switch (event["event"]) {
    case "$identify":
    case "$set":
      return {
        ...common,
        type: "identify",
        anonymousId: properties["$anon_distinct_id"],
        traits: { ...setIn(event, properties, "$set_once"), ...setIn(event, properties, "$set") },
      };
    case "$groupidentify":
      return groupItem(common, properties);
    case "$create_alias":
      return { ...common, type: "alias", previousId: properties["alias"] };
    case "$pageview":
      return { ...common, type: "page", properties: own };
    case "$screen":
      return { ...common, type: "screen", name: properties["$screen_name"], properties: own };
    default:
      return { ...common, type: "track", event: event["event"], properties: own };
  }
}

function accountIn(groups: Fields | null): unknown {
  const type = groups && ACCOUNT_GROUPS.find((name) => Object.hasOwn(groups, name));
  return type ? groups[type] : undefined;
}

function groupItem(common: Fields, properties: Fields): Fields {
  const type = textOf(properties["$group_type"]);
  const isAccount = ACCOUNT_GROUPS.some((name) => name === type);
  const user = textOf(common["userId"]);
  return {
    ...common,
    type: isAccount ? "group" : `group of type ${type ?? "unknown"}`,
    // Server clients make up a user for it: `$company_acme`.
    userId: user?.startsWith("$") === true ? undefined : user,
    groupId: properties["$group_key"],
    traits: properties["$group_set"],
  };
}

function setIn(event: Fields, properties: Fields, name: string): Fields | null {
  return asFields(properties[name]) ?? asFields(event[name]);
}

function ownProperties(properties: Fields): Fields {
  const { distinct_id: _, ...rest } = properties;
  const own = Object.entries(rest).filter(([name]) => !name.startsWith("$"));
  const url = properties["$current_url"];
  return { ...Object.fromEntries(own), ...(url === undefined ? {} : { url }) };
}
