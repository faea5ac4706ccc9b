import { confirm, isCancel } from "@clack/prompts";
import { NotSo, UsageError } from "./cli-error.ts";

/** Asks before something is done; whoever says no, or nothing, has it not done. */
export async function askFirst(question: string): Promise<void> {
  requireSomebody(question);
  const answer = await confirm({ message: question, output: process.stderr });
  if (isCancel(answer) || !answer) throw new NotSo();
}

/** UsageError where nobody is at the keyboard; for what takes long, said before it begins. */
export function requireSomebody(
  question: string,
  hint = "Say --yes to go ahead without asking.",
): void {
  if (!process.stdin.isTTY) throw new UsageError(`${question} Nobody is there to answer.`, hint);
}
