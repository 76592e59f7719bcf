/**
 * 64 bits of a text's content as 16 hexadecimal digits, by two murmur-like lanes over its UTF-16 units. Not
 * cryptographic: for telling versions apart, with one chance in 2^64 that two different texts agree.
 */
export function hashText(text: string): string {
  const [high, low] = hashLanes(text);
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** The same 64 bits as two unsigned 32-bit numbers. */
export function hashLanes(text: string): [high: number, low: number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  const mixedHigh = mix(high ^ (low >>> 16)) ^ mix(low);
  const mixedLow = mix(low ^ (high >>> 15)) ^ mix(high + 0x9e3779b9);
  return [mixedHigh >>> 0, mixedLow >>> 0];
}

/** The finaliser of MurmurHash3. */
function mix(lane: number): number {
  let mixed = lane ^ (lane >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
