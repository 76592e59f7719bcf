import type { Socket } from 'node:net';

/** Characters of one message, at most: an import's argv is far below, longer texts travel in pieces. */
const MESSAGE_LENGTH_MAX = 1 << 20;

/** The JSON values that arrive, one a line; the other direction stays open when they end. Throws on a message that is too long or not JSON. */
export async function* readJsonLines(socket: Socket): AsyncGenerator<unknown> {
  socket.setEncoding('utf8');
  let rest = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of [...lines, rest]) {
      if (line.length > MESSAGE_LENGTH_MAX) throw new Error('A message on the control socket is too long');
    }
    for (const line of lines) yield JSON.parse(line);
  }
}

export function toJsonLine(value: unknown): string {
  const line = `${JSON.stringify(value)}\n`;
  if (line.length > MESSAGE_LENGTH_MAX) throw new Error('A message on the control socket is too long');
  return line;
}
