import type { FastifyReply } from "fastify";
import type { ItemResult } from "../../engine/ingest/ingestion.ts";
import { ofHttp } from "../errors.ts";

/** Refused ones that an answer names; the rest is counted. */
const NAMED = 20;

/**
 * 200 once all that could be taken is durable. Strict clients are told about each item, and get
 * a 400 when any was refused; others only when all were.
 */
export function answerTaken(
  reply: FastifyReply,
  results: readonly ItemResult[],
  isStrict: boolean,
): FastifyReply {
  const refused = results.flatMap(({ status, messageId, reason = "" }, index) =>
    status === "refused" ? [{ index, messageId, reason }] : [],
  );
  const isBad = isStrict
    ? refused.length > 0
    : refused.length > 0 && refused.length === results.length;
  const told = {
    success: !isBad,
    ...(isStrict ? { results: results.map(itemOf) } : {}),
    ...(refused.length > 0 ? { refused: refused.slice(0, NAMED) } : {}),
  };
  if (!isBad) return reply.send(told);
  const [first] = refused;
  const detail = `${refused.length} of ${results.length} events were refused. Event ${(first?.index ?? 0) + 1}: ${first?.reason ?? ""}`;
  return reply
    .status(400)
    .type("application/problem+json; charset=utf-8")
    .serializer(JSON.stringify)
    .send({ ...ofHttp("bad-request", detail), ...told });
}

function itemOf({ messageId, status, reason, warnings }: ItemResult): object {
  return {
    messageId,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(warnings === undefined ? {} : { warnings }),
  };
}
