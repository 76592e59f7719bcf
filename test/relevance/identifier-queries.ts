import { idsOf, drawQueries, type JudgedQuery } from './judged-query.ts';
import type { FactIndex } from './fact-index.ts';

/** RPPS numbers, mailbox addresses and what stands before their `@`, FINESS numbers. */
export function listIdentifierQueries(facts: FactIndex): JudgedQuery[] {
  const holders = facts.people.filter(({ mailboxes }) => mailboxes.length > 0);
  const localPartOf = (address: string) => address.split('@')[0]!;
  return [
    ...drawQueries('identifier: RPPS', 20, (random) => {
      const { id, rpps } = random.pick(facts.people);
      const spaced = `${rpps.slice(0, 2)} ${rpps.slice(2, 5)} ${rpps.slice(5, 8)} ${rpps.slice(8)}`;
      const q = random.pick([rpps, `8${rpps}`, spaced]);
      return {
        class: 'identifier',
        parameters: { q },
        accepted: new Set([id]),
        wanted: `RPPS ${rpps}`,
        atRank: 1,
      };
    }),
    ...drawQueries('identifier: mailbox', 15, (random) => {
      const { id, mailboxes } = random.pick(holders);
      const address = mailboxes[0]!;
      const q = random.pick([address, address.toUpperCase(), ` ${address} `]);
      return { class: 'identifier', parameters: { q }, accepted: new Set([id]), wanted: address, atRank: 1 };
    }),
    ...drawQueries('identifier: service mailbox', 8, (random) => {
      const { id, address } = random.pick(facts.services);
      return {
        class: 'identifier',
        parameters: { q: address },
        accepted: new Set([id]),
        wanted: address,
        atRank: 1,
      };
    }),
    ...drawQueries('identifier: local part', 20, (random) => {
      const localPart = localPartOf(random.pick(holders).mailboxes[0]!);
      const meant = holders.filter((it) =>
        it.mailboxes.some((address) => localPartOf(address) === localPart),
      );
      return {
        class: 'identifier: local part',
        parameters: { q: localPart },
        accepted: idsOf(meant),
        wanted: `who is ${localPart}@… (${meant.length})`,
        atRank: 1,
      };
    }),
    ...drawQueries('identifier: beginning of an address', 15, (random) => {
      const address = random.pick(holders).mailboxes[0]!;
      const typed = address.slice(0, address.indexOf('@') + 1 + random.integer(8));
      const meant = holders.filter((it) => it.mailboxes.some((one) => one.startsWith(typed)));
      return {
        class: 'identifier: local part',
        parameters: { q: typed },
        accepted: idsOf(meant),
        wanted: `whose address begins with ${typed} (${meant.length})`,
        atRank: 3,
      };
    }),
    ...drawQueries('identifier: FINESS', 10, (random) => {
      const { finess, name } = random.pick([...facts.establishments.values()]);
      const meant = [...(facts.byFiness.get(finess) ?? []), ...(facts.servicesByFiness.get(finess) ?? [])];
      return {
        class: 'identifier',
        parameters: { q: finess },
        accepted: idsOf(meant),
        wanted: `of ${name}`,
        atRank: 1,
      };
    }),
  ];
}
