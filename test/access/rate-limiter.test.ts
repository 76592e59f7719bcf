import { describe, expect, test } from 'vitest';

import { findCallerAddress } from '#access/caller-address.ts';
import { openDistinctCount } from '#access/distinct-count.ts';
import { openRateLimiter } from '#access/rate-limiter.ts';
import { openRecentEntries } from '#access/recent-entries.ts';
import { openReadOutWatch } from '#access/read-out-watch.ts';

describe('a caller', () => {
  const open = () => {
    const clock = { nowMs: 0 };
    const limiter = openRateLimiter({ search: 60, write: 6, 'sign-in': 0 }, () => clock.nowMs);
    return { clock, take: limiter.take };
  };

  test('may ask as often as the quota at once, then as often as it comes back', () => {
    const { clock, take } = open();
    const states = Array.from({ length: 60 }, () => take('a', 'search')!);
    expect(states.every((it) => it.isAllowed)).toBe(true);
    expect(states[0]).toEqual({
      isAllowed: true,
      quota: 60,
      remaining: 59,
      resetSeconds: 1,
      retryAfterSeconds: 0,
    });
    expect(states.at(-1)).toMatchObject({ remaining: 0, resetSeconds: 60 });
    expect(take('a', 'search')).toMatchObject({ isAllowed: false, remaining: 0, retryAfterSeconds: 1 });
    clock.nowMs = 1000;
    expect(take('a', 'search')!.isAllowed).toBe(true);
    expect(take('a', 'search')!.isAllowed).toBe(false);
  });

  test('who is refused loses nothing by asking again', () => {
    const { clock, take } = open();
    for (let asked = 0; asked < 1000; asked += 1) take('a', 'write');
    expect(take('a', 'write')).toMatchObject({ isAllowed: false, retryAfterSeconds: 10 });
    clock.nowMs = 10_000;
    expect(take('a', 'write')!.isAllowed).toBe(true);
  });

  test('takes nothing from another, nor from another kind of request', () => {
    const { take } = open();
    for (let asked = 0; asked < 7; asked += 1) take('a', 'write');
    expect(take('a', 'write')!.isAllowed).toBe(false);
    expect(take('b', 'write')!.isAllowed).toBe(true);
    expect(take('a', 'search')!.isAllowed).toBe(true);
    expect(take('a', 'sign-in')).toBeUndefined();
  });

  test('however many there are, they take a bounded memory', () => {
    const { take } = open();
    for (let asked = 0; asked < 7; asked += 1) take('first', 'write');
    for (let caller = 0; caller < 300_000; caller += 1) {
      // One goes on asking.
      if (caller % 1000 === 0) take('faithful', 'write');
      take(`address 10.0.${caller}`, 'write');
    }
    expect(take('faithful', 'write')!.isAllowed).toBe(false);
    // Not heard of for longest, so begun anew.
    expect(take('first', 'write')!.isAllowed).toBe(true);
  });
});

test('of entries, those used last are kept, and never more than the bound', () => {
  const entries = openRecentEntries<number>(100);
  for (let index = 0; index < 1000; index += 1) {
    entries.set(`entry ${index}`, index);
    entries.get('entry 0');
    expect(entries.list().length).toBeLessThanOrEqual(100);
  }
  expect(entries.get('entry 0')).toBe(0);
  expect(entries.get('entry 950')).toBe(950);
  expect(entries.get('entry 1')).toBeUndefined();
  expect(new Set(entries.list()).size).toBe(entries.list().length);
});

describe('the address of a caller', () => {
  const of = (remoteAddress: string | undefined, forwardedFor?: string, trustedProxies = 0) =>
    findCallerAddress({ remoteAddress, forwardedFor, trustedProxies });

  test.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
    expect(of(address)).toBeUndefined();
  });

  test('is where the connection comes from, whatever the request says, unless a proxy is told of', () => {
    expect(of('192.0.2.1', '198.51.100.7')).toBe('192.0.2.1');
    expect(of('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(of(undefined)).toBe('unknown');
  });

  test.each([
    ['198.51.100.7', 1, '198.51.100.7'],
    ['10.9.9.9, 198.51.100.7', 1, '198.51.100.7'],
    ['10.9.9.9, 198.51.100.7, 203.0.113.5', 2, '198.51.100.7'],
    ['198.51.100.7:4711', 1, '198.51.100.7'],
    // What the caller wrote there itself is not believed to be this machine.
    ['127.0.0.1', 1, '127.0.0.1'],
    ['198.51.100.7', 3, '198.51.100.7'],
    [undefined, 1, '127.0.0.1'],
    ['ailleurs', 1, 'unknown'],
    ['[2001:db8::1]:443', 1, '2001:db8:0:0::/64'],
  ])('behind proxies, %s with %i of them is %s', (forwardedFor, trustedProxies, address) => {
    expect(of('127.0.0.1', forwardedFor, trustedProxies)).toBe(address);
  });

  test('in IPv6 is that of a network, where everybody has as many as they like', () => {
    const one = of('2001:db8:a:b:1:2:3:4');
    expect(one).toBe('2001:db8:a:b::/64');
    expect(of('2001:DB8:a:b::7')).toBe(one);
    expect(of('2001:db8:a:c::7')).not.toBe(one);
    expect(of('fe80::1%eth0')).toBe('unknown');
  });
});

test.each([10, 1000, 50_000, 100_000])('%i different texts are counted within 2 %%', (count) => {
  const { add, estimate } = openDistinctCount(100_000);
  for (let round = 0; round < 3; round += 1)
    for (let index = 0; index < count; index += 1) add(`professional-8${99_000_000_000 + index}`);
  expect(Math.abs(estimate() - count) / count).toBeLessThan(0.02);
});

describe('whoever is given ever more correspondents', () => {
  const DAY = 86_400_000;
  const caller = { kind: 'address', id: 'address 192.0.2.1', label: '192.0.2.1' } as const;
  const idsFrom = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => `professional-8${99_000_000_000 + first + index}`);

  test('is slowed down from a number on, and refused from twice as many, until the next day', () => {
    const clock = { nowMs: 100.25 * DAY };
    const watch = openReadOutWatch(1000, () => clock.nowMs);
    expect(watch.note(caller, idsFrom(0, 950))).toMatchObject({ delayMs: 0, isUntold: false });
    // The same again, ever again.
    for (let round = 0; round < 100; round += 1) watch.note(caller, idsFrom(0, 950));
    expect(watch.list()).toEqual([]);
    const slowed = watch.note(caller, idsFrom(950, 550));
    expect(slowed).toMatchObject({ isRefused: false, isUntold: true });
    expect(slowed.delayMs).toBeGreaterThan(2000);
    watch.noteTold(caller);
    expect(watch.list()).toMatchObject([{ caller, state: 'slowed' }]);
    expect(watch.note(caller, idsFrom(1500, 600))).toMatchObject({ isRefused: true, isUntold: false });
    expect(watch.list()).toMatchObject([{ caller, state: 'refused' }]);
    expect(watch.secondsUntilMorning()).toBe(0.75 * 86_400);
    clock.nowMs += DAY;
    expect(watch.list()).toEqual([]);
    expect(watch.note(caller, idsFrom(0, 10))).toMatchObject({ delayMs: 0, isRefused: false });
  });

  test('is not counted where nobody watches', () => {
    const watch = openReadOutWatch(0);
    expect(watch.note(caller, idsFrom(0, 5000))).toMatchObject({ delayMs: 0, isRefused: false });
    expect(watch.list()).toEqual([]);
  });
});
