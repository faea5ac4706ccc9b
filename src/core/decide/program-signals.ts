import type { Book, BookLayout } from "../book/book.ts";
import type { ExperimentDef, Model } from "../model/types.ts";
import type { Rule } from "../rules/types.ts";
import { shareHash } from "../text/share-hash.ts";
import type { Day } from "../time/day.ts";
import { compileSignals, type LocalDay } from "./signals.ts";

export interface ProgramBlocks {
  bind(book: Book, localDay: LocalDay): ProgramPass;
}

export interface ProgramPass {
  run(from: number, to: number, today: Day): void;
  /**
   * Whether the program's `when` holds for the account: true without one, and true where the
   * rule asks for the contact, since only scheduling knows whom it is about.
   */
  holds(program: number, row: number): boolean;
}

/** Whether a rule can be answered only for a contact: by what it is, or by its arm. */
export function asksContact(model: Model, rule: Rule | undefined): boolean {
  const isOfContact = (name: string): boolean =>
    name.startsWith("contact.") || contactExperiment(model, name) !== undefined;
  return rule?.names.some(isOfContact) ?? false;
}

/** The experiment among contacts that a name like `experiments.subject_line` stands for. */
export function contactExperiment(model: Model, name: string): ExperimentDef | undefined {
  if (!name.startsWith("experiments.")) return undefined;
  return model.experiments.find(
    (one) => one.unit === "contact" && one.name === name.slice("experiments.".length),
  );
}

/** Which programs an account is in the state for, and its arm in each experiment. */
export function compilePrograms(model: Model, layout: BookLayout): ProgramBlocks {
  const among = model.experiments.flatMap(({ among: rule }) => (rule ? [rule] : []));
  const amongBlock = compileSignals(among, layout);
  const { rules, signalOf } = accountRules(model);
  const block = compileSignals(rules, layout);
  return {
    bind: (book, localDay) => {
      const invited = amongBlock.bind(book, localDay);
      const signals = block.bind(book, localDay);
      return {
        run: (from, to, today) => {
          invited.evaluate(from, to, today);
          let next = 0;
          for (const experiment of model.experiments) {
            const signal = experiment.among ? invited.of[next++] : undefined;
            assignArms(experiment, book, signal, from, to);
          }
          signals.evaluate(from, to, today);
        },
        holds: (program, row) => {
          const signal = signalOf[program];
          return signal === undefined || signals.of[signal]?.[row] === 1;
        },
      };
    },
  };
}

function accountRules(model: Model): {
  rules: Rule[];
  signalOf: (number | undefined)[];
} {
  const rules: Rule[] = [];
  const signalOf = model.programs.map(({ when, forContact }) =>
    when === undefined || (forContact && asksContact(model, when))
      ? undefined
      : rules.push(when) - 1,
  );
  return { rules, signalOf };
}

/**
 * An account's arm is fixed by its id, so nobody changes arms when the book grows. Where
 * contacts are shared out, the account itself has none.
 */
function assignArms(
  experiment: ExperimentDef,
  book: Book,
  invited: Uint8Array | undefined,
  from: number,
  to: number,
): void {
  const column = book.column(`experiments.${experiment.name}`);
  const ids = book.column("account_id");
  for (let row = from; row < to; row++) {
    const id = book.dict.text(ids[row] as number);
    const isIn =
      experiment.unit === "account" && id !== null && (invited === undefined || invited[row] === 1);
    column[row] = isIn ? book.dict.code(armOf(experiment, id)) : -1;
  }
}

export function armOf(experiment: ExperimentDef, id: string): string {
  const all = experiment.arms.reduce((sum, { weight }) => sum + weight, 0);
  let left = shareHash(`${experiment.name}/${id}`) * all;
  for (const arm of experiment.arms) {
    left -= arm.weight;
    if (left < 0) return arm.name;
  }
  return experiment.arms.at(-1)?.name ?? "";
}
