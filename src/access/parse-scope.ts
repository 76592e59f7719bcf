import type { Scope } from '#domain/actor.ts';

const SCOPE = /^(?:search|export|admin|mailbox-activity:[a-z0-9.-]{3,200}|territory:[\w.-]{1,100})$/;

/** Undefined for what is no scope. */
export function parseScope(text: string): Scope | undefined {
  return SCOPE.test(text) ? (text as Scope) : undefined;
}
