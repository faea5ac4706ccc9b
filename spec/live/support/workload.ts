/** What the clients of a harness run send: the same for the same size, every message with its id. */
export interface Workload {
  readonly accounts: readonly string[];
  /** By account: its users, with their mail addresses. */
  readonly users: ReadonlyMap<string, readonly User[]>;
  /** One list of batches per client, to be sent in this order. */
  readonly clients: readonly (readonly Message[][])[];
  /** Tracked events by name. */
  readonly events: ReadonlyMap<string, number>;
  /** By account: how many reports were viewed. */
  readonly views: ReadonlyMap<string, number>;
}

export interface User {
  readonly id: string;
  readonly email: string;
}

export type Message = Readonly<Record<string, unknown>> & { readonly messageId: string };

const CLIENTS = 4;
const BATCH = 100;
const USERS_PER_ACCOUNT = 8;

/** Every client owns every fourth account; users sign up once and read reports again and again. */
export function workloadOf(
  size: { readonly events: number; readonly accounts: number },
  at: Date,
): Workload {
  const accounts = Array.from({ length: size.accounts }, (_, index) => `acct-${index}`);
  const users = new Map(
    accounts.map((account) => [
      account,
      Array.from({ length: USERS_PER_ACCOUNT }, (_, index) => ({
        id: `${account}-u${index}`,
        email: `u${index}@${account}.example.test`,
      })),
    ]),
  );
  const signUps = size.accounts * USERS_PER_ACCOUNT;
  const views = Math.max(0, size.events - signUps);
  const clients = Array.from({ length: CLIENTS }, (_, client) => {
    const own = accounts.filter((_account, index) => index % CLIENTS === client);
    return batchesOf(messagesOf(own, users, Math.ceil(views / CLIENTS), client, at));
  });
  return {
    accounts,
    users,
    clients,
    views: viewsOf(clients),
    events: new Map([
      ["Signed Up", signUps],
      ["Report Viewed", Math.ceil(views / CLIENTS) * CLIENTS],
    ]),
  };
}

function messagesOf(
  accounts: readonly string[],
  users: ReadonlyMap<string, readonly User[]>,
  views: number,
  client: number,
  at: Date,
): Message[] {
  const timestamp = at.toISOString();
  const known = accounts.flatMap((account) =>
    (users.get(account) ?? []).flatMap(({ id, email }): Message[] => [
      {
        type: "group",
        messageId: `g-${id}`,
        userId: id,
        groupId: account,
        traits: { name: `Account ${account}` },
        timestamp,
      },
      { type: "identify", messageId: `i-${id}`, userId: id, traits: { email }, timestamp },
      { type: "track", messageId: `s-${id}`, userId: id, event: "Signed Up", timestamp },
    ]),
  );
  // A few accounts are busier than the rest, so that their level changes on the way.
  const viewed = Array.from({ length: views }, (_, index): Message => {
    const account = accounts[index % 3 === 0 ? index % 5 : index % accounts.length] ?? "";
    const user = (users.get(account) ?? [])[index % USERS_PER_ACCOUNT]?.id ?? "";
    return {
      type: "track",
      messageId: `v-${client}-${index}`,
      userId: user,
      event: "Report Viewed",
      properties: { report: index % 17 },
      context: { groupId: account },
      timestamp,
    };
  });
  return spread(known, viewed);
}

/** People sign up all the time, so that mails are on their way whenever a kill comes. */
function spread(known: readonly Message[], viewed: readonly Message[]): Message[] {
  // whoever views reports has to be known by then: their accounts come first
  const first = known.slice(0, Math.ceil(known.length / 4));
  const rest = known.slice(first.length);
  const every = Math.max(1, Math.floor(viewed.length / Math.max(1, rest.length)));
  const mixed = viewed.flatMap((message, index): Message[] => {
    const next = index % every === 0 ? rest[index / every] : undefined;
    return next ? [next, message] : [message];
  });
  return [...first, ...mixed, ...rest.slice(Math.ceil(viewed.length / every))];
}

function viewsOf(clients: readonly (readonly Message[][])[]): Map<string, number> {
  const views = new Map<string, number>();
  for (const message of clients.flat(2)) {
    if (message["event"] !== "Report Viewed") continue;
    const { groupId } = message["context"] as { groupId: string };
    views.set(groupId, (views.get(groupId) ?? 0) + 1);
  }
  return views;
}

function batchesOf(messages: readonly Message[]): Message[][] {
  const batches: Message[][] = [];
  for (let start = 0; start < messages.length; start += BATCH) {
    batches.push(messages.slice(start, start + BATCH));
  }
  return batches;
}
