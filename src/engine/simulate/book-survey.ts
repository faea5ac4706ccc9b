import type { Model } from "../../core/model/types.ts";
import type { Rule } from "../../core/rules/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { StoredAccount } from "../ports.ts";

/** Something that a model reads and that the book knows only as it is now: it may know what came later. */
export interface ConstantFact {
  /** The fact's name; `contact.role`; what else it is in words. */
  readonly name: string;
  readonly kind: "trait" | "contact trait" | "contacts" | "opt-outs";
  /** How many accounts (or contacts) have it. */
  readonly known: number;
  /** The first day from which a value counts. */
  readonly since: Day;
}

interface Seen {
  known: number;
  /** One that had another value at another time: then its history is told. */
  hasHistory: boolean;
  since: Day;
}

/** What of a book has a history and what is known only as it is now; told account by account. */
export class BookSurvey {
  readonly #traits = new Map<string, Seen>();
  readonly #contactTraits = new Map<string, Seen>();
  #contacts = 0;
  #firstContact: Day = Number.POSITIVE_INFINITY;
  #contactsComeLater = false;
  #optOuts = 0;
  /** The first day on which anything is known of anybody. */
  firstDay: Day = Number.POSITIVE_INFINITY;
  accounts = 0;
  /** Accounts that nobody gave a day of creation: their counts are unknown before they arrived. */
  withoutCreation = 0;

  add(account: StoredAccount, since: Day): void {
    this.accounts += 1;
    this.firstDay = Math.min(this.firstDay, since);
    if (account.createdAt === null) this.withoutCreation += 1;
    note(this.#traits, account.traits, ({ trait }) => trait);
    note(
      this.#contactTraits,
      account.contactTraits,
      ({ trait, contact }) => `${trait}\n${contact}`,
    );
    const born = account.createdAt ?? account.firstSeen;
    for (const { from, optOuts } of account.contacts) {
      this.#contacts += 1;
      this.#firstContact = Math.min(this.#firstContact, from);
      if (from > born) this.#contactsComeLater = true;
      if (optOuts.length > 0) this.#optOuts += 1;
    }
  }

  /** What the model reads of that which has no history. */
  constants(model: Model): ConstantFact[] {
    const traits = model.facts.flatMap(({ name, source }): ConstantFact[] => {
      const seen = source.kind === "trait" ? this.#traits.get(source.trait) : undefined;
      return seen && !seen.hasHistory
        ? [{ name, kind: "trait", known: seen.known, since: seen.since }]
        : [];
    });
    const used = contactNames(model);
    const ofContacts = [...used].flatMap((name): ConstantFact[] => {
      const declared = model.contactTraits.find((trait) => trait.name === name)?.trait ?? name;
      const seen = this.#contactTraits.get(declared);
      return seen && !seen.hasHistory
        ? [
            {
              name: `contact.${name}`,
              kind: "contact trait",
              known: seen.known,
              since: seen.since,
            },
          ]
        : [];
    });
    return [...traits, ...ofContacts, ...this.#people(model, used)];
  }

  #people(model: Model, used: ReadonlySet<string>): ConstantFact[] {
    const since = this.#firstContact;
    const sends = model.touchpoints.some(({ human }) => !human);
    const asks = used.size > 0 || model.facts.some(({ source }) => source.kind === "contacts");
    const found: ConstantFact[] = [];
    if (this.#contacts > 0 && !this.#contactsComeLater && (sends || asks)) {
      found.push({ name: "who the contacts are", kind: "contacts", known: this.#contacts, since });
    }
    if (this.#optOuts > 0 && sends) {
      found.push({
        name: "what contacts opted out of",
        kind: "opt-outs",
        known: this.#optOuts,
        since,
      });
    }
    return found;
  }
}

function note<T extends { readonly trait: string; readonly value: unknown; readonly from: Day }>(
  seen: Map<string, Seen>,
  changes: readonly T[],
  keyOf: (change: T) => string,
): void {
  const values = new Map<string, { trait: string; values: Set<string>; since: Day }>();
  for (const change of changes) {
    const key = keyOf(change);
    let own = values.get(key);
    if (!own)
      values.set(key, (own = { trait: change.trait, values: new Set(), since: change.from }));
    own.values.add(JSON.stringify(change.value));
    own.since = Math.min(own.since, change.from);
  }
  for (const { trait, values: different, since } of values.values()) {
    const known = seen.get(trait) ?? { known: 0, hasHistory: false, since };
    known.known += 1;
    known.hasHistory ||= different.size > 1;
    known.since = Math.min(known.since, since);
    seen.set(trait, known);
  }
}

const CONTACT = "contact.";

/** The names after `contact.` that the model's rules and facts read. */
function contactNames(model: Model): Set<string> {
  const rules: readonly (Rule | undefined)[] = [
    ...model.facts.map(({ source }) => ("where" in source ? source.where : undefined)),
    ...model.touchpoints.map(({ to }) => to),
    ...model.programs.map(({ when }) => when),
  ];
  const read = rules.flatMap((rule) =>
    (rule?.names ?? []).flatMap((name) =>
      name.startsWith(CONTACT) ? name.slice(CONTACT.length) : [],
    ),
  );
  const said = model.facts.flatMap(({ source }) => (source.kind === "said" ? source.trait : []));
  return new Set([...read, ...said]);
}
