import type { Adapter, AdapterPayload } from 'oidc-provider';

const ENTRIES_MAX = 10_000;

/** What a provider of the demonstration keeps, in memory: the oldest go when there are too many. */
export function createProviderMemory(): (model: string) => Adapter {
  const entries = new Map<string, AdapterPayload>();
  const findBy = (model: string, member: 'uid' | 'userCode', value: string) =>
    [...entries].find(([key, it]) => key.startsWith(`${model}:`) && it[member] === value)?.[1];
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    return {
      upsert: async (id, payload) => {
        entries.delete(keyOf(id));
        entries.set(keyOf(id), payload);
        const [oldest] = entries.keys();
        if (entries.size > ENTRIES_MAX && oldest !== undefined) entries.delete(oldest);
      },
      find: async (id) => entries.get(keyOf(id)),
      findByUid: async (uid) => findBy(model, 'uid', uid),
      findByUserCode: async (userCode) => findBy(model, 'userCode', userCode),
      destroy: async (id) => void entries.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, it] of entries) if (it.grantId === grantId) entries.delete(key);
      },
      consume: async (id) => {
        const entry = entries.get(keyOf(id));
        if (entry) entry.consumed = Math.floor(Date.now() / 1000);
      },
    };
  };
}
