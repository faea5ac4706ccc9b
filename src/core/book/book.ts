import {
  type ColumnData,
  Dictionary,
  FALSE,
  type Layout,
  newColumn,
  TRUE,
  UNKNOWN,
} from "../rules/columns.ts";
import type { RuleType, Value } from "../rules/types.ts";

export interface ColumnSpec {
  readonly name: string;
  readonly type: RuleType;
}

/** The column that holds a name as it was `days` ago; today's is the name itself. */
export function columnName(name: string, daysAgo: number): string {
  return daysAgo === 0 ? name : `${name}@${daysAgo}`;
}

interface Place {
  readonly index: number;
  readonly type: RuleType;
}

/** Which columns a book has: fixed for a model, shared by all its books. */
export class BookLayout implements Layout {
  readonly specs: readonly ColumnSpec[];
  readonly #places: ReadonlyMap<string, Place>;

  constructor(specs: readonly ColumnSpec[]) {
    this.specs = specs;
    this.#places = new Map(specs.map(({ name, type }, index) => [name, { index, type }]));
  }

  column(name: string): Place | undefined {
    return this.#places.get(name);
  }

  /** The same names as they were `days` ago, for rules evaluated as of a past day. */
  asOf(days: number): Layout {
    return {
      column: (name) => {
        const [plain = name, ago = "0"] = name.split("@");
        return this.column(columnName(plain, Number(ago) + days));
      },
    };
  }
}

/**
 * The accounts being decided together, as columns: one account is a book of one.
 * Row numbers are the caller's; nothing here allocates per account.
 */
export class Book {
  readonly layout: BookLayout;
  readonly size: number;
  readonly dict: Dictionary;
  readonly columns: readonly ColumnData[];
  readonly #setters = new Map<string, Setter>();

  constructor(layout: BookLayout, size: number, dict: Dictionary = new Dictionary()) {
    this.layout = layout;
    this.size = size;
    this.dict = dict;
    this.columns = layout.specs.map((spec) => newColumn(spec.type, size));
  }

  column(name: string): ColumnData {
    const place = this.layout.column(name);
    const data = place && this.columns[place.index];
    if (!data) throw new Error(`the book has no column ${name}`);
    return data;
  }

  has(name: string): boolean {
    return this.layout.column(name) !== undefined;
  }

  get(name: string, row: number): Value {
    const place = this.layout.column(name);
    const raw = place && this.columns[place.index]?.[row];
    if (!place || raw === undefined) return null;
    if (place.type.kind === "string") return this.dict.text(raw);
    if (place.type.kind === "boolean") return raw === UNKNOWN ? null : raw === TRUE;
    return Number.isNaN(raw) ? null : raw;
  }

  set(name: string, row: number, value: Value): void {
    this.setter(name)(row, value);
  }

  /** Writes into one column, which is looked up once for all rows. */
  setter(name: string): Setter {
    let setter = this.#setters.get(name);
    if (!setter) this.#setters.set(name, (setter = this.#makeSetter(name)));
    return setter;
  }

  /** One function a kind of column, so that each works on arrays of one kind. */
  #makeSetter(name: string): Setter {
    const data = this.column(name);
    const { dict } = this;
    if (data instanceof Int32Array) {
      return (row, value) => {
        data[row] = typeof value === "string" ? dict.code(value) : NO_TEXT;
      };
    }
    if (data instanceof Uint8Array) {
      return (row, value) => {
        data[row] = value === true ? TRUE : value === false ? FALSE : UNKNOWN;
      };
    }
    return (row, value) => {
      data[row] = typeof value === "number" ? value : Number.NaN;
    };
  }
}

const NO_TEXT = -1;

type Setter = (row: number, value: Value) => void;
