import { DAYS_OF_WEEK, type AvailableTime, type DayOfWeek } from './profile.ts';

/** What cannot be made of a text, with the words that it is about. */
export interface HoursFault {
  /**
   * `word`: is not understood; `no-day`, `no-time`: hours without a day, a day without hours; `no-end`: a time that begins something
   * and ends nothing; `backwards`: ends before it begins; `overlap`: with other hours of the same day.
   */
  kind: 'word' | 'no-day' | 'no-time' | 'no-end' | 'backwards' | 'overlap';
  words: string;
}

type Opening = { allDay: true } | { start: string; end: string };
type Week = Map<DayOfWeek, Opening[]>;

const TEXT_LENGTH_MAX = 600;
const DAY_STEMS: readonly (readonly [RegExp, readonly DayOfWeek[]])[] = [
  [/^(?:7 ?j? ?\/ ?7 ?j?|tous les jours|chaque jour)\b/, DAYS_OF_WEEK],
  [/^(?:en semaine|jours ouvr(?:es|ables))\b/, DAYS_OF_WEEK.slice(0, 5)],
  [/^week[ -]?ends?\b/, DAYS_OF_WEEK.slice(5)],
  [/^lu(?:n(?:dis?)?)?\b\.?/, ['mon']],
  [/^ma(?:r(?:dis?)?)?\b\.?/, ['tue']],
  [/^me(?:r(?:credis?)?)?\b\.?/, ['wed']],
  [/^je(?:u(?:dis?)?)?\b\.?/, ['thu']],
  [/^ve(?:n(?:dredis?)?)?\b\.?/, ['fri']],
  [/^sa(?:m(?:edis?)?)?\b\.?/, ['sat']],
  [/^di(?:m(?:anches?)?)?\b\.?/, ['sun']],
];
const ALL_DAY = /^(?:24 ?h? ?\/ ?24 ?h?|toute la journee|journee entiere)/;
const CLOSED = /^ferme(?:es?|s)?\b/;
const TIME =
  /^(?:(?<noon>midi)|(?<midnight>minuit)|(?<h>\d{1,2})(?:(?: ?h ?|[:.])(?<m>\d{2})(?!\d| ?h)| ?h(?:eures?)?(?!\w)| ?h(?= ?\d)|(?![\d\w:.])))/;
const TO = /^(?:-|–|—|>|→|(?:jusqu['’ ]?)?(?:a|au|aux)\b)/;
const PART = /^(?:[,;/+&\n:.|]|et\b|puis\b)/;
const FILLER =
  /^(?:de|du|des|d['’]|le|les|l['’]|en continu|non[ -]stop|sans interruption|ouverte?|horaires?|matins?|apres[ -]midis?|soirs?)(?!\w)/;

/**
 * Opening hours as people write them: "lun-ven 9h-12h 14h-18h, sam 9h-12h", "du lundi au vendredi de 8 h 30 à 12 h", "mardi et
 * jeudi : 14:00–19:00", "tous les jours 24h/24", "mer fermé". Line ends count as commas; days without are closed.
 * @returns days that open alike are together; empty for an empty text. Anything that is not understood is a fault, never left out
 */
export function parseHours(text: string): { times: AvailableTime[] } | { fault: HoursFault } {
  const typed = text
    .slice(0, TEXT_LENGTH_MAX + 1)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\S\n]+/gu, ' ');
  if (typed.length > TEXT_LENGTH_MAX) return { fault: { kind: 'word', words: text.slice(0, 40) } };
  return new HoursReading(typed).read();
}

/** One walk through a text, token by token. */
class HoursReading {
  #rest: string;
  readonly #week: Week = new Map();
  /** Of the group that is being read, and whether its hours have begun. */
  #days: DayOfWeek[] = [];
  #hasHours = false;
  /** The last token was a day; a range of days has been opened after it. */
  #lastDay: DayOfWeek | undefined;
  #isDayRange = false;
  #start: { time: string; words: string } | undefined;
  #isTimeRange = false;

  constructor(text: string) {
    this.#rest = text.trim();
  }

  read(): { times: AvailableTime[] } | { fault: HoursFault } {
    while (this.#rest !== '') {
      const fault = this.#readToken();
      if (fault) return { fault };
      this.#rest = this.#rest.replace(/^ +/, '');
    }
    if (this.#start) return { fault: { kind: 'no-end', words: this.#start.words } };
    if (this.#days.length > 0 && !this.#hasHours)
      return { fault: { kind: 'no-time', words: this.#lastDay ?? '' } };
    return { times: toAvailableTimes(this.#week) };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#rest);
    if (found) this.#rest = this.#rest.slice(found[0].length);
    return found ?? undefined;
  }

  #readToken(): HoursFault | undefined {
    if (this.#take(ALL_DAY)) return this.#add({ allDay: true }, '24h/24');
    for (const [pattern, days] of DAY_STEMS) if (this.#take(pattern)) return this.#addDays(days);
    if (this.#take(CLOSED)) {
      this.#hasHours = true;
      return undefined;
    }
    const time = this.#take(TIME);
    if (time) return this.#addTime(time);
    if ((this.#start && this.#take(/^\//)) ?? this.#take(TO)) {
      this.#isTimeRange = this.#start !== undefined;
      this.#isDayRange = this.#start === undefined && this.#lastDay !== undefined;
      return undefined;
    }
    if (this.#take(PART)) {
      if (this.#start) return { kind: 'no-end', words: this.#start.words };
      this.#isDayRange = false;
      return undefined;
    }
    if (this.#take(FILLER)) return undefined;
    return { kind: 'word', words: /^[^\s,;]{1,40}/.exec(this.#rest)?.[0] ?? this.#rest.slice(0, 40) };
  }

  #addDays(days: readonly DayOfWeek[]): HoursFault | undefined {
    if (this.#start) return { kind: 'no-end', words: this.#start.words };
    if (this.#hasHours) {
      this.#days = [];
      this.#hasHours = false;
    }
    const [day] = days as [DayOfWeek];
    if (this.#isDayRange && this.#lastDay) this.#days.push(...listDaysTo(this.#lastDay, day));
    else this.#days.push(...days);
    this.#lastDay = day;
    this.#isDayRange = false;
    return undefined;
  }

  #addTime(found: RegExpExecArray): HoursFault | undefined {
    const words = found[0].trim();
    const { noon, midnight, h, m = '00' } = found.groups ?? {};
    const isEnd = this.#start !== undefined;
    const hours = noon ? 12 : midnight ? (isEnd ? 24 : 0) : Number(h);
    if (hours > 24 || Number(m) > 59 || (hours === 24 && (!isEnd || m !== '00')))
      return { kind: 'word', words };
    // Midnight ends a day at its last minute.
    const time = hours === 24 ? '23:59' : `${String(hours).padStart(2, '0')}:${m}`;
    if (!this.#start) {
      this.#start = { time, words };
      return undefined;
    }
    if (!this.#isTimeRange) return { kind: 'no-end', words: this.#start.words };
    const { time: start, words: from } = this.#start;
    this.#start = undefined;
    this.#isTimeRange = false;
    if (start >= time) return { kind: 'backwards', words: `${from}-${words}` };
    return this.#add({ start, end: time }, `${from}-${words}`);
  }

  #add(opening: Opening, words: string): HoursFault | undefined {
    if (this.#start) return { kind: 'no-end', words: this.#start.words };
    if (this.#days.length === 0) return { kind: 'no-day', words };
    for (const day of new Set(this.#days)) {
      const known = this.#week.get(day) ?? [];
      if (known.some((it) => overlap(it, opening))) return { kind: 'overlap', words };
      this.#week.set(day, [...known, opening]);
    }
    this.#hasHours = true;
    return undefined;
  }
}

function listDaysTo(from: DayOfWeek, to: DayOfWeek): DayOfWeek[] {
  const days: DayOfWeek[] = [];
  for (let at = DAYS_OF_WEEK.indexOf(from); ; at = (at + 1) % 7) {
    days.push(DAYS_OF_WEEK[at]!);
    if (DAYS_OF_WEEK[at] === to) return days;
  }
}

function overlap(a: Opening, b: Opening): boolean {
  if ('allDay' in a || 'allDay' in b) return true;
  return a.start < b.end && b.start < a.end;
}

/** Days that open alike are together, in the order of the week. */
function toAvailableTimes(week: Week): AvailableTime[] {
  const byOpening = new Map<string, AvailableTime>();
  for (const day of DAYS_OF_WEEK) {
    const openings = (week.get(day) ?? []).toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
    for (const opening of openings) {
      const key = JSON.stringify(opening);
      const known = byOpening.get(key);
      if (known) known.daysOfWeek.push(day);
      else byOpening.set(key, toAvailableTime(opening, day));
    }
  }
  return [...byOpening.values()];
}

function startOf(opening: Opening): string {
  return 'allDay' in opening ? '' : opening.start;
}

function toAvailableTime(opening: Opening, day: DayOfWeek): AvailableTime {
  return 'allDay' in opening
    ? { daysOfWeek: [day], allDay: true }
    : { daysOfWeek: [day], availableStartTime: opening.start, availableEndTime: opening.end };
}
