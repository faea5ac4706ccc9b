import { expect, test } from "vitest";
import type { Channel, Dispatch, RenderedMessage, SendResult } from "../../engine/ports/channel.ts";
import { SAMPLE_CONTACT, SAMPLE_LINKS, sampleScene } from "./sample-scene.ts";

/** A channel under test, with the other side that it speaks to. */
export interface ChannelBench {
  /** Set up and ready. */
  readonly channel: Channel;
  /** Without its settings; null: it needs none. */
  readonly bare: Channel | null;
  /** How many messages the other side has, by the id of the attempt. */
  readonly received: (id: string) => number;
  /** Makes the other side answer so from now on; null: it has no other side. */
  readonly trouble: ((kind: Trouble) => void) | null;
  readonly receiver: string | null;
}

/** What can happen to a message. */
export type Trouble = "none" | "busy" | "refused" | "silent-after-handing-over";

const EXPECTED: Readonly<Record<Trouble, SendResult["kind"]>> = {
  none: "sent",
  busy: "temporary",
  refused: "permanent",
  "silent-after-handing-over": "uncertain",
};

let number = 0;

export function dispatchOf(
  bench: Pick<ChannelBench, "channel" | "receiver">,
  message: RenderedMessage,
  change: Partial<Dispatch> = {},
): Dispatch {
  const id = `k2uyfi2akdr3jtph.${++number}`;
  return {
    id,
    account: "acme",
    touchId: "k2uyfi2akdr3jtph",
    channel: bench.channel.name,
    kind: "touch",
    receiver: bench.receiver,
    messageId: `<${id}@northwind.test>`,
    message,
    at: Date.UTC(2026, 2, 2, 9),
    ...change,
  };
}

const MESSAGE = `subject: Hello {{ contact.name }}
button: Open
link: https://app.northwind.test/start

Dear **{{ contact.name }}**, see [this](https://a.test/1).

- one
- two
`;

/** What every channel promises (src/engine/ports/channel.ts), whatever is behind it. */
export function holdsToContract(bench: () => ChannelBench): void {
  const render = (message = MESSAGE): RenderedMessage =>
    bench().channel.render(sampleScene(message), SAMPLE_LINKS);

  test("its messages are plain JSON, the same every time", () => {
    const message = render();
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
    expect(render()).toEqual(message);
    expect(message.subject).toBe("Hello Ada Lovelace");
    expect(message.text).toContain("Ada Lovelace");
    expect(message.html).toContain("<strong>Ada Lovelace</strong>");
    expect(message.locale).toBe("en");
  });

  test("a mistake in a message file is told with its place", () => {
    let problem: unknown;
    try {
      render("subject: x\n\n{{ contact.nam }}");
    } catch (error) {
      problem = error;
    }
    expect(problem).toMatchObject({ code: "bad-message" });
    expect(String(problem)).toContain("messages/welcome.en.liquid:3:4");
  });

  test("nothing that a name holds is more than text", () => {
    const name = "<img src=x onerror=alert(1)>\r\nBcc: all@evil.test <!channel>";
    const hostile = sampleScene(MESSAGE, { contact: { ...SAMPLE_CONTACT, name } });
    const message = bench().channel.render(hostile, SAMPLE_LINKS);
    expect(message.html).not.toMatch(/<img src=x|<!channel/);
    expect(message.subject).not.toMatch(/[\r\n]/);
  });

  test("it says what it lacks, and sends nothing then", async () => {
    const { bare, channel } = bench();
    expect(channel.missing).toBeNull();
    if (!bare) return;
    expect(bare.missing).toMatch(/^[A-Z_]+ /);
    const result = await bare.send(dispatchOf(bench(), render()));
    expect(result.kind).toBe("temporary");
  });

  test.each(Object.keys(EXPECTED) as Trouble[])("with trouble `%s` it says so", async (kind) => {
    const { channel, trouble, received } = bench();
    if (!trouble) return;
    trouble(kind);
    const dispatch = dispatchOf(bench(), render());
    const result = await channel.send(dispatch);
    expect(result.kind).toBe(EXPECTED[kind]);
    trouble("none");
    if (kind === "none") expect(received(dispatch.id)).toBe(1);
    // what was handed over is never sent again by itself
    else expect(received(dispatch.id)).toBeLessThanOrEqual(1);
  });

  test("many at once all arrive, each once", async () => {
    const { channel, trouble, received } = bench();
    if (!trouble) return;
    const message = render();
    const all = Array.from({ length: 40 }, () => dispatchOf(bench(), message));
    const results = await Promise.all(all.map((dispatch) => channel.send(dispatch)));
    expect(results).toEqual(all.map(() => ({ kind: "sent" })));
    expect(all.map(({ id }) => received(id))).toEqual(all.map(() => 1));
  });
}
