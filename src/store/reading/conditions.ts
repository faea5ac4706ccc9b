import type { Param } from "../db/database.ts";

/** Conditions of a query and their parameters, put together one by one. */
export class Conditions {
  readonly params: Param[] = [];
  readonly #all: string[] = [];

  /** Nothing is added for an undefined value. */
  add(value: Param | undefined, condition: (param: string) => string): this {
    if (value === undefined) return this;
    this.#all.push(condition(this.param(value)));
    return this;
  }

  also(condition: string): this {
    this.#all.push(condition);
    return this;
  }

  param(value: Param): string {
    this.params.push(value);
    return `$${this.params.length}`;
  }

  get sql(): string {
    return this.#all.length === 0 ? "true" : this.#all.join(" AND ");
  }
}

/** `text` as part of a LIKE pattern, its own wildcards taken literally. */
export function likeText(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
