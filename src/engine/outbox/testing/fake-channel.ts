import type { Channel as ChannelName } from "../../../core/model/index.ts";
import type { Channel, Dispatch, MessageScene, RenderedMessage, SendResult } from "../../ports.ts";

/** What the other side does with a message: takes it, or answers so. */
type Behaviour = (dispatch: Dispatch) => SendResult | Promise<SendResult>;

/** A channel whose other side does as it is told, and remembers what reached it. */
export class FakeChannel implements Channel {
  readonly name: ChannelName;
  readonly way: "sent" | "stored";
  missing: string | null = null;
  /** Everything handed over, whatever became of it. */
  readonly handed: Dispatch[] = [];
  /** What arrived. */
  readonly arrived: Dispatch[] = [];
  behave: Behaviour = () => ({ kind: "sent" });
  rendering: (scene: MessageScene) => void = () => undefined;

  constructor(name: ChannelName = "email", way: "sent" | "stored" = "sent") {
    this.name = name;
    this.way = way;
  }

  render(scene: MessageScene): RenderedMessage {
    this.rendering(scene);
    return {
      subject: `${scene.touch.title} for ${scene.account.name}`,
      text: scene.contact?.email ?? "",
      html: "",
      preheader: null,
      locale: null,
      links: [],
      extra: {},
    };
  }

  async send(dispatch: Dispatch): Promise<SendResult> {
    this.handed.push(dispatch);
    const result = await this.behave(dispatch);
    if (result.kind === "sent") this.arrived.push(dispatch);
    return result;
  }

  /** Who got something, in order. */
  get receivers(): string[] {
    return this.arrived.map(({ receiver }) => receiver ?? "");
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
