import { expect, test } from 'vitest';

import { MailboxInventor } from '../../src/demo/demo-mailboxes.ts';
import { professional } from '../search/sample-correspondents.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const MONTH_MS = 30 * 86_400_000;

function invent() {
  const inventor = new MailboxInventor(NOW);
  for (let index = 0; index < 1000; index += 1) {
    const address = `x${index}@${index % 2 ? 'infirmier' : 'medecin'}-demo.mssante.fr`;
    const mailbox = { address, type: 'PER', lastOpenedOn: null } as const;
    inventor.meet(professional('X', 'Y', { mailboxes: [mailbox] }));
  }
  return inventor.invent();
}

test('of the demonstration’s mailboxes some are read, some are not, and of some nobody knows', () => {
  const { mailDomains, openings } = invent();
  expect(mailDomains.toSorted()).toEqual(['infirmier-demo.mssante.fr', 'medecin-demo.mssante.fr']);
  const ages = openings
    .split('\n')
    .map((line) => NOW.getTime() - Date.parse((JSON.parse(line) as { openedAt: string }).openedAt));
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
  expect(ages.filter((age) => age < MONTH_MS).length).toBeGreaterThan(500);
  expect(ages.filter((age) => age > MONTH_MS).length).toBeGreaterThan(80);
  expect(ages.length).toBeLessThan(900);
});

test('the same mailboxes say the same', () => {
  expect(invent()).toStrictEqual(invent());
});
