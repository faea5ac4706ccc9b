import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A mail server on loopback that takes every mail and keeps none of it. */
export interface MailSink {
  readonly url: string;
  /** How many it has taken. */
  readonly taken: () => number;
  close(): void;
}

export async function openMailSink(): Promise<MailSink> {
  let taken = 0;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => undefined);
    serve(socket, () => void (taken += 1));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken: () => taken,
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

/** As much of the protocol as a client needs that only wants to get rid of a mail. */
function serve(socket: Socket, onTaken: () => void): void {
  let isMail = false;
  let rest = "";
  socket.write("220 sink\r\n");
  socket.on("data", (data: Buffer) => {
    rest += data.toString("latin1");
    for (;;) {
      const end = rest.indexOf(isMail ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const line = rest.slice(0, end);
      rest = rest.slice(end + (isMail ? 5 : 2));
      if (isMail) onTaken();
      isMail = !isMail && /^data/i.test(line);
      socket.write(isMail ? "354 go on\r\n" : /^quit/i.test(line) ? "221 bye\r\n" : "250 ok\r\n");
    }
  });
}
