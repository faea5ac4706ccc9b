import type { Socket } from "node:net";
import { deserialize, serialize } from "node:v8";

/** Values with Maps, Sets and undefined as they are: both ends are the same program. */
export function writeFrame(socket: Socket, value: unknown): void {
  const body = serialize(value);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  socket.write(Buffer.concat([head, body]));
}

/** Calls `take` with each value that has come in whole. */
export function readFrames(socket: Socket, take: (value: unknown) => void): void {
  let pending: Buffer[] = [];
  let size = 0;
  socket.on("data", (chunk: Buffer) => {
    pending.push(chunk);
    size += chunk.length;
    if (size < 4) return;
    let all = pending.length === 1 ? chunk : Buffer.concat(pending);
    while (all.length >= 4 && all.length >= 4 + all.readUInt32BE(0)) {
      const end = 4 + all.readUInt32BE(0);
      take(deserialize(all.subarray(4, end)));
      all = all.subarray(end);
    }
    pending = [all];
    size = all.length;
  });
}
