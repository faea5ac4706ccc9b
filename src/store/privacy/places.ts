/** Where rows of a table speak of people. */
export interface Place {
  readonly table: string;
  /** The primary key with its types. */
  readonly key: Readonly<Record<string, string>>;
  /** Columns that hold the id of a contact or user. */
  readonly ids?: readonly string[];
  /** Columns with text in which a person may be named, touch keys among them. */
  readonly texts?: readonly string[];
  /** Columns with JSON, and their type. */
  readonly jsons?: Readonly<Record<string, "json" | "jsonb">>;
  /** JSON of the engine's own, in which ids stand in known places only: another word may equal one. */
  readonly isState?: boolean;
  /** A message to the person is emptied whole. */
  readonly message?: string;
  /** Rows without an account are looked through as well. */
  readonly isBookWide?: boolean;
  /** A row speaks of many accounts: the column with their ids, as a list in JSON. */
  readonly accounts?: string;
}

const OF_ACCOUNT = { bucket: "int2", account: "text" } as const;

/** Rows that stay, without the person. They are of the accounts in which it is a contact. */
export const CHANGED: readonly Place[] = [
  {
    table: "account_trait",
    key: { ...OF_ACCOUNT, trait: "text", from_on: "date" },
    jsons: { value: "jsonb" },
  },
  {
    table: "account_outcome",
    key: { ...OF_ACCOUNT, name: "text", from_on: "date" },
    jsons: { value: "jsonb" },
  },
  {
    table: "account_note",
    key: { ...OF_ACCOUNT, id: "text" },
    texts: ["note"],
  },
  {
    table: "event",
    key: { ...OF_ACCOUNT, id: "text" },
    ids: ["user_id"],
    texts: ["id"],
    jsons: { properties: "jsonb", outcome: "jsonb" },
  },
  {
    table: "account_state",
    key: OF_ACCOUNT,
    jsons: { state: "json", decision: "json", facts: "json" },
    isState: true,
  },
  {
    table: "decision",
    key: { ...OF_ACCOUNT, seq: "int8" },
    jsons: { decision: "json", state: "json" },
    isState: true,
  },
  {
    table: "staged_account",
    key: { ...OF_ACCOUNT, staging: "int8" },
    jsons: { removes: "json", content: "json", state: "json", decision: "json", facts: "json" },
    isState: true,
  },
  {
    table: "account_image",
    key: { ...OF_ACCOUNT, version: "int4" },
    jsons: { state: "json", decision: "json", touches: "json", handled: "json" },
    isState: true,
  },
  {
    table: "touch",
    key: { ...OF_ACCOUNT, key: "text" },
    ids: ["contact"],
    texts: ["key", "reason", "note"],
    jsons: { action_items: "json" },
  },
  {
    table: "outgoing",
    key: { ...OF_ACCOUNT, id: "text" },
    ids: ["contact", "user_id", "receiver", "counted_as"],
    texts: ["touch", "error"],
    jsons: { message: "json" },
    message: "message",
  },
  {
    table: "appointment",
    key: { ...OF_ACCOUNT, touch: "text" },
    texts: ["touch", "uid"],
    jsons: { details: "json" },
  },
  {
    table: "survey_answer",
    key: { ...OF_ACCOUNT, id: "text" },
    ids: ["user_id", "contact"],
    texts: ["id", "comment", "event"],
  },
  {
    table: "webhook_message",
    key: { ...OF_ACCOUNT, id: "text", webhook: "text" },
    texts: ["id", "error"],
    jsons: { payload: "json" },
  },
  {
    table: "audit",
    key: { bucket: "int2", id: "int8" },
    texts: ["what", "reason"],
    jsons: { details: "json" },
    isBookWide: true,
  },
  {
    table: "bulk_run",
    key: { id: "text" },
    texts: ["reason"],
    accounts: "accounts",
  },
];

/** Rows that are about the person alone and go: by which columns they are found. */
export const REMOVED: Readonly<
  Record<string, { readonly by: readonly string[]; readonly of: "ids" | "receivers" }>
> = {
  held_message: { by: ["user_id"], of: "ids" },
  user_alias: { by: ["alias", "user_id"], of: "ids" },
  receiver_use: { by: ["receiver"], of: "receivers" },
  receiver: { by: ["receiver"], of: "receivers" },
};

/** Tables that hold nothing of contacts, each with its reason: a new table has to be thought about. */
export const NOT_PERSONAL: Readonly<Record<string, string>> = {
  access_key: "keys of programs",
  account: "companies",
  bucket_lease: "workers",
  event_property: "names of properties",
  idempotency: "sealed with the caller's own key, gone after a day",
  import_memory: "how sources were read",
  import_run: "counts; rejected rows that name somebody are emptied by `forgetRejects`",
  in_app: "when a message was seen, by its attempt's id",
  message: "ids of messages that came in, so that none counts twice",
  message_hit: "which link of an attempt was asked for",
  model_change: "when touch models went live",
  model_draft: "touch models that are being written",
  model_scenario: "tests of touch models",
  model_staging: "changes of touch models",
  model_version: "touch models",
  pause: "what is held",
  saved_view: "filters and columns of lists",
  session: "team members",
  setting: "settings",
  sign_in: "team members",
  suppression: "hashes of addresses: they have to outlive the contact",
  team_member: "colleagues",
  webhook: "addresses of programs",
  worker: "workers",
};
