interface Response {
  description: string;
  content?: Record<string, unknown>;
}
interface Operation {
  responses?: Record<string, Response>;
}
interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>> | undefined>>;
}

const PLAIN = "application/json";
const REFUSED: Response = {
  description: "Refused: a problem document says why",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

/** In the document, too, refusals are problem documents: those of routes that do not say so as well. */
export function withProblems<T extends object>(document: T): T {
  for (const methods of Object.values((document as Document).paths ?? {})) {
    for (const operation of Object.values(methods ?? {})) {
      const responses = (operation.responses ??= {});
      for (const [status, response] of Object.entries(responses)) {
        if (/^[45]/.test(status) && isProblem(response.content?.[PLAIN]))
          responses[status] = REFUSED;
      }
      responses["4XX"] ??= REFUSED;
    }
  }
  return document;
}

function isProblem(media: unknown): boolean {
  return JSON.stringify(media ?? "").includes("/schemas/Problem");
}
