import data from './establishments-ara.json' with { type: 'json' };
import { CEDEX_POSTCODES } from './cedex.ts';
import type { DemoCommune } from './communes.ts';
import { ESTABLISHMENT_CATEGORIES, REAL_CATEGORY_CODES, categoryRanks } from './establishment-categories.ts';
import type { EstablishmentCategory } from './establishment-categories.ts';
import {
  toFinessPrefix,
  toInventedFiness,
  toInventedPhone,
  toInventedSiren,
  toInventedSiret,
} from './invented-identifiers.ts';
import type { Setting } from './professions.ts';
import { Random, Weighted } from './random.ts';
import { inventStreet, parseStreet } from './streets.ts';
import type { Street } from './streets.ts';

export interface Establishment {
  index: number;
  finess: string;
  finessJuridique: string;
  siren: string;
  /** Empty for about a third. */
  siret: string;
  name: string;
  category: EstablishmentCategory;
  commune: DemoCommune;
  street: Street;
  distribution: string;
  postcode: string;
  /** Town as on an envelope, CEDEX included, without the postcode. */
  routingName: string;
  latitude: number;
  longitude: number;
  phone: string;
  fax: string;
  isOpen: boolean;
  openedOn: string;
  closedOn: string;
}

interface RealRow {
  finess: string;
  name: string;
  categoryCode: string;
  street: string;
  postcode: string;
  communeCode: string;
  latitude: number;
  longitude: number;
  phone: string;
}
const realRows = data.rows.map(parseRealRow);

const SITES_MAX = 60;
const OPEN_SHARE = 0.618;
/** Legal entities to establishments, in the national file. */
const LEGAL_ENTITY_SHARE = 0.562;

/**
 * All establishments of a set, kept as numbers so that the national one fits in some tens of megabytes; {@link describe}
 * makes one in full, always the same.
 */
export class Establishments {
  readonly size: number;
  /** For each legal entity, its establishments; some have none. */
  readonly legalEntities: number[][] = [];
  readonly #seed: number;
  readonly #communes: readonly DemoCommune[];
  readonly #category: Uint8Array;
  readonly #commune: Uint32Array;
  readonly #entity: Uint32Array;
  readonly #site: Uint8Array;
  readonly #ordinal: Uint32Array;
  readonly #closed: Uint8Array;
  readonly #realCount: number;
  readonly #entityFiness: string[] = [];
  readonly #ordinals = new Map<string, number>();
  readonly #bySetting = new Map<string, number[]>();
  readonly #byCategory = new Map<number, number[]>();
  readonly #cedex = new Map<string, (readonly [postcode: string, routingName: string])[]>();

  constructor(options: {
    seed: number;
    count: number;
    communes: readonly DemoCommune[];
    home: Weighted<DemoCommune>;
    withReal: boolean;
  }) {
    const { seed, count, communes, home } = options;
    this.size = count;
    this.#seed = seed;
    this.#communes = communes;
    this.#category = new Uint8Array(count);
    this.#commune = new Uint32Array(count);
    this.#entity = new Uint32Array(count);
    this.#site = new Uint8Array(count);
    this.#ordinal = new Uint32Array(count);
    this.#closed = new Uint8Array(count);
    this.#realCount = options.withReal ? Math.min(realRows.length, count) : 0;
    const rankOfCommune = new Map(communes.map((commune, rank) => [commune.code, rank]));
    this.#readCedex(rankOfCommune);
    const lastEntities = new Map<string, number>();
    for (let index = 0; index < count; index += 1) {
      const random = new Random(seed, 'establishment', index);
      this.#place(index, random, rankOfCommune, home);
      this.#attach(index, random, lastEntities);
    }
    while (this.legalEntities.length < Math.round(count * LEGAL_ENTITY_SHARE)) {
      const random = new Random(seed, 'legalEntity', this.legalEntities.length);
      this.#addEntity(home.pick(random));
    }
  }

  #place(
    index: number,
    random: Random,
    ranks: ReadonlyMap<string, number>,
    home: Weighted<DemoCommune>,
  ): void {
    const real = index < this.#realCount ? realRows[index]! : undefined;
    const known = real && ESTABLISHMENT_CATEGORIES.findIndex(({ code }) => code === real.categoryCode);
    const commune = real ? ranks.get(real.communeCode) : undefined;
    if (real && (known === undefined || known < 0 || commune === undefined))
      throw new Error(`${real.finess}: unknown category or commune`);
    const place = commune === undefined ? home.pick(random) : this.#communes[commune]!;
    const rank = known ?? this.#drawCategory(random, place.regionCode);
    this.#category[index] = rank;
    this.#commune[index] = ranks.get(place.code)!;
    if (!real) {
      const share = (this.size * (1 - OPEN_SHARE)) / Math.max(1, this.size - this.#realCount);
      this.#closed[index] = random.chance(share) ? 1 : 0;
      this.#ordinal[index] = this.#nextOrdinal(place.departementCode);
    }
    if (this.#closed[index] === 1) return;
    const { setting } = ESTABLISHMENT_CATEGORIES[rank]!;
    push(this.#byCategory, rank, index);
    if (setting !== null)
      for (let times = sizeOf(rank); times > 0; times -= 1)
        push(this.#bySetting, `${setting} ${place.departementCode}`, index);
  }

  #drawCategory(random: Random, regionCode: string): number {
    for (;;) {
      const rank = categoryRanks.pick(random);
      const isCovered = regionCode === '84' && this.#realCount > 0;
      if (!isCovered || !REAL_CATEGORY_CODES.has(ESTABLISHMENT_CATEGORIES[rank]!.code)) return rank;
    }
  }

  #attach(index: number, random: Random, lastEntities: Map<string, number>): void {
    const category = ESTABLISHMENT_CATEGORIES[this.#category[index]!]!;
    const commune = this.#communes[this.#commune[index]!]!;
    const key = `${category.setting ?? category.code} ${commune.departementCode}`;
    let entity = lastEntities.get(key);
    if (
      entity === undefined ||
      this.legalEntities[entity]!.length >= SITES_MAX ||
      random.chance(category.ownEntity)
    ) {
      entity = this.#addEntity(commune);
      lastEntities.set(key, entity);
    }
    this.#entity[index] = entity;
    this.#site[index] = this.legalEntities[entity]!.length;
    this.legalEntities[entity]!.push(index);
  }

  #addEntity(commune: DemoCommune): number {
    this.#entityFiness.push(
      toInventedFiness(commune.departementCode, this.#nextOrdinal(commune.departementCode)),
    );
    return this.legalEntities.push([]) - 1;
  }

  #nextOrdinal(departementCode: string): number {
    const prefix = toFinessPrefix(departementCode);
    const ordinal = this.#ordinals.get(prefix) ?? 0;
    this.#ordinals.set(prefix, ordinal + 1);
    return ordinal;
  }

  #readCedex(ranks: ReadonlyMap<string, number>): void {
    for (const [postcode, routingName, code] of CEDEX_POSTCODES)
      if (ranks.has(code)) push(this.#cedex, code, [postcode, routingName] as const);
    for (const row of realRows.slice(0, this.#realCount)) {
      const commune = this.#communes[ranks.get(row.communeCode) ?? -1];
      if (commune && isCedexOf(row.postcode, commune))
        push(this.#cedex, commune.code, [row.postcode, toCedexName(commune)] as const);
    }
  }

  /** A CEDEX of that commune, when it has one that we know. */
  cedexOf(communeCode: string, random: Random): readonly [postcode: string, routingName: string] | undefined {
    const known = this.#cedex.get(communeCode);
    return known && random.pick(known);
  }

  /** An open establishment of that kind in that département; undefined when there is none. The large ones come more often. */
  find(setting: Setting, departementCode: string, random: Random): Establishment | undefined {
    const candidates = this.#bySetting.get(`${setting} ${departementCode}`);
    return candidates && this.describe(random.pick(candidates));
  }

  /** A closed one, for the lines that still name it. */
  findClosed(random: Random): Establishment | undefined {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const index = random.integer(this.size);
      if (this.#closed[index] === 1) return this.describe(index);
    }
    return undefined;
  }

  /** An open one of any category, in proportion to how many service mailboxes it has. */
  pickForMailbox(random: Random): Establishment {
    this.#mailboxRanks ??= new Weighted(
      [...this.#byCategory.keys()].sort((a, b) => a - b),
      (rank) => ESTABLISHMENT_CATEGORIES[rank]!.mailboxWeight * this.#byCategory.get(rank)!.length,
    );
    return this.describe(random.pick(this.#byCategory.get(this.#mailboxRanks.pick(random))!));
  }
  #mailboxRanks: Weighted<number> | undefined;

  finessOfEntity(entity: number): string {
    return this.#entityFiness[entity]!;
  }

  describe(index: number): Establishment {
    const random = new Random(this.#seed, 'establishmentDetail', index);
    const real = index < this.#realCount ? realRows[index]! : undefined;
    const commune = this.#communes[this.#commune[index]!]!;
    const category = ESTABLISHMENT_CATEGORIES[this.#category[index]!]!;
    const entity = this.#entity[index]!;
    const siren = toInventedSiren(entity);
    const isClosed = this.#closed[index] === 1;
    const openedYear = 1950 + random.integer(70);
    const cedex = !real && category.mailboxWeight >= 10 ? this.cedexOf(commune.code, random) : undefined;
    const postcode = real ? real.postcode : (cedex?.[0] ?? random.pick(commune.postcodes));
    const isCedex = isCedexOf(postcode, commune);
    const zone = zoneOf(commune);
    return {
      index,
      finess: real ? real.finess : toInventedFiness(commune.departementCode, this.#ordinal[index]!),
      finessJuridique: this.#entityFiness[entity]!,
      siren,
      siret: random.chance(0.65) ? toInventedSiret(siren, this.#site[index]!) : '',
      name: real ? real.name : category.name(commune, random),
      category,
      commune,
      street: real ? parseStreet(real.street) : inventStreet(random),
      distribution: isCedex
        ? `CS ${10_000 + random.integer(80_000)}`
        : random.chance(0.08)
          ? `BP ${1 + random.integer(400)}`
          : '',
      postcode,
      routingName: isCedex ? (cedex?.[1] ?? toCedexName(commune)) : commune.routingName,
      latitude: real ? real.latitude : commune.latitude + (random.next() - 0.5) * 0.02,
      longitude: real ? real.longitude : commune.longitude + (random.next() - 0.5) * 0.03,
      phone: real ? real.phone : toInventedPhone(zone, random.integer(10_000)),
      fax: random.chance(0.3) ? toInventedPhone(zone, random.integer(10_000)) : '',
      isOpen: !isClosed,
      openedOn: toDay(random, openedYear),
      closedOn: isClosed ? toDay(random, Math.min(2025, openedYear + 5 + random.integer(50))) : '',
    };
  }
}

/** How often a site comes up among its like: a university hospital employs more than a day hospital. */
function sizeOf(rank: number): number {
  return { '101': 8, '355': 5, '131': 4, '365': 3 }[ESTABLISHMENT_CATEGORIES[rank]!.code] ?? 1;
}

function toDay(random: Random, year: number): string {
  return `${year}-${String(1 + random.integer(12)).padStart(2, '0')}-${String(1 + random.integer(28)).padStart(2, '0')}`;
}

/** First digit of telephone numbers, roughly: 1 Paris region, 2 west, 3 east, 4 south-east, 5 south-west. */
export function zoneOf(commune: DemoCommune): string {
  return (
    {
      '11': '1',
      '28': '2',
      '53': '2',
      '52': '2',
      '24': '2',
      '44': '3',
      '32': '3',
      '27': '3',
      '84': '4',
      '93': '4',
      '94': '4',
      '75': '5',
      '76': '5',
    }[commune.regionCode] ?? '0'
  );
}

/** The table of real establishments has Lyon under 69123: its arrondissement is told by the postcode. */
function toCommuneCode(code: string, postcode: string): string {
  if (code !== '69123') return code;
  if (/^6900[1-9]$/.test(postcode)) return `6938${postcode[4]}`;
  return { '69322': '69385', '69373': '69388' }[postcode] ?? '69383';
}

function isCedexOf(postcode: string, commune: DemoCommune): boolean {
  return (
    !commune.postcodes.includes(postcode) &&
    (/^\d{2}.*[1-9]$/.test(postcode) || CEDEX_POSTCODES.some(([known]) => known === postcode))
  );
}

function toCedexName(commune: DemoCommune): string {
  const arrondissement = / (\d+)er? Arrondissement$/.exec(commune.name)?.[1];
  return `${commune.routingName} CEDEX${arrondissement ? ` ${arrondissement.padStart(2, '0')}` : ''}`;
}

function parseRealRow(row: string): RealRow {
  const [
    finess = '',
    name = '',
    categoryCode = '',
    street = '',
    postcode = '',
    code = '',
    latitude,
    longitude,
    phone = '',
  ] = row.split('|');
  return {
    finess,
    name,
    categoryCode,
    street,
    postcode,
    communeCode: toCommuneCode(code, postcode),
    latitude: Number(latitude),
    longitude: Number(longitude),
    phone,
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
