import createClient from "openapi-fetch";
import type { paths } from "./api-types.ts";
import { Problem, Unreachable } from "./problem.ts";

/** The server's API, typed by its own description: a wrong path or body does not compile. */
export const api = createClient<paths>({
  baseUrl: "",
  querySerializer: { array: { style: "form", explode: false } },
});

interface Asked<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The data of an answer: `await ask(api.GET("/api/me"))`.
 * Throws a `Problem` where the server refuses, `Unreachable` where it is away.
 */
export async function ask<Data>(asked: Promise<Asked<Data>>): Promise<Data> {
  let answer: Asked<Data>;
  try {
    answer = await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(error);
  }
  const { data, error, response } = answer;
  if (response.ok) return data as Data;
  const body = typeof error === "object" && error !== null ? error : { detail: String(error) };
  throw new Problem(response.status, body as Record<string, unknown>);
}

/** The header that makes sending twice do nothing twice: one key for each thing that a person does. */
export function idempotent(key: string = crypto.randomUUID()): { "Idempotency-Key": string } {
  return { "Idempotency-Key": key };
}
