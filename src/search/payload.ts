/** The engine works best on few, large payloads, since it takes together all that has come, and refuses more than 100 MB. */
export const PAYLOAD_BYTES = 45 * 1024 * 1024;

interface Payload {
  /** False when there is no room for the line. */
  add(line: string): boolean;
  /** Lines that end with a line feed, in UTF-8; the payload is empty again. */
  take(): Uint8Array<ArrayBuffer>;
}

/**
 * One buffer: what was taken must have been sent before the next line is added.
 * @param bytesFirst how much it takes the first time
 */
export function openPayload(bytesMax: number, bytesFirst = bytesMax): Payload {
  const bytes = new Uint8Array(bytesMax);
  const encoder = new TextEncoder();
  let capacity = bytesFirst;
  let size = 0;
  return {
    add(line) {
      const { read, written } = encoder.encodeInto(`${line}\n`, bytes.subarray(size, capacity));
      if (read <= line.length) return false;
      size += written;
      return true;
    },
    take() {
      const taken = bytes.subarray(0, size);
      size = 0;
      capacity = bytesMax;
      return taken;
    },
  };
}
