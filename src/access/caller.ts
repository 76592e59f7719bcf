import type { Actor } from '#domain/actor.ts';

/** Whom requests are counted for: a key, a person, or, of nobody known, an address. */
export interface Caller {
  kind: 'key' | 'person' | 'address';
  /** Unique among all callers. Never shown: it may hold the subject of a person. */
  id: string;
  /** For operators. */
  label: string;
}

/** @param address of whoever is not known; see `findCallerAddress` */
export function toCaller(actor: Actor, address: string): Caller {
  switch (actor.kind) {
    case 'application':
      return { kind: 'key', id: `key ${actor.keyId}`, label: actor.name };
    case 'person':
      return { kind: 'person', id: `person ${actor.subject}`, label: actor.name };
    case 'anonymous':
      return { kind: 'address', id: `address ${address}`, label: address };
  }
}
